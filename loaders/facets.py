"""Facets to Cypher: how many works of a list have each value."""

from typing import TYPE_CHECKING

from graphql import GraphQLObjectType, get_named_type

from graph.facets import FACETS
from loaders import arguments, shape
from loaders.draft import Piece
from loaders.selection import Selected

if TYPE_CHECKING:
    from loaders.plan import Planner, Rows


class Facets:
    """What one `facets` field counts of the ``work`` in each of the ``rows``."""

    def __init__(self, planner: "Planner", selected: Selected, rows: "Rows", work: str) -> None:
        self.planner, self.selected, self.rows, self.work = planner, selected, rows, work
        self.limit = planner.size("first", selected)

    def compile(self) -> Piece:
        """One object for each facet asked for."""
        by = self.selected.arguments["by"]
        if len(set(by)) < len(by):
            raise arguments.error(self.selected, "by", "names the same facet twice")
        pieces = [self._facet(name) for name in by]
        return Piece(
            f"[{', '.join(piece.cypher for piece in pieces)}]",
            shape.Items([piece.shape for piece in pieces]),
            tuple(call for piece in pieces for call in piece.calls),
        )

    def _facet(self, name: str) -> Piece:
        type_ = get_named_type(self.selected.type)
        assert isinstance(type_, GraphQLObjectType)
        fields = list(self.planner.operation.fields(type_, self.selected.details))
        pieces = [self._field(name, each) for each in fields]
        return Piece(
            f"[{', '.join(piece.cypher for piece in pieces)}]",
            shape.Members(
                [each.key for each in fields], [piece.shape for piece in pieces], type_.name
            ),
            tuple(call for piece in pieces for call in piece.calls),
        )

    def _field(self, name: str, selected: Selected) -> Piece:
        match selected.name:
            case "__typename":
                return Piece("null", shape.TypeName())
            case "by":
                return Piece("null", shape.Constant(name))
            case _:
                return self._values(name, selected)

    def _values(self, name: str, selected: Selected) -> Piece:
        """The values, the most frequent first."""
        facet, count = FACETS[name], self.planner.draft.variable("count")
        match, bound = self.planner.draft.bind(facet.match, {"m": self.work})
        scope = {
            "count": count,
            "value": facet.value.format_map(bound),
            "name": facet.name.format_map(bound),
        }
        target = self.planner.object(
            selected.type, scope | {"n": bound["found"]}, "n", selected.details
        )
        clauses = [
            *self.rows.clauses(distinct=True),
            match,
            f"WITH {bound['found']}, count(DISTINCT {self.work}) AS {count}",
            f"WHERE {bound['found']} IS NOT NULL",
            f"WITH * ORDER BY {count} DESC, {scope['name']}, {scope['value']} LIMIT {self.limit}",
            f"RETURN collect({target.cypher})",
        ]
        found, calls = self.planner.call(clauses)
        return Piece(found, shape.Listed(target.shape), calls)
