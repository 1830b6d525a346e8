"""A source in parts: what is written, what is found unchanged, what goes, and what is counted."""

import asyncio
import json
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import blake2s

import pytest

from graph.client import Client
from graph.errors import FilmographError
from ingest.account import Account
from ingest.aliases import write_aliases
from ingest.catalog.vocabulary import read_vocabulary
from ingest.importing import import_feed
from ingest.ledger import Ledger
from ingest.parts import Feed, Part, Reading, Skipped
from ingest.records import (
    Citation,
    Credit,
    Dataset,
    Entity,
    EntityType,
    FranchiseEntry,
    Name,
    Row,
)
from ingest.upsert import upsert
from ingest.vocabulary import load_vocabulary

CITED = (Citation("bangumi"),)


@pytest.fixture
async def graph(empty_graph: Client) -> Client:
    await load_vocabulary(empty_graph, read_vocabulary())
    return empty_graph


def entity(type_: EntityType, number: int, name: str) -> Entity:
    id_ = f"{type_.lower()}:bangumi-{number}"
    names = (Name(name, "OFFICIAL", "en", CITED),)
    return Entity(type_, id_, name.lower(), names, CITED, row=Row(type_, number))


def part(type_: EntityType, number: int, name: str, directors: Sequence[int] = ()) -> Part:
    """One row for the thing, and one for each director; director 0 is not known."""
    thing = entity(type_, number, name)
    origin = f"bangumi/{type_.lower()}/{number}"
    rows = {str(type_): 1, "Credit": len(directors)} if directors else {str(type_): 1}

    def read() -> Reading:
        credits = tuple(
            Credit(
                f"person:bangumi-{who}",
                "director",
                thing.id,
                CITED,
                row=Row("Credit", 10 * number + at),
            )
            for at, who in enumerate(directors)
            if who
        )
        skipped = tuple(
            Skipped(Row("Credit", 10 * number + at), "unknown person: 0")
            for at, who in enumerate(directors)
            if not who
        )
        return Reading(Dataset(origin, (thing,), credits), skipped)

    digest = blake2s(repr((name, directors)).encode()).hexdigest()
    return Part(origin, thing.id, digest, rows, read)


def feed(people: Sequence[Part], works: Sequence[Part]) -> Feed:
    rows: dict[str, int] = {}
    for each in (*people, *works):
        for table, number in each.rows.items():
            rows[table] = rows.get(table, 0) + number
    return Feed("bangumi", "dump.zip", rows, (people, works))


PEOPLE = [part(EntityType.PERSON, 1, "Otomo"), part(EntityType.PERSON, 2, "Kon")]
WORKS = [
    part(EntityType.WORK, 1, "Akira", [1]),
    part(EntityType.WORK, 2, "Memories", [1, 2]),
]


async def imported(client: Client, source: Feed) -> Account:
    with Ledger() as ledger:
        return await import_feed(client, source, ledger)


async def works(client: Client) -> list[list[object]]:
    return await client.read(
        "MATCH (w:Work) RETURN w.name, COUNT { (w)<-[:ON]-() } ORDER BY w.name"
    )


async def test_every_row_is_accounted_for(graph: Client) -> None:
    account = await imported(graph, feed(PEOPLE, WORKS))
    assert account.rows == {
        "Person": {"created": 2},
        "Work": {"created": 2},
        "Credit": {"created": 3},
    }
    assert await works(graph) == [["Akira", 1], ["Memories", 2]]


async def test_a_second_run_writes_nothing(graph: Client) -> None:
    await imported(graph, feed(PEOPLE, WORKS))
    before = await graph.read("MATCH (r:Revision) RETURN r.number, r.at")
    again = await imported(graph, feed(PEOPLE, WORKS))
    assert not again.writes
    assert again.rows == {
        "Person": {"unchanged": 2},
        "Work": {"unchanged": 2},
        "Credit": {"unchanged": 3},
    }
    assert await graph.read("MATCH (r:Revision) RETURN r.number, r.at") == before


async def test_an_unchanged_part_is_not_read(graph: Client) -> None:
    await imported(graph, feed(PEOPLE, WORKS))

    def read() -> Reading:
        raise AssertionError("is as it was")

    unread = [Part(each.origin, each.entity, each.digest, each.rows, read) for each in WORKS]
    assert not (await imported(graph, feed(PEOPLE, unread))).writes


async def test_a_newer_dump_updates_and_removes(graph: Client) -> None:
    await imported(graph, feed(PEOPLE, WORKS))
    newer = [part(EntityType.WORK, 2, "Memories", [1]), part(EntityType.WORK, 3, "Steamboy", [1])]
    account = await imported(graph, feed(PEOPLE[:1], newer))
    assert account.rows == {
        "Person": {"unchanged": 1},
        "Work": {"unchanged": 1, "created": 1},
        "Credit": {"unchanged": 1, "created": 1},
    }
    assert account.removed == {"Work": 1, "Person": 1, "Credit": 2, "Name": 2}
    assert await works(graph) == [["Memories", 1], ["Steamboy", 1]]
    assert not (await imported(graph, feed(PEOPLE[:1], newer))).writes


async def test_what_others_state_stays(graph: Client) -> None:
    await imported(graph, feed(PEOPLE, WORKS))
    ann = (Citation("ann"),)
    other = Credit("person:bangumi-2", "screenwriter", "work:bangumi-2", ann)
    await upsert(graph, Dataset("catalog", credits=(other,)))
    await imported(graph, feed(PEOPLE[:1], [part(EntityType.WORK, 2, "Memories", [1])]))
    who = "MATCH (p:Person)-[:HAS_CREDIT]->(c)-[:IN_ROLE]->(r) RETURN p.name, r.id ORDER BY r.id"
    assert await graph.read(who) == [["Otomo", "director"], ["Kon", "screenwriter"]]


async def test_a_row_joins_what_another_source_states(graph: Client) -> None:
    akira = entity(EntityType.WORK, 1, "Akira")
    await upsert(graph, Dataset("catalog", (akira,)))
    account = await imported(graph, feed(PEOPLE, WORKS))
    assert account.rows["Work"] == {"merged": 1, "created": 1}
    assert not (await imported(graph, feed(PEOPLE, WORKS))).writes


async def test_a_skipped_row_is_told_every_time(graph: Client) -> None:
    broken = [part(EntityType.WORK, 1, "Akira", [1, 0])]
    for outcome in ("created", "unchanged"):
        with Ledger() as ledger:
            account = await import_feed(graph, feed(PEOPLE, broken), ledger)
            assert account.rows["Credit"] == {outcome: 1, "skipped": 1}
            assert list(ledger.skipped()) == [(("Credit", 11), "unknown person: 0")]
            assert ledger.reasons() == [("Credit", "unknown person", 1, 11)]


async def test_an_interrupted_import_goes_on(graph: Client) -> None:
    def interrupted() -> Iterator[Part]:
        yield WORKS[0]
        raise FilmographError("the machine is out of power")

    source = feed(PEOPLE, WORKS)
    with pytest.raises(FilmographError, match="power"):
        await imported(graph, Feed("bangumi", "", source.rows, (PEOPLE, interrupted())))
    account = await imported(graph, source)
    assert account.rows["Person"] == {"unchanged": 2}
    assert await works(graph) == [["Akira", 1], ["Memories", 2]]


async def test_what_an_import_owes_that_was_interrupted_at_its_end(graph: Client) -> None:
    """Its record, and the orders of franchises, come with the next run, which writes them once."""

    def interrupted() -> Iterator[Part]:
        raise FilmographError("the machine is out of power")
        yield

    def read() -> Reading:
        said = (entity(EntityType.FRANCHISE, 1, "Omnibuses"),)
        entries = (FranchiseEntry("franchise:bangumi-1", "work:bangumi-2", CITED),)
        return Reading(Dataset("bangumi/franchise", said, franchise_entries=entries))

    series = Part("bangumi/franchise", "franchise:bangumi-1", "digest", {"Franchise": 1}, read)
    source = feed(PEOPLE, [*WORKS, series])
    owed = "OPTIONAL MATCH (i:Import) MATCH ()-[e:HAS_ENTRY]->() RETURN i.rows, e.story"
    with pytest.raises(FilmographError, match="power"):
        await imported(graph, replace(source, stages=(*source.stages, interrupted())))
    assert await graph.read(owed) == [[None, None]]
    assert not (await imported(graph, source)).writes
    ((rows, story),) = await graph.read(owed)
    assert (json.loads(rows)["Work"]["unchanged"], story) == (2, 1)
    before = await graph.read("MATCH (r:Revision) RETURN properties(r)")
    await imported(graph, source)
    assert await graph.read("MATCH (r:Revision) RETURN properties(r)") == before
    assert "unfinished" not in before[0][0]


async def test_a_reference_to_nothing_is_named(graph: Client) -> None:
    lost = [part(EntityType.WORK, 1, "Akira", [9])]
    with pytest.raises(FilmographError, match="'person:bangumi-9' \\(in HAS_CREDIT of"):
        await imported(graph, feed(PEOPLE, lost))
    assert await works(graph) == []


async def test_a_row_that_is_not_accounted_for_is_a_defect(graph: Client) -> None:
    source = Feed("bangumi", "dump.zip", {"Person": 2}, (PEOPLE[:1],))
    with pytest.raises(FilmographError, match="Person: 2 rows, 1 accounted for"):
        await imported(graph, source)


async def test_another_import_may_write_in_between(graph: Client) -> None:
    steamboy = Dataset("catalog", (entity(EntityType.WORK, 3, "Steamboy"),))

    async def others() -> None:
        await upsert(graph, steamboy)

    await asyncio.gather(imported(graph, feed(PEOPLE, WORKS)), others())
    assert await works(graph) == [["Akira", 1], ["Memories", 2], ["Steamboy", 0]]
    assert not (await imported(graph, feed(PEOPLE, WORKS))).writes


async def test_an_alias_stands_for_what_it_means(graph: Client) -> None:
    await upsert(graph, Dataset("catalog", (entity(EntityType.WORK, 3, "Kanojo no Omoide"),)))
    await write_aliases(graph, {"work:bangumi-2": "work:bangumi-3"})
    account = await imported(graph, feed(PEOPLE, WORKS))
    assert account.rows["Work"] == {"created": 1, "merged": 1}
    names = "MATCH (w:Work)-[:NAMED]->(n) WITH w, n ORDER BY n.text RETURN w.id, collect(n.text)"
    assert sorted(await graph.read(names)) == [
        ["work:bangumi-1", ["Akira"]],
        ["work:bangumi-3", ["Kanojo no Omoide", "Memories"]],
    ]
    assert not (await imported(graph, feed(PEOPLE, WORKS))).writes


async def test_other_rules_that_say_the_same_touch_nothing(graph: Client) -> None:
    await imported(graph, feed(PEOPLE, WORKS))
    dates = "MATCH (n:Entity) RETURN n.id, n.updatedAt ORDER BY n.id"
    await graph.write("MATCH (n:Entity) SET n.updatedAt = '2020-01-01T00:00:00Z'")
    before = await graph.read(dates)
    others = [each for each in WORKS]
    others[0] = replace(others[0], digest="read by other rules")
    account = await imported(graph, feed(PEOPLE, others))
    assert account.rows["Work"] == {"unchanged": 2}
    assert await graph.read(dates) == before


async def test_what_is_only_spoken_of_keeps_its_name_and_nothing_else(graph: Client) -> None:
    await imported(graph, feed(PEOPLE, WORKS))
    ann = (Citation("ann"),)
    other = Credit("person:bangumi-2", "screenwriter", "work:bangumi-1", ann)
    await upsert(graph, Dataset("catalog", credits=(other,)))
    without = [part(EntityType.WORK, 1, "Akira", [1]), part(EntityType.WORK, 2, "Memories", [1])]
    await imported(graph, feed(PEOPLE[:1], without))
    assert not (await imported(graph, feed(PEOPLE[:1], without))).writes
    assert await graph.read("MATCH (p:Person {name: 'Kon'}) RETURN p.id") == [["person:bangumi-2"]]
    back = await imported(graph, feed(PEOPLE, WORKS))
    assert back.rows["Person"] == {"unchanged": 2}
    assert back.rows["Credit"] == {"unchanged": 2, "created": 1}
    await upsert(graph, Dataset("catalog"))
    await imported(graph, feed(PEOPLE[:1], without))
    assert await graph.read("MATCH (p:Person {name: 'Kon'}) RETURN count(p)") == [[0]]


async def test_only_what_drops_something_is_read_again(graph: Client) -> None:
    """Others may speak of it no longer when all is imported."""
    read: list[str] = []

    def dropping(digest: str, *people: Entity) -> list[Part]:
        return [made("a", digest, entity(EntityType.WORK, 1, "Akira"), *people), made("b", digest)]

    def made(name: str, digest: str, *entities: Entity) -> Part:
        def reading() -> Reading:
            read.append(name)
            said = entities or (entity(EntityType.WORK, 2, "Memories"),)
            return Reading(Dataset(f"bangumi/{name}", said))

        rows = {str(each.type): 1 for each in entities} or {"Work": 1}
        return Part(f"bangumi/{name}", f"work:bangumi-{1 + (name == 'b')}", digest, rows, reading)

    await imported(graph, feed([], dropping("old", entity(EntityType.PERSON, 2, "Kon"))))
    credit = Credit("person:bangumi-2", "screenwriter", "work:bangumi-1", (Citation("ann"),))
    await upsert(graph, Dataset("catalog", credits=(credit,)))
    read.clear()
    await imported(graph, feed([], dropping("new")))
    assert read == ["a", "b", "a"]


async def test_an_interruption_waits_for_what_is_being_read(graph: Client) -> None:
    """What is read from, such as a temporary file, is closed right afterwards."""
    reading, read = threading.Event(), threading.Event()

    def slowly() -> Iterator[Part]:
        reading.set()
        time.sleep(1)
        yield WORKS[0]
        read.set()

    source = feed(PEOPLE, WORKS)
    running = asyncio.create_task(
        imported(graph, Feed("bangumi", "", source.rows, (PEOPLE, slowly())))
    )
    await asyncio.to_thread(reading.wait)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert read.is_set()
