"""Aliases: what is written of them, what is refused, and what a dataset says once they are put
in.
"""

import asyncio
from dataclasses import fields, replace
from typing import get_args, get_type_hints

import pytest

from graph.client import Client
from graph.errors import FilmographError
from ingest.account import Outcome
from ingest.aliases import ENTITIES, read_aliases, resolved, write_aliases
from ingest.catalog.vocabulary import read_vocabulary
from ingest.records import (
    Appearance,
    Citation,
    Credit,
    Dataset,
    Entity,
    EntityType,
    KeptList,
    Name,
    Relation,
    Row,
    Value,
)
from ingest.upsert import upsert
from ingest.vocabulary import load_vocabulary

ANN = (Citation("ann"),)


def entity(type_: EntityType, id_: str, *values: Value, parent: str | None = None) -> Entity:
    names = (Name(id_.partition(":")[2], "OFFICIAL", "en", ANN),)
    slug = id_.partition(":")[2]
    return Entity(type_, id_, slug, names, ANN, values, parent=parent)


AKIRA = entity(EntityType.WORK, "work:akira", Value("runtimeMinutes", 124, "ann"))
OTOMO = entity(EntityType.PERSON, "person:otomo")
STATED = Dataset("test", (AKIRA, OTOMO), (Credit("person:otomo", "director", "work:akira", ANN),))


@pytest.fixture
async def graph(empty_graph: Client) -> Client:
    """The vocabulary, Akira and its director."""
    await load_vocabulary(empty_graph, read_vocabulary())
    await upsert(empty_graph, STATED)
    return empty_graph


async def test_an_alias_is_read_as_it_was_written(graph: Client) -> None:
    await write_aliases(graph, {"work:mal-47": "work:akira"})
    read = await read_aliases(graph, ["work:mal-47", "work:akira", "work:nothing"])
    assert read == {"work:mal-47": "work:akira"}


async def test_writing_the_same_again_is_no_error(graph: Client) -> None:
    await write_aliases(graph, {"work:mal-47": "work:akira"})
    await write_aliases(graph, {"work:mal-47": "work:akira"})
    assert await graph.read("MATCH (a:Alias) RETURN a.id, labels(a)") == [
        ["work:mal-47", ["Alias"]]
    ]


async def test_chains_are_flattened(graph: Client) -> None:
    await write_aliases(graph, {"work:a": "work:akira"})
    await write_aliases(graph, {"work:b": "work:c", "work:c": "work:a"})
    found = await read_aliases(graph, ["work:a", "work:b", "work:c"])
    assert set(found.values()) == {"work:akira"}


@pytest.mark.parametrize(
    ("aliases", "problem"),
    [
        ({"work:a": "work:b"}, "'work:a' cannot mean 'work:b', which is not in the graph"),
        (
            {"work:a": "work:b", "work:b": "work:a"},
            "'work:a' means 'work:b' means 'work:a': aliases without an entity",
        ),
        ({"work:a": "work:a"}, "'work:a' means 'work:a': aliases without an entity"),
        (
            {"person:otomo": "work:akira"},
            "'person:otomo' is an entity itself, so it cannot mean 'work:akira'",
        ),
        (
            {"work:otomo": "person:otomo"},
            "'work:otomo' and 'person:otomo' are of different types",
        ),
    ],
)
async def test_what_cannot_be_an_alias_is_refused(
    graph: Client, aliases: dict[str, str], problem: str
) -> None:
    with pytest.raises(FilmographError) as refused:
        await write_aliases(graph, {"work:fine": "work:akira", **aliases})
    assert str(refused.value) == problem
    assert await graph.read("MATCH (a:Alias) RETURN a") == []


async def test_an_alias_is_not_given_another_meaning(graph: Client) -> None:
    await upsert(graph, Dataset("more", (entity(EntityType.WORK, "work:memories"),)))
    await write_aliases(graph, {"work:a": "work:akira"})
    with pytest.raises(FilmographError) as refused:
        await write_aliases(graph, {"work:a": "work:memories"})
    assert str(refused.value) == "'work:a' means 'work:akira' already, not 'work:memories'"


async def test_two_who_write_the_same_alias_at_once_leave_one(graph: Client) -> None:
    wanted = {"work:a": "work:akira"}
    answers = await asyncio.gather(
        write_aliases(graph, wanted), write_aliases(graph, wanted), return_exceptions=True
    )
    assert all(answer is None or isinstance(answer, FilmographError) for answer in answers)
    assert await graph.read("MATCH (a:Alias)-[:MEANS]->(n) RETURN n.id") == [["work:akira"]]


async def test_an_import_that_speaks_of_an_alias_means_the_entity(graph: Client) -> None:
    await write_aliases(graph, {"work:mal-47": "work:akira"})
    other = Dataset(
        "mal",
        (replace(AKIRA, id="work:mal-47", slug="akira-of-mal"),),
        (Credit("person:otomo", "director", "work:mal-47", ANN),),
    )
    account = await upsert(graph, other)
    assert account.created == {}
    rows = await graph.read("MATCH (w:Work) RETURN w.id, w.slug, COUNT { (w)<-[:ON]-() }")
    assert rows == [["work:akira", "akira", 1]]
    assert not (await upsert(graph, other)).writes


async def test_the_slug_of_an_alias_is_not_given_to_another(graph: Client) -> None:
    await write_aliases(graph, {"work:a": "work:akira"})
    await graph.write("MATCH (a:Alias) SET a.slug = 'memories'")
    await upsert(graph, Dataset("more", (entity(EntityType.WORK, "work:memories"),)))
    assert await graph.read("MATCH (w:Work {id: 'work:memories'}) RETURN w.slug") == [
        ["memories-2"]
    ]


def test_without_aliases_a_dataset_is_the_same() -> None:
    assert resolved(STATED, {}) is STATED


def test_every_record_that_speaks_of_an_alias_speaks_of_the_entity() -> None:
    segment = entity(EntityType.SEGMENT, "segment:a", parent="work:b")
    said = Dataset(
        "test",
        (segment,),
        (Credit("person:b", "director", "work:b", ANN, character="character:x"),),
        appearances=(Appearance("character:x", "work:c", ANN),),
        relations=(Relation("work:c", "sequel", "work:b", ANN),),
        lists=(KeptList("list:b", "b", "b", 2, ("work:b", "work:a", "work:c"), ANN),),
    )
    aliases = {"work:b": "work:a", "person:b": "person:a", "list:b": "list:a"}
    assert resolved(said, aliases) == Dataset(
        "test",
        (replace(segment, parent="work:a"),),
        (Credit("person:a", "director", "work:a", ANN, character="character:x"),),
        appearances=(Appearance("character:x", "work:c", ANN),),
        relations=(Relation("work:c", "sequel", "work:a", ANN),),
        lists=(KeptList("list:b", "b", "b", 2, ("work:a", "work:c"), ANN),),
    )


def test_what_is_said_under_its_own_id_comes_last_and_decides() -> None:
    said = Dataset("test", (AKIRA, replace(AKIRA, id="work:b", slug="b")))
    assert [each.slug for each in resolved(said, {"work:b": "work:akira"}).entities] == [
        "b",
        "akira",
    ]


async def test_a_relation_of_a_thing_with_itself_is_left_out(graph: Client) -> None:
    await write_aliases(graph, {"work:mal-47": "work:akira"})
    related = Relation("work:akira", "sequel", "work:mal-47", ANN, row=Row("relations", 1))
    account = await upsert(graph, Dataset("mal", relations=(related,)))
    assert account.rows == {"relations": {Outcome.MERGED: 1}}
    assert await graph.read("MATCH (r:Relation) RETURN r") == []


def test_every_record_of_a_dataset_declares_its_ids() -> None:
    hints = get_type_hints(Dataset)
    records = {
        get_args(hints[each.name])[0] for each in fields(Dataset) if get_args(hints[each.name])
    }
    assert records == ENTITIES.keys()
