"""Two entities of one type become one: ``merge``."""

from collections import Counter
from dataclasses import dataclass, field

from graph.client import Client, Step
from graph.errors import FilmographError
from ingest.fame import famed
from ingest.franchises.ranking import RANKING
from ingest.merging.address import Address, find
from ingest.merging.difference import difference, settle
from ingest.merging.piece import Piece, Renamed, read_piece, renamed, united
from ingest.merging.record import Record
from ingest.state import Edge, Node
from ingest.upsert import Rules, commit, moment, retried


@dataclass(frozen=True)
class Merged:
    """``alias`` means ``into`` from now on. ``moved`` counts what was said of it alone, ``joined``
    what was said of both, by label or type of edge; nothing where it was merged before.
    """

    into: str
    alias: str
    moved: Counter[str] = field(default_factory=Counter)
    joined: Counter[str] = field(default_factory=Counter)


async def merge(client: Client, into: str, other: str) -> Merged:
    """Let ``other`` go into ``into`` (ids or slugs): all that is said of it is said of ``into``,
    its id and slug become an alias. Merging what is merged does nothing.

    Raises FilmographError for what is not there, is of another type, or is itself.
    """
    return await retried(client, lambda number: _merge(client, into, other, number))


async def _merge(client: Client, into: str, other: str, number: int) -> Merged:
    kept, gone = await find(client, into), await find(client, other)
    if gone.alias and gone.id == kept.id:
        return Merged(kept.id, gone.alias)
    _check(kept, gone)
    before = await read_piece(client, kept.id)
    merged = await read_piece(client, gone.id)
    stays = renamed(before, {gone.id: kept.id}).piece
    moved = renamed(merged, {gone.id: kept.id})
    now = moment()
    after = united(stays, moved.piece)
    rules = await Rules.read(client)
    settle(after, kept.id, kept.slug, rules.ranks, now)
    record = Record.of(kept.id, stays, merged, moved)
    _add_alias(after, gone, kept.id, record)
    whole = united(before, merged)
    await commit(client, [*difference(whole, after, now), Step(RANKING), famed(now)], number, now)
    return _counted(kept.id, gone.id, before, moved)


def _check(kept: Address, gone: Address) -> None:
    if gone.id == kept.id:
        raise FilmographError(f"{gone.id!r} cannot be merged into itself")
    if gone.type != kept.type:
        raise FilmographError(
            f"{gone.id!r} ({gone.type}) and {kept.id!r} ({kept.type}): only things of one type are"
            " merged"
        )


def _add_alias(piece: Piece, gone: Address, into: str, record: Record) -> None:
    alias = Node("Alias", gone.id)
    piece.nodes[alias] = {"id": gone.id, "slug": gone.slug, "merged": record.text()}
    piece.labels[alias] = ("Alias",)
    piece.edges[Edge("MEANS", alias, Node("Entity", into))] = {}


def _counted(into: str, alias: str, before: Piece, moved: Renamed) -> Merged:
    counted = Merged(into, alias)
    for node in moved.piece.nodes:
        if node.label != "Entity":
            (counted.joined if node in before.nodes else counted.moved)[node.label] += 1
    for edge in moved.piece.edges:
        if {edge.start.label, edge.end.label} <= {"Entity", "Source", "List"}:
            (counted.joined if edge in before.edges else counted.moved)[edge.type] += 1
    return counted
