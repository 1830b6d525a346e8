"""Aliases: ids that mean an entity which has another id.

A source's reader always uses its own ids; what they mean is put in before the graph is looked at.
An alias leads to an entity, never to another alias, and no id is both (the constraint on entities'
ids sees to it).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from typing import Any, Final

from graph.client import Client, Step
from graph.errors import ConstraintViolation, FilmographError, UnmetExpectation
from ingest.export.mark import UNMARKED, refuse_restoring
from ingest.records import (
    Appearance,
    Credit,
    Dataset,
    Entity,
    EntityType,
    FranchiseEntry,
    KeptList,
    MusicUse,
    Relation,
    Release,
    Scoring,
    Tagging,
)
from ingest.revision import ANOTHER

Aliases = Mapping[str, str]

ENTITIES: Final[Mapping[type, tuple[str, ...]]] = {
    Entity: ("id", "parent"),
    Credit: ("contributor", "on", "character"),
    Appearance: ("character", "on"),
    Tagging: ("creation", "term"),
    Relation: ("start", "target"),
    Release: ("work",),
    MusicUse: ("track", "on"),
    Scoring: ("work", "soundtrack"),
    FranchiseEntry: ("franchise", "work"),
    KeptList: ("works",),
}
"""The fields of each record that hold an entity's id, or several."""

TYPES: Final = {type_.lower(): type_ for type_ in EntityType}


def resolved(dataset: Dataset, aliases: Aliases) -> Dataset:
    """The dataset in which every alias is replaced by the id that it means.

    What is said of a thing under its own id comes last, and so decides where both are said by one
    import.
    """
    if not aliases:
        return dataset
    found: dict[str, Any] = {}
    for field in fields(dataset):
        records = getattr(dataset, field.name)
        if isinstance(records, tuple):
            found[field.name] = _resolved(records, aliases)
    return replace(dataset, **found)


def _resolved(records: tuple[Any, ...], aliases: Aliases) -> tuple[Any, ...]:
    renamed, others = [], []
    for record in records:
        if any(id_ in aliases for id_ in _ids(record)):
            renamed.append(_renamed(record, aliases))
        else:
            others.append(record)
    return (*renamed, *others)


def _renamed(record: Any, aliases: Aliases) -> Any:
    meant: dict[str, str | tuple[str, ...]] = {}
    for name in ENTITIES[type(record)]:
        value = getattr(record, name)
        if isinstance(value, tuple):
            meant[name] = tuple(dict.fromkeys(aliases.get(id_, id_) for id_ in value))
        elif value is not None:
            meant[name] = aliases.get(value, value)
    return replace(record, **meant)


def _ids(record: object) -> Iterator[str]:
    for name in ENTITIES[type(record)]:
        value = getattr(record, name)
        if isinstance(value, tuple):
            yield from value
        elif value is not None:
            yield value


async def read_aliases(client: Client, ids: Iterable[str]) -> Aliases:
    """What those of ``ids`` mean that are aliases."""
    found = await client.read(
        "CYPHER 5 UNWIND $ids AS id MATCH (a:Alias {id: id})-[:MEANS]->(n) RETURN a.id, n.id",
        {"ids": sorted(set(ids))},
    )
    return {alias: id_ for alias, id_ in found}


async def all_aliases(client: Client) -> Aliases:
    """What every alias means."""
    found = await client.read("CYPHER 5 MATCH (a:Alias)-[:MEANS]->(n) RETURN a.id, n.id")
    return {alias: id_ for alias, id_ in found}


async def write_aliases(client: Client, aliases: Aliases) -> None:
    """Let each id mean an entity (or what the alias given for it means); none of it is written if
    one cannot be. Raises FilmographError naming the alias, or while the graph is being restored.
    """
    meant = {alias: _end(alias, aliases) for alias in aliases}
    known = await read_aliases(client, {*meant, *meant.values()})
    meant = {alias: known.get(id_, id_) for alias, id_ in meant.items()}
    for alias in meant.keys() & known.keys():
        if known[alias] != meant[alias]:
            raise FilmographError(f"{alias!r} means {known[alias]!r} already, not {meant[alias]!r}")
    rows = {alias: id_ for alias, id_ in sorted(meant.items()) if alias not in known}
    if rows:
        await _check(client, rows)
        await _write(client, rows)


def _end(alias: str, aliases: Aliases) -> str:
    """Where a chain of aliases ends."""
    seen = [alias]
    while seen[-1] in aliases:
        seen.append(aliases[seen[-1]])
        if seen[-1] in seen[:-1]:
            raise FilmographError(f"{' means '.join(map(repr, seen))}: aliases without an entity")
    return seen[-1]


async def _check(client: Client, rows: Aliases) -> None:
    found = await client.read(
        "CYPHER 5 UNWIND $ids AS id MATCH (n:Entity {id: id}) RETURN n.id, labels(n)",
        {"ids": sorted({*rows, *rows.values()})},
    )
    labels = dict(map(tuple, found))
    for alias, id_ in rows.items():
        if alias in labels:
            raise FilmographError(f"{alias!r} is an entity itself, so it cannot mean {id_!r}")
        if id_ not in labels:
            raise FilmographError(f"{alias!r} cannot mean {id_!r}, which is not in the graph")
        type_ = TYPES.get(alias.partition(":")[0])
        if type_ not in labels[id_]:
            raise FilmographError(f"{alias!r} and {id_!r} are of different types")


async def _write(client: Client, rows: Aliases) -> None:
    # For the time of the transaction an alias counts as an entity: the constraint on their ids
    # refuses it where another process has just made an entity of this id.
    made = """CYPHER 5 UNWIND $rows AS row MATCH (n:Entity {id: row[1]})
CREATE (:Alias:Entity {id: row[0]})-[:MEANS]->(n)"""
    parted = "CYPHER 5 UNWIND $rows AS row MATCH (a:Alias {id: row[0]}) REMOVE a:Entity"
    pairs = {"rows": [list(row) for row in rows.items()]}
    try:
        await client.write_all([UNMARKED, ANOTHER, Step(made, pairs), Step(parted, pairs)])
    except UnmetExpectation:
        await refuse_restoring(client)
        raise
    except ConstraintViolation as error:
        raise FilmographError("Another process is writing the same aliases; try again") from error
