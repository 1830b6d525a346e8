"""Migrations: once, twice, at once, and against a graph of the future."""

from __future__ import annotations

import asyncio

import pytest

from graph.client import Client
from graph.errors import ConstraintViolation, DatabaseError
from graph.migrations import migrate, pending

NAMES = [
    "0001-constraints-and-indexes",
    "0002-words-of-names",
    "0003-aliases",
    "0004-revision",
    "0005-orders-and-counts",
    "0006-sounds-of-names",
    "0007-deeds-of-roles",
]


@pytest.fixture
async def bare_graph(empty_graph: Client) -> Client:
    """A graph without data and schema, as a new Neo4j has it."""
    client = empty_graph
    await client.write("MATCH (s:Schema) DELETE s")
    for [name] in await client.read("SHOW CONSTRAINTS YIELD name"):
        await client.define(f"DROP CONSTRAINT {name}")
    for [name] in await client.read(
        "SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name"
    ):
        await client.define(f"DROP INDEX {name}")
    return client


async def test_migrating_records_each_migration(bare_graph: Client) -> None:
    assert await migrate(bare_graph) == NAMES
    rows = await bare_graph.read("MATCH (s:Schema) RETURN s.version, s.name ORDER BY s.version")
    assert rows == [[number, name] for number, name in enumerate(NAMES, 1)]


async def test_migrating_again_does_nothing(empty_graph: Client) -> None:
    assert await migrate(empty_graph) == []
    assert await pending(empty_graph) == []


async def test_a_migration_that_was_interrupted_is_taken_up_again(bare_graph: Client) -> None:
    await migrate(bare_graph)
    await bare_graph.write("MATCH (s:Schema) DELETE s")
    assert await migrate(bare_graph) == NAMES


async def test_two_processes_may_migrate_at_once(bare_graph: Client) -> None:
    await asyncio.gather(migrate(bare_graph), migrate(bare_graph))
    rows = await bare_graph.read("MATCH (s:Schema) RETURN s.version ORDER BY s.version")
    assert rows == [[number] for number in range(1, len(NAMES) + 1)]


async def test_every_index_is_online_after_migrating(empty_graph: Client) -> None:
    states = await empty_graph.read("SHOW INDEXES YIELD state RETURN DISTINCT state")
    assert states == [["ONLINE"]]


async def test_the_words_of_names_are_parted_at_spaces_alone(empty_graph: Client) -> None:
    await empty_graph.write(
        "UNWIND $names AS words CREATE (:Name {words: words, joined: words, fame: 'x'})",
        {"names": ["友克 _友", "회상", "the wall"]},
    )
    found = "CALL db.index.fulltext.queryNodes('name_sounds', $query) YIELD node RETURN node.words"
    assert await empty_graph.read(found, {"query": "words:友克"}) == [["友克 _友"]]
    assert await empty_graph.read(found, {"query": "words:_友"}) == [["友克 _友"]]
    assert await empty_graph.read(found, {"query": "joined:회*"}) == [["회상"]]
    assert await empty_graph.read(found, {"query": "words:the"}) == [["the wall"]]


async def test_one_id_cannot_stand_for_two_entities(empty_graph: Client) -> None:
    create = "CREATE (:Entity:Person {id: 'person:bangumi-2057'})"
    await empty_graph.write(create)
    with pytest.raises(ConstraintViolation, match="person:bangumi-2057"):
        await empty_graph.write(create)


async def test_a_slug_is_unique_within_its_type(empty_graph: Client) -> None:
    await empty_graph.write("CREATE (:Work {slug: 'memories'}), (:Soundtrack {slug: 'memories'})")
    with pytest.raises(ConstraintViolation, match="memories"):
        await empty_graph.write("CREATE (:Work {slug: 'memories'})")


async def test_a_graph_of_a_newer_program_is_left_alone(empty_graph: Client) -> None:
    await empty_graph.write("CREATE (:Schema {version: 9999})")
    try:
        with pytest.raises(DatabaseError, match="version 9999"):
            await migrate(empty_graph)
    finally:
        await empty_graph.write("MATCH (s:Schema {version: 9999}) DELETE s")
