"""Merging two entities, and parting them again: nothing that was said is lost."""

import asyncio
from dataclasses import replace

import pytest
from hypothesis import given

from graph.client import Client
from graph.errors import FilmographError
from ingest.catalog.vocabulary import read_vocabulary
from ingest.merging.merge import Merged, merge
from ingest.merging.split import split
from ingest.records import (
    Citation,
    Credit,
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
from tests.examples import examples
from tests.ingest.merging.worlds import PAIRS, clear, held, worlds

ANN = (Citation("ann"),)
WIKI = (Citation("wiki"),)


def entity(id_: str, name: str, *values: Value, **more: object) -> Entity:
    names = (Name(name, "OFFICIAL", "en", ANN),)
    type_ = EntityType(id_.partition(":")[0].title())
    found = Entity(type_, id_, id_.partition(":")[2], names, ANN, values)
    return replace(found, **more) if more else found  # type: ignore[arg-type]  # any field


MEMORIES = entity("work:memories", "Memories", Value("runtimeMinutes", 113, "ann"))
OMNIBUS = entity(
    "work:omnibus",
    "Otomo's Memories",
    Value("runtimeMinutes", 115, "ann"),
    Value("kind", "FILM", "ann"),
    external_ids=(ExternalId("mal", "1462", None, ANN),),
)
OTOMO = entity("person:otomo", "Katsuhiro Otomo")
AKIRA = entity("work:akira", "Akira")
CATALOG = Dataset(
    "catalog", (MEMORIES, OTOMO, AKIRA), (Credit("person:otomo", "director", "work:memories", ANN),)
)
OTHER = Dataset(
    "other",
    (OMNIBUS,),
    (
        Credit("person:otomo", "director", "work:omnibus", WIKI, position=1),
        Credit("person:otomo", "producer", "work:omnibus", WIKI),
    ),
    relations=(
        Relation("work:omnibus", "references", "work:akira", ANN),
        Relation("work:omnibus", "references", "work:memories", ANN),
    ),
)


@pytest.fixture
async def graph(empty_graph: Client) -> Client:
    """The vocabulary, and one film as two works by two imports."""
    await load_vocabulary(empty_graph, read_vocabulary())
    await upsert(empty_graph, CATALOG)
    await upsert(empty_graph, OTHER)
    return empty_graph


@pytest.fixture
async def vocabulary(empty_graph: Client) -> Client:
    await load_vocabulary(empty_graph, read_vocabulary())
    return empty_graph


async def test_all_that_was_said_of_both_is_said_of_the_one(graph: Client) -> None:
    done = await merge(graph, "memories", "work:omnibus")
    assert (done.into, done.alias) == ("work:memories", "work:omnibus")
    works = "MATCH (w:Work) RETURN w.id, w.name, w.runtimeMinutes, w.kind ORDER BY w.id"
    assert await graph.read(works) == [
        ["work:akira", "Akira", None, None],
        ["work:memories", "Memories", 115, "FILM"],
    ]
    found = """MATCH (:Work {id: 'work:memories'})<-[:ON]-(c)-[:IN_ROLE]->(r), (c)-[e:CITES]->(s)
RETURN r.id, c.position, collect(e.origin + ' ' + s.id) ORDER BY r.id"""
    rows = [[role, at, sorted(said)] for role, at, said in await graph.read(found)]
    assert rows == [
        ["director", 1, ["catalog ann", "other wiki"]],
        ["producer", None, ["other wiki"]],
    ]
    names = "MATCH (:Work {id: 'work:memories'})-[:NAMED]->(n) RETURN n.text ORDER BY n.text"
    assert await graph.read(names) == [["Memories"], ["Otomo's Memories"]]
    related = (
        "MATCH (:Work {id: 'work:memories'})-[:HAS_RELATION]->()<-[:HAS_RELATION]-(m) RETURN m.id"
    )
    assert await graph.read(related) == [["work:akira"]]


async def test_the_old_id_and_slug_mean_the_one(graph: Client) -> None:
    await merge(graph, "work:memories", "work:omnibus")
    found = "MATCH (a:Alias)-[:MEANS]->(n) RETURN a.id, a.slug, n.id"
    assert await graph.read(found) == [["work:omnibus", "omnibus", "work:memories"]]


async def test_importing_the_same_again_writes_nothing(graph: Client) -> None:
    await merge(graph, "work:memories", "work:omnibus")
    assert not (await upsert(graph, OTHER)).writes
    assert not (await upsert(graph, CATALOG)).writes


async def test_merging_what_is_merged_does_nothing(graph: Client) -> None:
    await merge(graph, "work:memories", "work:omnibus")
    before = await held(graph)
    done = await merge(graph, "memories", "omnibus")
    assert done == Merged("work:memories", "work:omnibus")
    assert await held(graph) == before


async def test_what_an_import_no_longer_states_goes_from_the_one(graph: Client) -> None:
    await merge(graph, "work:memories", "work:omnibus")
    await upsert(graph, replace(OTHER, credits=OTHER.credits[:1]))
    found = "MATCH (:Work {id: 'work:memories'})<-[:ON]-()-[:IN_ROLE]->(r) RETURN r.id"
    assert await graph.read(found) == [["director"]]


@pytest.mark.parametrize(
    ("into", "other", "problem"),
    [
        ("work:nothing", "work:akira", "Nothing in the graph has the id or slug 'work:nothing'"),
        ("work:akira", "akira", "'work:akira' cannot be merged into itself"),
        (
            "work:akira",
            "person:otomo",
            "'person:otomo' (Person) and 'work:akira' (Work): only things of one type are merged",
        ),
    ],
)
async def test_what_cannot_be_merged_is_refused(
    graph: Client, into: str, other: str, problem: str
) -> None:
    with pytest.raises(FilmographError) as refused:
        await merge(graph, into, other)
    assert str(refused.value) == problem


@pytest.mark.parametrize(
    ("id_", "problem"),
    [
        ("work:akira", "Nothing that had the id or slug 'work:akira' was merged into another"),
        ("work:x", "'work:x' only means 'work:akira': it was never a thing of its own"),
    ],
)
async def test_what_was_not_merged_is_not_split(graph: Client, id_: str, problem: str) -> None:
    await graph.write("MATCH (n {id: 'work:akira'}) CREATE (:Alias {id: 'work:x'})-[:MEANS]->(n)")
    with pytest.raises(FilmographError) as refused:
        await split(graph, id_)
    assert str(refused.value) == problem


async def test_what_was_merged_into_what_was_merged_means_the_last(graph: Client) -> None:
    before = await held(graph)
    await merge(graph, "work:memories", "work:omnibus")
    once = await held(graph)
    await merge(graph, "work:akira", "work:memories")
    found = "MATCH (a:Alias)-[:MEANS]->(n) RETURN a.id, n.id ORDER BY a.id"
    assert await graph.read(found) == [
        ["work:memories", "work:akira"],
        ["work:omnibus", "work:akira"],
    ]
    await split(graph, "work:memories")
    assert await held(graph) == once
    await split(graph, "omnibus")
    assert await held(graph) == before


async def test_merges_and_splits_at_once_lose_nothing(graph: Client) -> None:
    await upsert(graph, Dataset("wiki/one", (entity("person:kon", "Satoshi Kon"),)))
    pairs = (("work:memories", "work:omnibus"), ("person:otomo", "person:kon"))
    before = await held(graph)
    await asyncio.gather(*(merge(graph, *pair) for pair in pairs))
    found = "MATCH (a:Alias)-[:MEANS]->(n) RETURN n.id, a.id ORDER BY n.id DESC"
    assert await graph.read(found) == [list(pair) for pair in pairs]
    await asyncio.gather(*(split(graph, alias) for _, alias in pairs))
    assert await held(graph) == before


async def test_what_has_come_since_goes_to_whom_its_import_spoke_of(graph: Client) -> None:
    await merge(graph, "work:memories", "work:omnibus")
    newer = Credit("person:otomo", "composer", "work:omnibus", WIKI)
    await upsert(graph, replace(OTHER, credits=(*OTHER.credits[1:], newer)))
    await split(graph, "work:omnibus")
    found = "MATCH (w:Work)<-[:ON]-()-[:IN_ROLE]->(r) RETURN w.id, r.id ORDER BY w.id, r.id"
    assert await graph.read(found) == [
        ["work:memories", "director"],
        ["work:omnibus", "composer"],
        ["work:omnibus", "producer"],
    ]


@examples(8)
@given(world=worlds(), pair=PAIRS)
async def test_merging_and_splitting_leaves_the_graph_as_it_was(
    vocabulary: Client, world: tuple[Dataset, ...], pair: tuple[str, str]
) -> None:
    await clear(vocabulary)
    for dataset in world:
        await upsert(vocabulary, dataset)
    before = await held(vocabulary)
    await merge(vocabulary, *pair)
    merged = await held(vocabulary)
    for dataset in world:
        assert not (await upsert(vocabulary, dataset)).writes
    assert await held(vocabulary) == merged
    await split(vocabulary, pair[1])
    assert await held(vocabulary) == before
