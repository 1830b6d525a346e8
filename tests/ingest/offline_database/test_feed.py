"""The anime-offline-database in the graph: what merges, what it states, what is accounted for."""

import random
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from graph.client import Client
from ingest.account import Account
from ingest.catalog.load import load_catalog
from ingest.catalog.vocabulary import read_vocabulary
from ingest.importing import import_feed
from ingest.ledger import Ledger
from ingest.offline_database.feed import OfflineDatabase
from ingest.offline_database.links import Links
from ingest.records import (
    Citation,
    Dataset,
    Entity,
    EntityType,
    ExternalId,
    Name,
    Relation,
    Value,
)
from ingest.upsert import upsert
from ingest.vocabulary import load_vocabulary
from tests.ingest.offline_database.files import ENTRIES, LINKS, entry, written

BANGUMI = (Citation("bangumi"),)
EVERYTHING = """MATCH (n) WHERE NOT n:Import AND NOT n:Revision AND NOT n:Schema
OPTIONAL MATCH (n)-[e]->(m)
RETURN n.id, n{.*, updatedAt: null, number: null}, type(e), e{.*}, m.id
ORDER BY n.id, type(e), m.id, e.origin"""


@pytest.fixture
async def graph(empty_graph: Client) -> Client:
    await load_vocabulary(empty_graph, read_vocabulary())
    return empty_graph


def subject(id_: int, name: str, released: str, kind: str) -> Entity:
    return Entity(
        EntityType.WORK,
        f"work:bangumi-{id_}",
        f"subject-{id_}",
        (Name(name, "ORIGINAL", "ja", BANGUMI),),
        BANGUMI,
        (Value("released", released, "bangumi"), Value("kind", kind, "bangumi")),
        (ExternalId("bangumi", str(id_), None, BANGUMI),),
    )


SUBJECTS = (
    subject(3627, "MEMORIES", "1995-12-23", "FILM"),
    subject(2496, "モノノ怪", "2007-07-12", "SERIES"),
    subject(7620, "もっけ", "2007-10-07", "SERIES"),
    subject(3128, "デジモンアドベンチャー", "1999-03-07", "SERIES"),
    subject(3133, "デジモンアドベンチャー", "1999-03-06", "FILM"),
)


async def imported(
    client: Client,
    path: Path,
    entries: Iterable[object],
    links: Path | None = LINKS,
    ledger: Ledger | None = None,
) -> Account:
    database = OfflineDatabase(written(path / "anime.json", entries), Links(links) if links else ())
    try:
        await database.match(client)
        await database.unite(client)
        with nullcontext(ledger) if ledger else Ledger() as told:
            return await import_feed(client, database.feed(), told)
    finally:
        database.close()


async def works(client: Client) -> dict[str, str]:
    """Works by id of MyAnimeList."""
    rows = await client.read(
        "MATCH (w:Work)-[:HAS_EXTERNAL_ID]->(x {site: 'mal'}) RETURN x.externalId, w.id"
    )
    return {mal: id_ for mal, id_ in rows}


async def test_links_lead_to_works_and_wrong_ones_do_not(graph: Client, tmp_path: Path) -> None:
    await upsert(graph, Dataset("bangumi/subjects", SUBJECTS))
    account = await imported(graph, tmp_path, ENTRIES)
    assert account.rows == {"data": {"merged": 5, "created": 6}}
    found = await works(graph)
    assert found["1462"] == "work:bangumi-3627"
    # Two subjects are linked to Mokke; the other one has Mononoke's title, year and form.
    assert found["2931"] == "work:bangumi-7620"
    assert found["2246"] == "work:bangumi-2496"
    # The film is linked to the series by its id at AniDB.
    assert found["552"] == "work:bangumi-3128"
    assert found["2961"] == "work:bangumi-3133"


async def test_a_second_run_writes_nothing_whatever_the_order(
    graph: Client, tmp_path: Path
) -> None:
    await upsert(graph, Dataset("bangumi/subjects", SUBJECTS))
    await imported(graph, tmp_path, ENTRIES)
    before = await graph.read(EVERYTHING)
    shuffled = random.Random(1).sample(ENTRIES, len(ENTRIES))
    for links in (LINKS, None):
        again = await imported(graph, tmp_path, shuffled, links)
        assert not again.writes
        assert again.rows == {"data": {"unchanged": 11}}
    assert await graph.read(EVERYTHING) == before


async def test_the_order_of_the_entries_makes_no_difference(graph: Client, tmp_path: Path) -> None:
    await upsert(graph, Dataset("bangumi/subjects", SUBJECTS))
    await imported(graph, tmp_path, ENTRIES)
    before = await works(graph)
    await imported(graph, tmp_path, [entry(1)])
    await imported(graph, tmp_path, random.Random(2).sample(ENTRIES, len(ENTRIES)))
    assert await works(graph) == before


async def test_what_was_matched_stays_matched(graph: Client, tmp_path: Path) -> None:
    await upsert(graph, Dataset("bangumi/subjects", SUBJECTS))
    await imported(graph, tmp_path, [entry(1462)])
    newer = {**entry(1462), "title": "Otomo", "synonyms": [], "animeSeason": {"year": 2001}}
    account = await imported(graph, tmp_path, [newer], None)
    assert account.rows == {"data": {"updated": 1}}
    assert (await works(graph))["1462"] == "work:bangumi-3627"
    named = "MATCH (:Work {id: 'work:bangumi-3627'})-[:NAMED]->(n) RETURN n.text ORDER BY n.text"
    assert await graph.read(named) == [["MEMORIES"], ["Otomo"]]


async def test_a_work_that_another_source_has_too_is_merged_into_its(
    graph: Client, tmp_path: Path
) -> None:
    await imported(graph, tmp_path, ENTRIES)
    assert (await works(graph))["1462"] == "work:anidb-262"
    await upsert(graph, Dataset("bangumi/subjects", SUBJECTS))
    account = await imported(graph, tmp_path, ENTRIES)
    assert account.rows["data"].total() == 11
    found = await works(graph)
    assert found["1462"] == "work:bangumi-3627"
    assert found["2961"] == "work:bangumi-3133"
    alias = "MATCH (a:Alias {id: 'work:anidb-262'})-[:MEANS]->(w) RETURN w.id"
    assert await graph.read(alias) == [["work:bangumi-3627"]]
    assert not (await imported(graph, tmp_path, ENTRIES)).writes


async def test_what_the_file_has_no_more_goes_and_what_others_state_stays(
    graph: Client, tmp_path: Path
) -> None:
    await upsert(graph, Dataset("bangumi/subjects", SUBJECTS))
    await imported(graph, tmp_path, ENTRIES)
    await imported(graph, tmp_path, [entry(552)])
    found = await graph.read("MATCH (w:Work) RETURN w.id ORDER BY w.id")
    assert [id_ for (id_,) in found] == sorted(each.id for each in SUBJECTS)
    assert await graph.read("MATCH (o:Organization) RETURN o.name ORDER BY o.name") == [
        [name] for name in sorted({*entry(552)["studios"], *entry(552)["producers"]})
    ]


async def test_an_organization_that_others_know_is_the_same(graph: Client, tmp_path: Path) -> None:
    toei = Entity(
        EntityType.ORGANIZATION,
        "organization:bangumi-1",
        "toei",
        (Name("TOEI ANIMATION", "ORIGINAL", None, BANGUMI),),
        BANGUMI,
    )
    await imported(graph, tmp_path, [entry(552)])
    made = "MATCH (o)-[:HAS_CREDIT]->(c)-[:IN_ROLE]->({id: 'animation-studio'}) RETURN o.id, o.name"
    assert await graph.read(made) == [["organization:toei-animation", "Toei Animation"]]
    await upsert(graph, Dataset("bangumi/persons", (toei,)))
    await imported(graph, tmp_path, [entry(552)])
    assert await graph.read(made) == [["organization:bangumi-1", "TOEI ANIMATION"]]


@pytest.mark.parametrize(
    ("ids", "own"),
    [
        (["bangumi-1", "bangumi-2"], "toei-animation"),
        (["bangumi-1", "toei-animation"], "anime-offline-database-toei-animation"),
    ],
)
async def test_of_several_organizations_of_one_name_none_is_taken(
    graph: Client, tmp_path: Path, ids: list[str], own: str
) -> None:
    names = (Name("Toei Animation", "ORIGINAL", None, BANGUMI),)
    both = tuple(
        Entity(EntityType.ORGANIZATION, f"organization:{id_}", id_, names, BANGUMI) for id_ in ids
    )
    await upsert(graph, Dataset("bangumi/persons", both))
    told = f"'Toei Animation' may be organization:{ids[0]}, organization:{ids[1]}: "
    with Ledger() as ledger:
        await imported(graph, tmp_path, [entry(552)], ledger=ledger)
        assert list(ledger.notes()) == [f"{told}it stays one of its own, organization:{own}"]
    made = "MATCH (o)-[:HAS_CREDIT]->(c)-[:IN_ROLE]->({id: 'animation-studio'}) RETURN o.id"
    assert await graph.read(made) == [[f"organization:{own}"]]
    assert not (await imported(graph, tmp_path, [entry(552)])).writes


async def test_related_works_are_tied_once_unless_others_know_how(
    graph: Client, tmp_path: Path
) -> None:
    bebop = [entry(1), entry(5), entry(4037)]
    await imported(graph, tmp_path, bebop)
    tied = """MATCH (a:Work)-[x:HAS_RELATION]->(r)<-[y:HAS_RELATION]-(b:Work) WHERE a.id < b.id
RETURN a.id, x.kind, b.id, y.kind ORDER BY a.id, b.id"""
    assert await graph.read(tied) == [
        ["work:anidb-219", "other", "work:anidb-23", "other"],
        ["work:anidb-23", "other", "work:mal-4037", "other"],
    ]
    film = Relation("work:anidb-23", "side-story", "work:anidb-219", BANGUMI)
    await upsert(graph, Dataset("bangumi/relations", relations=(film,)))
    await imported(graph, tmp_path, bebop)
    assert await graph.read(tied) == [
        ["work:anidb-219", "parent-story", "work:anidb-23", "side-story"],
        ["work:anidb-23", "other", "work:mal-4037", "other"],
    ]


async def test_what_is_not_safe_for_work_is_marked(graph: Client, tmp_path: Path) -> None:
    marked = {**entry(437), "tags": ["Hentai"]}
    await imported(graph, tmp_path, [entry(47), marked])
    rows = await graph.read("MATCH (w:Work) RETURN w.id, w.nsfw ORDER BY w.id")
    assert rows == [["work:anidb-154", True], ["work:anidb-28", None]]


async def test_memories_is_one_work_with_the_catalogues(
    empty_graph: Client, tmp_path: Path
) -> None:
    client = empty_graph
    await load_catalog(client)
    things = "MATCH (n:Work|Term|Organization) RETURN labels(n), count(n) ORDER BY labels(n)"
    before = await client.read(things)
    account = await imported(client, tmp_path, [entry(1462)])
    assert account.rows == {"data": {"merged": 1}}
    # Terms and companies that the catalogue has are joined, not doubled; and so are names.
    assert await client.read(things) == before
    stated = """MATCH (w:Work {slug: 'memories'})-[c:CITES]->(s)
WHERE c.runtimeMinutes IS NOT NULL RETURN s.id, c.runtimeMinutes, w.runtimeMinutes ORDER BY s.id"""
    assert await client.read(stated) == [
        ["bangumi", 110, 110],
        ["wiki", 115, 110],
    ]
    doubled = """MATCH (:Work {slug: 'memories'})-[:NAMED]->(n)
WITH n.text AS text, count(*) AS times WHERE times > 1 RETURN text"""
    assert await client.read(doubled) == []
    assert not (await imported(client, tmp_path, [entry(1462)])).writes


async def test_twins_and_broken_rows_are_accounted_for(graph: Client, tmp_path: Path) -> None:
    rows: list[Any] = [entry(47), None, entry(47), {**entry(47), "title": "Akira!"}]
    account = await imported(graph, tmp_path, rows)
    assert account.rows == {"data": {"created": 1, "merged": 1, "skipped": 2}}
    again = await imported(graph, tmp_path, rows)
    assert again.rows["data"].total() == 4
    assert not again.writes


def segment(id_: str, name: str, kind: str = "SEGMENT") -> Entity:
    return Entity(
        EntityType.SEGMENT,
        f"segment:{id_}",
        id_,
        (Name(name, "ORIGINAL", "en", BANGUMI),),
        BANGUMI,
        (Value("kind", kind, "bangumi"),),
        parent="work:bangumi-3627",
    )


async def test_the_name_of_a_part_is_not_the_works(graph: Client, tmp_path: Path) -> None:
    parts = segment("rose", "Magnetic Rose"), segment("whole", "MEMORIES")
    await upsert(graph, Dataset("bangumi/subjects", (*SUBJECTS, *parts)))
    synonyms = ["Magnetic Rose", "Otomo Katsuhiro's Memories", "MEMORIES"]
    memories = {**entry(1462), "title": "Memories", "synonyms": synonyms}
    with Ledger() as ledger:
        await imported(graph, tmp_path, [memories], ledger=ledger)
        notes = list(ledger.notes())
    rows = await graph.read("MATCH (:Work {id: 'work:bangumi-3627'})-[:NAMED]->(n) RETURN n.text")
    assert {text for (text,) in rows} == {"MEMORIES", "Memories", "Otomo Katsuhiro's Memories"}
    assert notes == ["data:1: synonyms: 'Magnetic Rose' is a part"]
    assert not (await imported(graph, tmp_path, [memories])).writes


async def test_parts_of_what_is_explicit_are_explicit(graph: Client, tmp_path: Path) -> None:
    await upsert(graph, Dataset("bangumi/subjects", (*SUBJECTS, segment("one", "One", "EPISODE"))))
    explicit = {**entry(1462), "tags": ["hentai"]}
    marked = "MATCH (n {id: 'segment:one'}) RETURN n.nsfw, n.slug, n.name"
    await imported(graph, tmp_path, [explicit])
    assert await graph.read(marked) == [[True, "one", "One"]]
    assert not (await imported(graph, tmp_path, [explicit])).writes
    await imported(graph, tmp_path, [entry(1462)])
    assert await graph.read(marked) == [[None, "one", "One"]]
