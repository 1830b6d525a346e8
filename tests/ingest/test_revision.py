"""The revision: after every transaction that a writer commits, the graph's state is another one."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graph.client import Client, Step
from ingest.aliases import write_aliases
from ingest.catalog.vocabulary import read_vocabulary
from ingest.export.reading import checked, restore
from ingest.export.writing import count, export
from ingest.franchises.derive import derive
from ingest.importing import import_feed
from ingest.ledger import Ledger
from ingest.merging.merge import merge
from ingest.merging.split import split
from ingest.parts import Feed, Part, Reading
from ingest.records import Citation, Credit, Dataset, Entity, EntityType, Name, Relation, Row
from ingest.revision import state
from ingest.upsert import upsert
from ingest.vocabulary import load_vocabulary
from tests.conftest import wipe

ANN = (Citation("ann"),)


def entity(id_: str) -> Entity:
    type_ = EntityType(id_.partition(":")[0].title())
    name = id_.partition(":")[2]
    return Entity(type_, id_, name, (Name(name, "OFFICIAL", "en", ANN),), ANN)


CATALOG = Dataset(
    "catalog",
    (entity("work:akira"), entity("work:memories"), entity("work:omnibus"), entity("person:otomo")),
    (Credit("person:otomo", "director", "work:memories", ANN),),
    relations=(Relation("work:akira", "sequel", "work:omnibus", ANN),),
)


def part(number: int) -> Part:
    thing = replace(entity(f"person:bangumi-{number}"), row=Row("person", number))
    origin = f"bangumi/person/{number}"
    reading = Reading(Dataset(origin, (thing,)))
    return Part(origin, thing.id, "digest", {"person": 1}, lambda: reading)


# Two stages are two transactions.
FEED = Feed("bangumi", "dump.zip", {"person": 2}, ([part(1)], [part(2)]))


@pytest.fixture
async def states(empty_graph: Client, monkeypatch: pytest.MonkeyPatch) -> list[list[Any]]:
    """The graph's state before all writes, and after each transaction."""
    found = [await state(empty_graph)]
    write_all = Client.write_all

    async def noting(client: Client, steps: Sequence[Step], timeout: float | None = None) -> Any:  # noqa: ASYNC109 - as the client's own
        answers = await write_all(client, steps, timeout)
        found.append(await state(client))
        return answers

    monkeypatch.setattr(Client, "write_all", noting)
    return found


def are_different(states: Sequence[Any], at_least: int) -> bool:
    return len(states) == len({repr(each) for each in states}) >= at_least


async def test_every_writer_leaves_another_state(
    empty_graph: Client, states: list[list[Any]]
) -> None:
    vocabulary = read_vocabulary()
    await load_vocabulary(empty_graph, vocabulary)
    await upsert(empty_graph, CATALOG)
    renamed = [replace(each, name="Annals") for each in vocabulary.sources]
    await load_vocabulary(empty_graph, replace(vocabulary, sources=tuple(renamed)))
    await write_aliases(empty_graph, {"work:bangumi-7": "work:akira"})
    await merge(empty_graph, "work:akira", "work:memories")
    await split(empty_graph, "work:memories")
    await derive(empty_graph)
    with Ledger() as ledger:
        await import_feed(empty_graph, FEED, ledger)
    assert are_different(states, 11)


async def test_a_restore_leaves_another_state_with_every_step(
    empty_graph: Client, states: list[list[Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await load_vocabulary(empty_graph, read_vocabulary())
    await upsert(empty_graph, CATALOG)
    file = tmp_path / "graph.jsonl"
    await export(empty_graph, file, await count(empty_graph))
    await wipe(empty_graph)
    states.clear()
    monkeypatch.setattr("ingest.export.reading.BATCH", 100)
    await restore(empty_graph, file, checked(file))
    assert are_different(states, 5)


async def test_what_writes_nothing_leaves_the_state(empty_graph: Client) -> None:
    async def written() -> list[Any]:
        await load_vocabulary(empty_graph, read_vocabulary())
        await upsert(empty_graph, CATALOG)
        await derive(empty_graph)
        return await state(empty_graph)

    assert await written() == await written()
