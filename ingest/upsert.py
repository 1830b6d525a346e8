"""Records into the graph: only what differs is written; what imports no longer state goes."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from graph.client import Client, Step
from graph.errors import ConstraintViolation, FilmographError, UnmetExpectation
from ingest.account import Account, Outcome
from ingest.aliases import Aliases, all_aliases, resolved
from ingest.export.mark import UNMARKED, refuse_restoring
from ingest.fame import famed
from ingest.franchises.ranking import RANKING
from ingest.merge import Merge
from ingest.records import Dataset
from ingest.revision import following, last_revision
from ingest.slugs import Slug, give_slugs
from ingest.state import State, read_state, spoken_of, stated_by
from ingest.statements import Remembered, Statements
from ingest.writing import steps

Answer = TypeVar("Answer")

ATTEMPTS = 10
BUSY = "Other imports are writing all the time; try again when they are done"
WRITING_SECONDS = 600.0
"""How long a transaction of an import may write: it is no request that somebody waits for."""


@dataclass(frozen=True)
class Rules:
    """How datasets are understood: each kind of relation's inverse, each source's rank, and which
    ids mean an entity that has another id.
    """

    inverses: Mapping[str, str]
    ranks: Mapping[str, int]
    aliases: Aliases

    @classmethod
    async def read(cls, client: Client) -> "Rules":
        kinds = "CYPHER 5 MATCH (k:RelationKind)-[:INVERSE]->(i) RETURN k.id, i.id"
        ranks = "CYPHER 5 MATCH (s:Source) RETURN s.id, s.rank"
        return cls(
            {kind: inverse for kind, inverse in await client.read(kinds)},
            {source: rank for source, rank in await client.read(ranks)},
            await all_aliases(client),
        )


@dataclass(frozen=True)
class Prepared:
    """What has to be done so that the graph holds some datasets. ``slugs`` are those given to new
    entities, ``held`` the origins that drop an entity of which others still speak.
    """

    steps: Sequence[Step]
    account: Account
    wanted: State
    slugs: set[Slug]
    held: set[str]
    removes: bool
    now: str


async def upsert(client: Client, dataset: Dataset) -> Account:
    """Make the graph hold ``dataset``, and nothing else by its origin.

    Imports may run at once: one that finds that another has written in between reads again.
    Raises FilmographError for a reference to what is neither in the dataset nor in the graph.
    """
    for _ in range(ATTEMPTS):
        number = await revision(client)
        rules = await Rules.read(client)
        prepared = await prepare(client, [dataset], {dataset.origin}, rules)
        if not prepared.steps:
            return prepared.account
        imported = record(dataset.origin, prepared.now)
        try:
            await commit(
                client,
                [imported, *prepared.steps, Step(RANKING), famed(prepared.now)],
                number,
                prepared.now,
            )
        except (UnmetExpectation, ConstraintViolation):
            if await revision(client) == number:
                await check_references(client, prepared.wanted)
                raise
        else:
            return prepared.account
    raise FilmographError(BUSY)


def record(origin: str, now: str, **about: str) -> Step:
    """The statement that records an import that is complete, and what there is to say ``about``
    it.
    """
    return Step(
        """CYPHER 5 OPTIONAL MATCH (i:Import) WITH coalesce(max(i.number), 0) + 1 AS number
CREATE (i:Import {number: number}) SET i += $record""",
        {"record": {"origin": origin, "at": now, "status": "COMPLETE", **about}},
    )


async def revision(client: Client) -> int:
    """How often the graph has been written. Raises FilmographError while it is being restored."""
    await refuse_restoring(client)
    return await last_revision(client)


async def commit(client: Client, steps: Sequence[Step], number: int, now: str) -> None:
    """Write if the graph is still at the revision ``number``, and is not being restored; else
    raises UnmetExpectation.
    """
    guarded = [UNMARKED, following(number, now), *steps]
    await client.write_all(guarded, timeout=WRITING_SECONDS)


async def commit_at_once(client: Client, steps: Sequence[Step], now: str) -> None:
    """Write what is right at any revision. Raises FilmographError if others never let it."""
    for _ in range(ATTEMPTS):
        try:
            return await commit(client, steps, await revision(client), now)
        except UnmetExpectation:
            continue
    raise FilmographError(BUSY)


async def retried(client: Client, attempt: Callable[[int], Awaitable[Answer]]) -> Answer:
    """What ``attempt`` answers, which reads the graph and writes to it at the revision that it is
    given; it is made again where others have written in between. Raises FilmographError if they
    never let it.
    """
    for _ in range(ATTEMPTS):
        number = await revision(client)
        try:
            return await attempt(number)
        except (UnmetExpectation, ConstraintViolation):
            if await revision(client) == number:
                raise
    raise FilmographError(BUSY)


def moment() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


async def prepare(
    client: Client,
    datasets: Sequence[Dataset],
    known: Collection[str],
    rules: Rules,
    remembered: Iterable[Remembered] = (),
    reserved: Iterable[Slug] = (),
    now: str | None = None,
) -> Prepared:
    """Compare ``datasets`` with the graph. ``known`` are those of their origins that may have
    stated something before, ``reserved`` slugs that are about to be written, ``now`` the time of
    the import.
    """
    now = now or moment()
    statements = await asyncio.to_thread(_build, datasets, remembered, rules)
    wanted = statements.state
    present = await _present(client, wanted, known)
    slugs = await give_slugs(client, wanted, present, reserved)
    origins = {dataset.origin for dataset in datasets}
    dropped = _dropped(wanted, present, origins)
    held = await spoken_of(client, dropped, origins) if dropped else set()
    merge = Merge(origins, rules.ranks, present, wanted, held, now)

    def compare() -> tuple[list[Step], bool]:
        changes = merge.changes()
        found = list(steps(changes, present, wanted, now))
        merge.count(statements.rows)
        for row in statements.merged:
            merge.account.count(row.table, Outcome.MERGED)
        return found, bool(changes.removed_edges or changes.removed_nodes)

    found, removes = await asyncio.to_thread(compare)
    holding = {edge.key for edge in present.edges if edge.type == "CITES" and edge.start in held}
    return Prepared(found, merge.account, wanted, slugs, holding & origins, removes, now)


def _dropped(wanted: State, present: State, origins: Collection[str]) -> set[str]:
    """The ids of entities that the origins alone have named, and do not want any more."""
    named: dict[str, set[bool]] = {}
    for edge, properties in present.edges.items():
        if edge.type == "NAMED" and edge.start not in wanted.nodes:
            by = {tag.partition("|")[0] in origins for tag in properties["stated"]}
            named.setdefault(edge.start.id, set()).update(by)
    return {id_ for id_, by in named.items() if by == {True}}


def _build(
    datasets: Sequence[Dataset], remembered: Iterable[Remembered], rules: Rules
) -> Statements:
    statements = Statements(rules.inverses)
    for dataset in datasets:
        statements.add(resolved(dataset, rules.aliases))
    for each in remembered:
        statements.remember(each)
    return statements


async def _present(client: Client, wanted: State, known: Collection[str]) -> State:
    """What is wanted and there, and what the origins ``known`` have stated before."""
    owners = {edge.owner for edge in wanted.edges}
    citing = {node for node in wanted.nodes.keys() | owners if node.label in ("Entity", "List")}
    before = await stated_by(client, known) if known else []
    present = await read_state(client, citing.union(before))
    # A statement about something new is new itself.
    new = wanted.nodes.keys() - present.nodes.keys()
    statements = [
        node
        for node, arms in wanted.arms.items()
        if node not in present.nodes and not any(arm.end in new for arm in arms)
    ]
    found = await read_state(client, statements) if statements else State()
    present.nodes.update(found.nodes)
    present.labels.update(found.labels)
    present.edges.update(found.edges)
    return present


async def check_references(client: Client, wanted: State) -> None:
    """Raises FilmographError for what is spoken of and neither in the import nor in the graph."""
    spoken = {end: f"{e.type} of {e.start.id!r}" for e in wanted.edges for end in (e.start, e.end)}
    for node, arms in wanted.arms.items():
        spoken.update({arm.end: f"{arm.type} of {node.id!r}" for arm in arms})
    unknown = spoken.keys() - wanted.nodes.keys()
    there = await read_state(client, unknown)
    missing = sorted(unknown - there.nodes.keys())
    if missing:
        listed = [f"{end.label} {end.id!r} (in {spoken[end]})" for end in missing[:10]]
        more = "; ..." if len(missing) > 10 else ""
        raise FilmographError(f"Neither in the import nor in the graph: {'; '.join(listed)}{more}")
