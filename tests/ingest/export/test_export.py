"""The graph to a file and back: bit for bit, or not at all."""

import asyncio
import gzip
import json
import threading
from collections.abc import Awaitable, Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from graph.client import Client, Row, Step
from graph.errors import FilmographError, SourceError
from graph.migrations import FOLDER
from ingest.aliases import write_aliases
from ingest.catalog.load import load_catalog
from ingest.catalog.vocabulary import read_vocabulary
from ingest.compressed import lines
from ingest.export import mark, reading, writing
from ingest.export.checking import EdgeLine, NodeLine, records
from ingest.export.form import Header, encoded
from ingest.export.reading import checked, restore
from ingest.export.writing import count, export
from ingest.franchises.derive import derive
from ingest.merging.merge import merge
from ingest.records import Citation, Dataset, Entity, EntityType, Name
from ingest.revision import state
from ingest.ties import VERSION
from ingest.upsert import upsert
from ingest.vocabulary import load_vocabulary
from tests.conftest import wipe
from tests.ingest.export.files import exported, restored, sealed

SCHEMA = len(list(FOLDER.glob("*.cypher")))


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mark, "PATIENCE", 0.2)


def lines_of(*lines: bytes) -> bytes:
    """A file with these lines after its header, right or wrong."""
    body = encoded(HEADER) + b"".join(line + b"\n" for line in lines)
    return body + encoded({"lines": 1 + len(lines), "sha256": sha256(body).hexdigest()})


HEADER: dict[str, object] = {
    "format": "filmograph export",
    "version": 1,
    "schema": 3,
    "nodes": {"Entity": 1},
    "edges": {"CITES": 1},
}
NODE: dict[str, object] = {
    "labels": ["Creation", "Entity", "Work"],
    "properties": {"id": "work:a", "slug": "a"},
}
EDGE: dict[str, object] = {
    "type": "CITES",
    "start": ["Entity", "work:a"],
    "end": ["Source", "ann"],
    "properties": {"origin": "test"},
}


@pytest.mark.parametrize("name", ["graph.jsonl", "graph.jsonl.gz", "graph.jsonl.zst"])
async def test_the_catalogue_comes_back_byte_by_byte(
    empty_graph: Client, tmp_path: Path, name: str
) -> None:
    await load_catalog(empty_graph)
    await derive(empty_graph)
    first, second = tmp_path / name, tmp_path / f"second-{name}"
    await exported(empty_graph, first)
    await wipe(empty_graph)
    await restored(empty_graph, first)
    assert await empty_graph.read("MATCH (r:Restoring) RETURN r") == []
    await exported(empty_graph, second)
    assert first.read_bytes() == second.read_bytes()
    assert not (await load_catalog(empty_graph)).writes


async def test_values_keep_their_types(empty_graph: Client, tmp_path: Path) -> None:
    values = """CREATE (:Entity:Creation:Work {id: 'work:\U0001f3ac', slug: '映画',
  whole: 9007199254740993, least: -9223372036854775808, real: 1.0, tiny: 5e-324, yes: true,
  text: 'a\\u2028b"\\\\ \\u0000', words: ['a', 'b'], numbers: [1, 2], reals: [1.0], none: []}),
(:Entity:Creation:Work {id: 'work:\uffee', slug: 'x'}), (:Import {number: 7})"""
    await empty_graph.write(values)
    read = "MATCH (n) WHERE NOT n:Schema RETURN labels(n), properties(n) ORDER BY n.slug"
    before = await empty_graph.read(read)
    await exported(empty_graph, tmp_path / "graph.jsonl")
    await wipe(empty_graph)
    await restored(empty_graph, tmp_path / "graph.jsonl")
    after = await empty_graph.read(read)
    assert repr(after) == repr(before)


async def test_lines_are_as_documented(empty_graph: Client, tmp_path: Path) -> None:
    await empty_graph.write(
        """CREATE (w:Entity:Creation:Work {id: 'work:a', slug: 'a'})
CREATE (s:Source {id: 'ann', rank: 1}) CREATE (w)-[:CITES {origin: 'test'}]->(s)"""
    )
    found = [json.loads(line) for line in await exported(empty_graph, tmp_path / "graph.jsonl")]
    header = found[0]
    assert (header["format"], header["version"], header["schema"]) == (
        "filmograph export",
        1,
        SCHEMA,
    )
    assert {label for label, number in header["nodes"].items() if number} == {"Entity", "Source"}
    assert found[1:-1] == [
        {"labels": ["Source"], "properties": {"id": "ann", "rank": 1}},
        NODE,
        EDGE,
    ]
    assert found[-1]["lines"] == 4


async def test_pages_do_not_show(
    empty_graph: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await empty_graph.write(
        "UNWIND range(1, 9) AS i CREATE (:Entity:Term {id: 'term:' + i, slug: toString(i)})"
    )
    whole = await exported(empty_graph, tmp_path / "whole.jsonl")
    monkeypatch.setattr(writing, "PAGE", 3)
    assert await exported(empty_graph, tmp_path / "pages.jsonl") == whole


async def test_a_graph_that_is_not_empty_is_left_alone(empty_graph: Client, tmp_path: Path) -> None:
    await empty_graph.write("CREATE (:Source {id: 'ann'})")
    await exported(empty_graph, tmp_path / "graph.jsonl")
    with pytest.raises(FilmographError, match="The graph is not empty: it holds 1 nodes"):
        await restored(empty_graph, tmp_path / "graph.jsonl")
    assert await empty_graph.read("MATCH (n:!Schema) RETURN n.id") == [["ann"]]


async def test_what_is_not_known_here_is_not_left_out_silently(
    empty_graph: Client, tmp_path: Path
) -> None:
    await empty_graph.write("CREATE (:Strange {id: 'x'})")
    with pytest.raises(FilmographError, match=r"not known here: \['Strange'\]"):
        await count(empty_graph)


async def test_a_dangling_edge_is_named_and_nothing_stays(
    empty_graph: Client, tmp_path: Path
) -> None:
    path = tmp_path / "graph.jsonl"
    path.write_bytes(sealed(HEADER, NODE, EDGE))
    with pytest.raises(SourceError) as refused:
        await restored(empty_graph, path)
    assert str(refused.value) == f"{path}:3: leads to Source 'ann', which is not in the file"
    assert await empty_graph.read("MATCH (n:!Schema) RETURN n") == []


async def killed(client: Client, path: Path) -> None:
    """A restore that ends after its second line, and has no time to remove anything."""

    async def too_late(client: Client, own: str) -> None:
        pass

    def end(lines: int) -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(reading, "BATCH", 2)
        changed.setattr(reading, "clear", too_late)
        with pytest.raises(KeyboardInterrupt):
            await restore(client, path, checked(path), end)


HALF = "CREATE (s:Source {id: 'ann'})<-[:CITES {origin: 'test'}]-(:Role {id: 'director'})"


async def test_what_a_killed_restore_has_left_is_removed(
    empty_graph: Client, tmp_path: Path
) -> None:
    await empty_graph.write(HALF)
    whole = await exported(empty_graph, tmp_path / "graph.jsonl")
    await wipe(empty_graph)
    await killed(empty_graph, tmp_path / "graph.jsonl")
    assert await empty_graph.read("MATCH (r:Restoring) RETURN r.nodes, r.edges") == [[2, 0]]
    await restored(empty_graph, tmp_path / "graph.jsonl")
    assert await exported(empty_graph, tmp_path / "again.jsonl") == whole


async def test_of_two_restores_at_once_one_goes_on(empty_graph: Client, tmp_path: Path) -> None:
    await empty_graph.write(HALF)
    whole = await exported(empty_graph, tmp_path / "graph.jsonl")
    for _ in range(5):
        await wipe(empty_graph)
        ends = await asyncio.gather(
            *(restored(empty_graph, tmp_path / "graph.jsonl") for _ in range(3)),
            return_exceptions=True,
        )
        refused = [str(each) for each in ends if each]
        assert len(refused) == 2
        assert all(
            "Another restore is under way" in text or "not empty" in text for text in refused
        )
        assert await exported(empty_graph, tmp_path / "again.jsonl") == whole


async def test_a_restore_that_goes_on_is_not_taken_for_dead(
    empty_graph: Client, tmp_path: Path
) -> None:
    await empty_graph.write(HALF)
    whole = await exported(empty_graph, tmp_path / "graph.jsonl")
    await wipe(empty_graph)
    own = await mark.mark(empty_graph)
    await empty_graph.write_all([mark.grown(own, 1, 0)])
    written = 1
    second = asyncio.create_task(restored(empty_graph, tmp_path / "graph.jsonl"))
    while not second.done():
        await empty_graph.write_all([mark.grown(own, 1, 0)])
        written += 1
    with pytest.raises(FilmographError, match="Another restore is under way"):
        await second
    await empty_graph.write_all([mark.grown(own, -written, 0)])
    await restored(empty_graph, tmp_path / "graph.jsonl")
    assert await exported(empty_graph, tmp_path / "again.jsonl") == whole


async def test_a_restore_that_was_taken_for_dead_writes_no_more(
    empty_graph: Client, tmp_path: Path
) -> None:
    path = tmp_path / "graph.jsonl"
    await empty_graph.write(HALF)
    whole = await exported(empty_graph, path)
    await wipe(empty_graph)
    asleep, awake = threading.Event(), threading.Event()

    def sleeping(path: Path, header: Header) -> Iterator[NodeLine | EdgeLine]:
        for each in records(path, header):
            if isinstance(each, EdgeLine):
                asleep.set()
                awake.wait()
            yield each

    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(reading, "BATCH", 2)
        changed.setattr(reading, "records", sleeping)
        first = asyncio.create_task(restored(empty_graph, path))
        await asyncio.to_thread(asleep.wait)
    await restored(empty_graph, path)
    awake.set()
    with pytest.raises(FilmographError, match="Another restore has taken this one for dead"):
        await first
    assert await exported(empty_graph, tmp_path / "again.jsonl") == whole


WRITERS: dict[str, Callable[[Client], Awaitable[object]]] = {
    "vocabulary": lambda client: load_vocabulary(client, read_vocabulary()),
    "records": lambda client: upsert(client, Dataset("catalog")),
    "franchises": derive,
    "merge": lambda client: merge(client, "a", "b"),
}


@pytest.mark.parametrize("writer", WRITERS)
async def test_nothing_else_is_done_while_a_graph_is_restored(
    empty_graph: Client, writer: str
) -> None:
    own = await mark.mark(empty_graph)
    with pytest.raises(FilmographError, match="A restore is under way in this graph, or was kill"):
        await WRITERS[writer](empty_graph)
    await mark.clear(empty_graph, own)
    assert await empty_graph.read("MATCH (n:!Schema) RETURN n.id") == []


class Marking(Client):
    """A client before whose first transaction somebody else begins a restore."""

    def __init__(self, client: Client) -> None:
        vars(self).update(vars(client))
        self.client = client

    async def write_all(
        self,
        steps: Sequence[Step],
        timeout: float | None = None,  # noqa: ASYNC109 - as the client has it
    ) -> list[list[Row]]:
        await self.client.write("MERGE (:Restoring {id: 'export', by: 'x', nodes: 0, edges: 0})")
        return await super().write_all(steps, timeout)


ANN = (Citation("ann"),)
TERM = Entity(EntityType.TERM, "term:war", "war", (Name("War", "OFFICIAL", "en", ANN),), ANN)
LATE: dict[str, Callable[[Client], Awaitable[object]]] = {
    "vocabulary": lambda client: load_vocabulary(client, read_vocabulary()),
    "records": lambda client: upsert(client, Dataset("catalog", (TERM,))),
    "aliases": lambda client: write_aliases(client, {"work:b": "work:a"}),
}


@pytest.mark.parametrize("writer", LATE)
async def test_a_restore_that_begins_between_reading_and_writing_is_seen(
    empty_graph: Client, writer: str
) -> None:
    await empty_graph.write("CREATE (:Source {id: 'ann', rank: 0})")
    await empty_graph.write("CREATE (:Entity:Creation:Work {id: 'work:a', slug: 'a'})")
    with pytest.raises(FilmographError, match="A restore is under way in this graph, or was kill"):
        await LATE[writer](Marking(empty_graph))
    held = await empty_graph.read("MATCH (n:!Schema) RETURN n.id ORDER BY n.id")
    assert held == [["ann"], ["export"], ["work:a"]]


class Begun(list[Step]):
    """Steps that tell when the first of them is done."""

    def __init__(self, *steps: Step) -> None:
        super().__init__(steps)
        self.is_begun = asyncio.Event()

    def __iter__(self) -> Iterator[Step]:
        for at in range(len(self)):
            if at:
                self.is_begun.set()
            yield self[at]


async def test_a_restore_waits_for_who_is_writing(empty_graph: Client) -> None:
    slowly = "UNWIND range(1, 20000000) AS i WITH max(i) AS n CREATE (:Source {id: 'ann'})"
    steps = Begun(mark.UNMARKED, Step(slowly))
    writes = asyncio.create_task(empty_graph.write_all(steps))
    await steps.is_begun.wait()
    with pytest.raises(FilmographError, match="The graph is not empty"):
        await mark.mark(empty_graph)
    await writes


@pytest.mark.parametrize("is_done", [False, True])
async def test_a_restore_interrupted_at_its_end_leaves_all_or_nothing(
    empty_graph: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_done: bool
) -> None:
    async def interrupted(client: Client, own: str, *stale: Step) -> None:
        if is_done:
            await mark.unmark(client, own, *stale)
        raise asyncio.CancelledError

    await empty_graph.write(HALF)
    await exported(empty_graph, tmp_path / "graph.jsonl")
    await wipe(empty_graph)
    monkeypatch.setattr(reading, "unmark", interrupted)
    with pytest.raises(asyncio.CancelledError):
        await restored(empty_graph, tmp_path / "graph.jsonl")
    held = await empty_graph.read("MATCH (n:!Schema) RETURN n.id ORDER BY n.id")
    assert held == ([["ann"], ["director"]] if is_done else [])


async def test_a_restore_whose_mark_is_anothers_is_not_done(empty_graph: Client) -> None:
    own = await mark.mark(empty_graph)
    await empty_graph.write("MATCH (r:Restoring) SET r.by = 'other'")
    with pytest.raises(FilmographError, match="Another restore has taken this one for dead"):
        await mark.unmark(empty_graph, own)


async def test_a_graph_without_schema_is_no_place_for_a_restore(empty_graph: Client) -> None:
    schema = await empty_graph.read("MATCH (s:Schema) RETURN properties(s)")
    await empty_graph.write("MATCH (s:Schema) DELETE s")
    try:
        with pytest.raises(FilmographError, match="The graph has no schema"):
            await asyncio.wait_for(mark.mark(empty_graph), 20)
    finally:
        again = "UNWIND $rows AS row CREATE (s:Schema) SET s = row[0]"
        await empty_graph.write(again, {"rows": schema})


async def test_what_a_killed_restore_and_others_have_left_can_be_exported(
    empty_graph: Client, tmp_path: Path
) -> None:
    await empty_graph.write(HALF)
    await exported(empty_graph, tmp_path / "graph.jsonl")
    await wipe(empty_graph)
    await killed(empty_graph, tmp_path / "graph.jsonl")
    await empty_graph.write("CREATE (:Source {id: 'mal'})")
    with pytest.raises(FilmographError, match=r"others have written .*: `filmograph export` what"):
        await restored(empty_graph, tmp_path / "graph.jsonl")
    with pytest.raises(FilmographError, match="refuses to, `filmograph export` what is here"):
        await upsert(empty_graph, Dataset("catalog"))
    left = await exported(empty_graph, tmp_path / "left.jsonl")
    await wipe(empty_graph)
    await restored(empty_graph, tmp_path / "left.jsonl")
    held = await empty_graph.read("MATCH (n:!Schema) RETURN n.id ORDER BY n.id")
    assert held == [["ann"], ["director"], ["mal"]]
    header, *others, _ = await exported(empty_graph, tmp_path / "again.jsonl")
    assert others == left[1:-1]
    assert [json.loads(each)["ties"] for each in (left[0], header)] == [0, VERSION]


async def test_an_export_does_not_go_on_while_a_restore_does(
    empty_graph: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = await mark.mark(empty_graph)
    header = await count(empty_graph)

    async def meanwhile(client: Client) -> list[Any]:
        await client.write_all([mark.grown(own, 1, 0)])
        return await state(client)

    monkeypatch.setattr(writing, "state", meanwhile)
    with pytest.raises(FilmographError, match="The graph has changed while it was exported"):
        await export(empty_graph, tmp_path / "graph.jsonl", header)


@pytest.mark.parametrize(
    "writing",
    [
        "CREATE (:Source {id: 'mal'})",
        "MATCH (s:Source), (r:Role) CREATE (r)-[:CITES {origin: 'other'}]->(s)",
        "MATCH (r:Role) DELETE r",
        "MATCH (r:Restoring) REMOVE r.nodes, r.edges",
    ],
)
async def test_what_others_have_written_since_is_not_removed(
    empty_graph: Client, tmp_path: Path, writing: str
) -> None:
    await empty_graph.write(HALF)
    await exported(empty_graph, tmp_path / "graph.jsonl")
    await wipe(empty_graph)
    await killed(empty_graph, tmp_path / "graph.jsonl")
    await empty_graph.write(writing)
    held = "MATCH (n) RETURN labels(n), COUNT { (n)--() } ORDER BY elementId(n)"
    before = await empty_graph.read(held)
    with pytest.raises(FilmographError, match="others have written to it since"):
        await restored(empty_graph, tmp_path / "graph.jsonl")
    assert await empty_graph.read(held) == before


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", ": is empty"),
        (b"[1]\n", ":1: is no JSON object"),
        (b"{\n", ":1: is no JSON: "),
        (b'{"format": "other"}\n', ":1: is no filmograph export"),
        (sealed({**HEADER, "version": 2}), ":1: is of version 2, and this program reads 1"),
        (sealed({**HEADER, "schema": 99}), f":1: is of schema 99, and this program knows {SCHEMA}"),
        (sealed({**HEADER, "nodes": None}), ":1: is no header: it has no counts"),
        (sealed({**HEADER, "ties": None}), ":1: is no header: it has no counts"),
        (sealed(HEADER, NODE), ":3: is cut off: 4 lines are announced"),
        (sealed(HEADER, NODE, EDGE) + b"{}\n", ":5: stands after the end"),
        (
            sealed(HEADER, NODE, EDGE).replace(b'"slug":"a"', b'"slug":"b"'),
            ":4: the checksum is not that of the lines above",
        ),
        (
            sealed(HEADER, {**NODE, "labels": ["Entity", "Odd"]}, EDGE),
            ":2: has labels that no node",
        ),
        (sealed(HEADER, {**NODE, "labels": ["Work"]}, EDGE), ":2: has labels that no node has"),
        (sealed(HEADER, {**NODE, "properties": {"slug": "a"}}, EDGE), ":2: Entity without id"),
        (
            sealed(HEADER, {**NODE, "properties": {"id": "a", "x": {"y": 1}}}, EDGE),
            ":2: x has a value of no kind: {'y': 1}",
        ),
        (
            sealed(HEADER, {**NODE, "properties": {"id": "a", "x": [1, 2.0]}}, EDGE),
            ":2: x has a value of no kind: [1, 2.0]",
        ),
        (
            sealed(HEADER, NODE, {**EDGE, "type": "LOVES"}),
            ":3: has a type that no edge has: 'LOVES'",
        ),
        (sealed(HEADER, NODE, {**EDGE, "end": ["Odd", "x"]}), ":3: has an end that is no label"),
        (sealed(HEADER, NODE, NODE), ":3: is no edge"),
        (
            sealed({**HEADER, "nodes": {"Entity": 2}, "edges": {}}, NODE, NODE),
            ":3: Entity 'work:a' stands twice, or not in order",
        ),
        (
            sealed({**HEADER, "nodes": {"Source": 1}}, NODE, EDGE),
            ":1: 0 of Source where 1 are announced",
        ),
        (lines_of(b"[" * 10**5, b"{}"), ":2: is nested too deeply"),
        (lines_of(b'{"a":"\xed\xa0\x80"}', b"{}"), ":2: is not read: 'utf-8' codec can't decode"),
        (lines_of(rb'{"a":"\ud800"}', b"{}"), ":2: is not read: 'utf-8' codec can't encode"),
        (lines_of(b'{"a":NaN}', b"{}"), ":2: is not read: NaN is no number of JSON"),
        (lines_of(b'{"a":-Infinity}', b"{}"), ":2: is not read: -Infinity is no number of JSON"),
        (lines_of(b'{"b":0,"a":1,"a":1}', b"{}"), ":2: is not read: 'a' stands twice"),
        (lines_of(b'{"a":1' + b"0" * 5000 + b"}", b"{}"), ":2: is not read: Exceeds the limit"),
        (
            sealed(HEADER, {**NODE, "properties": {"id": "a", "x": 2**63}}, EDGE),
            ":2: x has a value of no kind: 9223372036854775808",
        ),
        (
            lines_of(
                b'{"labels":["Entity"],"properties":{"id":"a","x":1e999}}', encoded(EDGE)[:-1]
            ),
            ":2: x has a value of no kind: inf",
        ),
        (
            sealed(HEADER, {**NODE, "properties": {"id": "a", "slug": "想" * 3000}}, EDGE),
            ":2: slug is longer than 8000 bytes",
        ),
        (
            sealed(HEADER, {**NODE, "properties": {"id": "a", "": 1}}, EDGE),
            ":2: has a property that cannot be called so: ''",
        ),
        (
            sealed(HEADER, NODE, {**EDGE, "type": ["CITES"]}),
            ":3: has a type that no edge has: ['CITES']",
        ),
    ],
)
def test_what_is_wrong_with_a_file_is_named(tmp_path: Path, data: bytes, problem: str) -> None:
    path = tmp_path / "graph.jsonl"
    path.write_bytes(data)
    with pytest.raises(SourceError) as refused:
        checked(path)
    assert str(refused.value).startswith(f"{path}{problem}")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="zst: cannot be read: No such file"):
        checked(tmp_path / "graph.jsonl.zst")


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
async def test_a_compressed_file_that_is_cut_off_is_named(
    empty_graph: Client, tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"graph.jsonl{suffix}"
    await exported(empty_graph, path)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(SourceError, match="is damaged: Compressed file ended before"):
        checked(path)


def test_the_last_line_that_can_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "graph.jsonl.gz"
    path.write_bytes(gzip.compress(b"{}\n" * 1000)[:-4])
    with pytest.raises(SourceError, match=":1000: what follows this line is damaged"):
        list(lines(path))


def test_the_content_tells_how_a_file_is_compressed(tmp_path: Path) -> None:
    path = tmp_path / "graph.jsonl.zst"
    path.write_bytes(gzip.compress(b"{}"))
    with pytest.raises(SourceError, match=":1: is no filmograph export"):
        checked(path)
