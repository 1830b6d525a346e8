"""One entity becomes the two again that it was merged of: ``split``.

What an import said of the merged one goes back to it, as far as it is still said; what was said of
both stays on both. What has come since goes to the merged one if only it was ever spoken of by the
import that says so.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.client import Client, Step
from graph.errors import FilmographError
from ingest.aliases import read_aliases
from ingest.fame import famed
from ingest.franchises.ranking import RANKING
from ingest.merging.difference import difference, settle
from ingest.merging.piece import (
    Piece,
    Renamed,
    joined,
    read_piece,
    renamed,
    statement_of,
    united,
)
from ingest.merging.record import Record, origins, origins_of
from ingest.state import ARMS, Edge, Node, Properties
from ingest.upsert import Rules, commit, moment, retried


@dataclass(frozen=True)
class Split:
    """``id`` is a thing of its own again, that was merged into ``of``. ``moved`` counts what went
    back to it, by label.
    """

    id: str
    of: str
    moved: Counter[str] = field(default_factory=Counter)


async def split(client: Client, given: str) -> Split:
    """Undo the merging of the entity that had this id or slug.

    Raises FilmographError where nothing of this id or slug was merged into anything.
    """
    return await retried(client, lambda number: _split(client, given, number))


async def _split(client: Client, given: str, number: int) -> Split:
    alias, slug, of, kept_slug, text = await _find(client, given)
    record = Record.parse(text)
    ids = dict(await read_aliases(client, _ids(record)))
    del ids[alias]
    before = await read_piece(client, of)
    parting = _Parting(alias, of, before, record, ids)
    kept, parted = parting.kept, parting.parted
    now = moment()
    rules = await Rules.read(client)
    settle(kept, of, kept_slug, rules.ranks, now)
    settle(parted, alias, slug, rules.ranks, now)
    parted.labels[Node("Entity", alias)] = record.merged.labels[Node("Entity", alias)]
    after = united(kept, parted)
    await commit(client, [*difference(before, after, now), Step(RANKING), famed(now)], number, now)
    return Split(alias, of, Counter(node.label for node in parted.nodes))


async def _find(client: Client, given: str) -> tuple[str, str, str, str, str]:
    rows = await client.read(
        """CYPHER 5 CALL () {
  MATCH (a:Alias {id: $given}) RETURN a
UNION
  MATCH (a:Alias {slug: $given}) RETURN a
}
MATCH (a)-[:MEANS]->(n) RETURN a.id, a.slug, n.id, n.slug, a.merged ORDER BY a.id""",
        {"given": given},
    )
    if not rows:
        raise FilmographError(f"Nothing that had the id or slug {given!r} was merged into another")
    if len(rows) > 1:
        listed = ", ".join(repr(id_) for id_, *_ in rows)
        raise FilmographError(f"{given!r} was the slug of several things: {listed}. Give the id.")
    alias, slug, of, kept_slug, record = rows[0]
    if record is None:
        raise FilmographError(f"{alias!r} only means {of!r}: it was never a thing of its own")
    return alias, slug, of, kept_slug, record


def _ids(record: Record) -> set[str]:
    pieces = (record.merged, record.shared)
    return {end.id for each in pieces for edge in each.edges for end in (edge.start, edge.end)}


class _Parting:
    """Parts what is ``present`` of the entity ``of`` into what is ``kept`` of it and what is
    ``parted`` from it for the entity ``id``.
    """

    def __init__(
        self, id_: str, of: str, present: Piece, record: Record, ids: Mapping[str, str]
    ) -> None:
        """``ids``: what has been merged meanwhile, and into what."""
        self.present = present
        self.shared = renamed(record.shared, ids).piece
        back = renamed(present, {of: id_})
        only = origins(record.merged) - record.origins
        merged = renamed(record.merged, ids).piece
        self.claimed = united(merged, _said_by(only, present, back))
        self.there = renamed(self.claimed, {id_: of})
        self.kept = Piece(dict(present.nodes), dict(present.labels), dict(present.edges))
        self.parted = Piece()
        self._drop(Node("Alias", id_))
        for edge in self.claimed.edges:
            if edge.type not in ARMS:
                self._part_edge(edge)
        self._part_nodes()

    def _part_edge(self, edge: Edge) -> None:
        said, place = self.claimed.edges[edge], self.there.edge(edge)
        if place is None:  # of a relation between the two
            self.parted.edges[edge] = said
            return
        now, shared = self.present.edges.get(place), self.shared.edges.get(place)
        if now is None or not _still(said, now):
            return
        changed = shared is not None and now != joined(shared, said)
        details = _tagged(now if shared is None else said, said, now)
        self.parted.edges[edge] = _undigested(details, changed)
        if shared is not None:
            others = _others(now, said, shared)
            self.kept.edges[place] = _undigested({**shared, **others}, changed)
        elif _others(now, said, {}).get("stated"):
            self.kept.edges[place] = {**now, **_others(now, said, {})}
        else:
            del self.kept.edges[place]

    def _part_nodes(self) -> None:
        """A node goes where an edge speaks of it: a statement with its citations."""
        parted = {end for edge in self.parted.edges for end in (edge.start, edge.end)}
        for node in self.claimed.nodes.keys() & parted:
            if node.label != "Entity":
                self._part_node(node)
        for edge in self.claimed.edges:
            if edge.type in ARMS and statement_of(edge) in self.parted.nodes:
                self.parted.edges[edge] = self.claimed.edges[edge]
        self._drop_unstated()

    def _drop_unstated(self) -> None:
        """What went, and nobody says of what is kept."""
        edges = [edge for edge in self.kept.edges if edge.type not in ARMS]
        stated = {end for edge in edges for end in (edge.start, edge.end)}
        for node in self.parted.nodes:
            place = self.there.became.get(node, node)
            if place in self.kept.nodes and place not in stated:
                self._drop(place)

    def _part_node(self, node: Node) -> None:
        place = self.there.became.get(node, node)
        self.parted.take(self.claimed, node)
        if place in self.shared.nodes:
            self.kept.nodes[place] = self.shared.nodes[place]
        elif place in self.present.nodes:
            self.parted.nodes[node] = {**self.present.nodes[place], "id": node.id}

    def _drop(self, node: Node) -> None:
        del self.kept.nodes[node], self.kept.labels[node]
        for edge in [edge for edge in self.kept.edges if node in (edge.start, edge.end)]:
            del self.kept.edges[edge]


def _said_by(imports: set[str], present: Piece, back: Renamed) -> Piece:
    """What these imports alone say, under the former id."""
    found = Piece()
    for edge, properties in present.edges.items():
        moved, mine = back.edge(edge), origins_of(properties) & imports
        if moved and mine:
            found.edges[moved] = _only(properties, mine)
    said = {end for edge in found.edges for end in (edge.start, edge.end)}
    for edge, properties in back.piece.edges.items():
        if edge.type in ARMS and statement_of(edge) in said:
            found.edges[edge] = properties
    for node in said & back.piece.nodes.keys():
        if node.label != "Entity":
            found.take(back.piece, node)
    return found


def _only(edge: Properties, imports: set[str]) -> Properties:
    if "stated" not in edge:
        return edge
    return {**edge, "stated": [tag for tag in edge["stated"] if tag.partition("|")[0] in imports]}


def _still(said: Properties, now: Properties) -> bool:
    """Whether any of those that said it still do."""
    return not said.get("stated") or bool({*said["stated"]} & {*now["stated"]})


def _tagged(details: Properties, said: Properties, now: Properties) -> Properties:
    """An edge for those that said it and still do."""
    if "stated" not in said:
        return details
    return {**details, "stated": sorted({*said["stated"]} & {*now["stated"]})}


def _others(now: Properties, said: Properties, shared: Properties) -> Properties:
    """Who states an edge besides those that said it of the merged one alone."""
    if "stated" not in now:
        return {}
    alone = {*said["stated"]} - {*shared.get("stated", ())}
    return {"stated": sorted({*now["stated"]} - alone)}


def _undigested(edge: Properties, changed: bool) -> Properties:
    """Without its digest, if what it says has changed since: so it is read again."""
    return {name: edge[name] for name in edge if name != "digest" or not changed}
