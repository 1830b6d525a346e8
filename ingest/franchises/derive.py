"""Franchises from the graph's relations, and back into the graph.

A franchise is a part like any other: what is computed of it is written if it differs from what was
computed before, and goes when its reason goes.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Final

from graph.client import Client, Step
from graph.errors import FilmographError, UnmetExpectation
from ingest.account import Account
from ingest.fame import famed
from ingest.franchises.assignment import Assignment, Entry, Known, assign
from ingest.franchises.lines import Tie, Work
from ingest.franchises.ranking import RANKING
from ingest.importing import import_feed
from ingest.ledger import Ledger
from ingest.parts import Feed, Part, Reading
from ingest.records import Dataset
from ingest.state import COMPUTED
from ingest.statements import digest
from ingest.upsert import ATTEMPTS, BUSY, Rules, commit, prepare, revision

_TIES: Final = """CYPHER 5 MATCH (k:RelationKind {continuity: true}) WITH collect(k.id) AS kinds
MATCH (r:Relation)<-[arm:HAS_RELATION]-(w:Work) WHERE arm.kind IN kinds
MATCH (r)<-[:HAS_RELATION]-(other:Work) WHERE other <> w
RETURN w.id, arm.kind, other.id"""
_ENTRIES: Final = """CYPHER 5 MATCH (f:Franchise)-[e:HAS_ENTRY]->(w)
RETURN f.id, w.id, any(tag IN e.stated WHERE NOT tag STARTS WITH $own), e.position, e.course"""
_FRANCHISES: Final = """CYPHER 5 MATCH (f:Franchise)
RETURN f.id, EXISTS {
  MATCH (f)-[e:NAMED]->() WHERE any(tag IN e.stated WHERE NOT tag STARTS WITH $own)
}"""
_ALIASES: Final = "CYPHER 5 MATCH (a:Alias)-[:MEANS]->(f:Franchise) RETURN a.id, f.id"
_WORKS: Final = """CYPHER 5 UNWIND $ids AS id MATCH (w:Entity {id: id})
RETURN w.id, w.name, w.nameEn, w.nameJa, w.nameZh, w.released, coalesce(w.nsfw, false)"""
_OWN: Final = {"own": f"{COMPUTED}/"}

_WRITE_COURSES: Final = """CYPHER 5 UNWIND $rows AS row
MATCH (:Entity {id: row[0]})-[e:HAS_ENTRY]->(:Entity {id: row[1]}) SET e.course = row[2]"""
_WRITE_ALIASES: Final = """CYPHER 5 UNWIND $rows AS row
MATCH (f:Franchise {id: row[1]}) WHERE NOT EXISTS { MATCH (:Entity {id: row[0]}) }
MERGE (a:Alias {id: row[0]})
FOREACH (old IN [(a)-[e:MEANS]->(other) WHERE other <> f | e] | DELETE old)
MERGE (a)-[:MEANS]->(f)"""
_DROP_ALIASES: Final = """CYPHER 5 MATCH (a:Alias) WHERE a.id STARTS WITH 'franchise:'
AND NOT EXISTS { (a)-[:MEANS]->() } DELETE a"""


async def derive(client: Client, ledger: Ledger | None = None) -> Account:
    """Compute all franchises, and write those that changed. ``ledger`` is told of cycles."""
    account = Account()
    for _ in range(ATTEMPTS):
        known = await _read(client)
        found = assign(known)
        gone = await _gone(client, found.datasets)
        with Ledger() as own:
            account.add(await import_feed(client, _feed(found.datasets, gone), own))
        try:
            account.add(await _finish(client, known, found, gone))
        except UnmetExpectation:
            continue  # Others have written, perhaps what franchises follow from.
        if ledger:
            for note in found.notes:
                ledger.note(note)
        return account
    raise FilmographError(BUSY)


async def _read(client: Client) -> Known:
    ties = [Tie(*row) for row in await client.read(_TIES)]
    entries = [Entry(*row) for row in await client.read(_ENTRIES, _OWN)]
    franchises = {id_: named for id_, named in await client.read(_FRANCHISES, _OWN)}
    aliases = {alias: id_ for alias, id_ in await client.read(_ALIASES)}
    ids = {tie.start for tie in ties} | {entry.work for entry in entries}
    rows = await client.read(_WORKS, {"ids": sorted(ids)})
    return Known({row[0]: _work(*row) for row in rows}, ties, entries, franchises, aliases)


def _work(
    id_: str, name: str, en: str | None, ja: str | None, zh: str | None, released: str, nsfw: bool
) -> Work:
    names = {"en": en, "ja": ja, "zh": zh}
    shown = {language: text for language, text in names.items() if text}
    return Work(id_, name, shown, released, nsfw)


async def _gone(client: Client, datasets: Iterable[Dataset]) -> dict[str, str]:
    """The origins of the franchises that were computed before and are not any more, with their
    digests.
    """
    with Ledger() as before:
        await before.read(client, COMPUTED)
        for dataset in datasets:
            before.see(dataset.origin)
        origins = list(before.vanished())
        return {each: known.digest for each in origins if (known := before.see(each))}


def _feed(datasets: Iterable[Dataset], gone: Mapping[str, str]) -> Feed:
    """What is gone stays as it was here: it goes once its id can mean another."""
    parts = [_part(dataset) for dataset in datasets]
    parts += [replace(_part(Dataset(origin)), digest=each) for origin, each in gone.items()]
    return Feed(COMPUTED, "", {}, [parts])


def _part(dataset: Dataset) -> Part:
    id_ = dataset.origin.removeprefix(f"{COMPUTED}/")
    return Part(dataset.origin, id_, digest(repr(dataset)), {}, lambda: Reading(dataset))


async def _finish(
    client: Client, known: Known, found: Assignment, gone: Collection[str]
) -> Account:
    """The places in the story; and what is gone goes, in one transaction with what its id means
    from now on.
    """
    before = {(each.franchise, each.work): each.course for each in known.entries}
    moved = [[*each, place] for each, place in found.courses.items() if before.get(each) != place]
    meant = [list(each) for each in found.aliases.items() if each not in known.aliases.items()]
    if not (gone or moved or meant or found.aliases.keys() != known.aliases.keys()):
        return Account()
    steps = [
        Step(_WRITE_COURSES, {"rows": moved}),
        Step(_WRITE_ALIASES, {"rows": meant}),
        Step(_DROP_ALIASES),
        Step(RANKING),
    ]
    number = await revision(client)
    datasets = [Dataset(origin) for origin in gone]
    removal = await prepare(client, datasets, gone, await Rules.read(client))
    await commit(client, [*removal.steps, *steps, famed(removal.now)], number, removal.now)
    return removal.account
