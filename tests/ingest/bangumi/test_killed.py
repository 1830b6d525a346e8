"""Processes that are killed: whenever that happens, the next run makes the same graph of it."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.client import Client, Row, Step
from ingest import importing
from ingest.bangumi.dump import open_dump
from ingest.bangumi.known import recognize
from ingest.catalog.vocabulary import read_vocabulary
from ingest.export import mark, reading
from ingest.export.reading import checked, restore
from ingest.export.writing import count, export
from ingest.franchises.derive import derive
from ingest.importing import import_feed
from ingest.ledger import Ledger
from ingest.vocabulary import load_vocabulary
from tests.conftest import wipe
from tests.examples import examples
from tests.ingest.bangumi.dumps import real, written
from tests.ingest.merging.worlds import held

WRITES = 25
"""An import of these rows is not many more transactions."""
KILLS = st.lists(st.tuples(st.integers(0, WRITES), st.booleans()), min_size=1, max_size=3)


UNDONE = "RETURN EXISTS { MATCH (:Restoring) } OR NOT EXISTS { MATCH (n:!Schema) }"


class Killed(BaseException):
    pass


class Mortal(Client):
    """A client whose process is killed at a transaction: before it, or when it is done."""

    def __init__(self, client: Client, writes: int, is_done: bool) -> None:
        vars(self).update(vars(client))
        self.writes = writes
        self.is_done = is_done

    async def write_all(
        self,
        steps: Sequence[Step],
        timeout: float | None = None,  # noqa: ASYNC109 - as the client has it
    ) -> list[list[Row]]:
        self.writes -= 1
        if self.writes >= 0:
            return await super().write_all(steps, timeout)
        if self.writes == -1 and self.is_done:
            await super().write_all(steps, timeout)
        raise Killed


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many small transactions."""
    monkeypatch.setattr(importing, "RECORDS", 150)
    monkeypatch.setattr(reading, "BATCH", 500)
    monkeypatch.setattr(mark, "PATIENCE", 0.01)


@pytest.fixture
async def whole(empty_graph: Client, small: None, tmp_path: Path) -> Client:
    """The graph of an import that nobody killed."""
    rows = real()
    written(tmp_path / "older.zip", rows)
    rows["subject-persons"] = [*rows["subject-persons"][::2], *rows["subject-persons"][5:9]]
    rows["episode"] = rows["episode"][:-3]
    rows["subject"] = rows["subject"][1:]
    written(tmp_path / "dump.zip", rows)
    await imported(empty_graph, tmp_path / "dump.zip")
    await export(empty_graph, tmp_path / "graph.jsonl", await count(empty_graph))
    return empty_graph


async def imported(client: Client, path: Path) -> None:
    await load_vocabulary(client, read_vocabulary())
    with open_dump(path) as dump, Ledger() as ledger:
        await recognize(client, dump)
        await import_feed(client, dump.feed(), ledger)
    await derive(client)


@examples(3)
@given(kills=KILLS)
async def test_imports(whole: Client, tmp_path: Path, kills: list[tuple[int, bool]]) -> None:
    """Also those of an older dump, of which nothing stays but what the newer one states."""
    path = tmp_path / "graph.jsonl"
    await wipe(whole)
    await restore(whole, path, checked(path))
    expected = await held(whole)
    await wipe(whole)
    for dump in ("older.zip", "dump.zip"):
        for writes, is_done in kills:
            with suppress(Killed):
                await imported(Mortal(whole, writes, is_done), tmp_path / dump)
    await imported(whole, tmp_path / "dump.zip")
    assert await held(whole) == expected
    left = "MATCH (r:Revision) MATCH (i:Import) RETURN r.unfinished, count(i) > 0"
    assert await whole.read(left) == [[None, True]]


@examples(2)
@given(kills=KILLS)
async def test_restores(whole: Client, tmp_path: Path, kills: list[tuple[int, bool]]) -> None:
    path, again = tmp_path / "graph.jsonl", tmp_path / "again.jsonl"
    for writes, is_done in kills:
        await wipe(whole)
        try:
            await restore(Mortal(whole, writes % 8, is_done), path, checked(path))
        except Killed:
            if await whole.read(UNDONE) == [[True]]:
                await restore(whole, path, checked(path))
        await export(whole, again, await count(whole))
        assert again.read_bytes() == path.read_bytes()
