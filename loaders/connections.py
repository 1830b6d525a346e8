"""Connections: pages of a list by keyset cursors, forwards and backwards.

A connection's record is ``[rows, size, total, earlier, later, facets]``: the rows, one more than
asked for if there are; how many were asked for; how many there are in all; whether there are some
before the page, and after it; what each selected `facets` counts. What is not selected is null and
costs nothing.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from graphql import GraphQLObjectType, get_named_type, is_leaf_type

from graph.declarations import Bound, Relation
from loaders import arguments, shape
from loaders.cursors import mark
from loaders.draft import Piece, Scope, block
from loaders.facets import Facets
from loaders.orders import Key, beyond, sorting
from loaders.part import Part
from loaders.selection import Selected
from loaders.shape import Shape
from loaders.walk import Walk

if TYPE_CHECKING:
    from loaders.plan import Planner

TOTAL, FACETS = 2, 5
"""Their places in a connection's record."""
CURSORS = frozenset({"startCursor", "endCursor"})


def _order_of(order_by: Any) -> Any:
    """The order that ``orderBy`` names, without the filters of its counts."""
    if isinstance(order_by, list):
        return [_order_of(each) for each in order_by]
    if isinstance(order_by, dict):
        return {key: _order_of(value) for key, value in order_by.items() if key != "where"}
    return order_by


class Connection:
    def __init__(
        self, planner: "Planner", relation: Relation, selected: Selected, scope: Scope
    ) -> None:
        self.planner, self.relation, self.selected = planner, relation, selected
        given = selected.arguments
        self.backward = given.get("last") is not None
        if self.backward and given.get("first") is not None:
            raise arguments.error(selected, "last", "cannot be given together with 'first'")
        self.rows = planner.rows(relation, selected, scope)
        order_by = given.get("orderBy") or []
        self.order = planner.orders.order(relation, order_by, self.rows.scope, self.rows.parts)
        self.counts = any(key.aggregates for key in self.order.keys)
        if self._lists():
            self.rows = self.rows.once(planner.draft)
        self.calls: list[str] = []
        if self.rows.aggregates and self._uses() > 1:
            self.rows, calls = self.rows.collected(planner)
            self.calls += calls
        self.aggregates = self.rows.aggregates or self.counts
        self.names = [planner.draft.variable("k") for _ in self.order.keys]
        self.walk = self._walk()
        keys = str(_order_of(order_by)) if order_by else str(relation.order)
        self.mark = mark([relation.match, keys])
        self.columns: list[str] = []
        self.facets: list[str] = []
        self.row_calls: list[str] = []

    def compile(self) -> Piece:
        """The connection's record and its shape."""
        fields = [(each.key, self._field(each)) for each in self._fields_of(self.selected)]
        asked = {each.name for each in self._fields_of(self.selected)}
        size = self.planner.size("last" if self.backward else "first", self.selected)
        after, before = self._cursor("after"), self._cursor("before")
        values = [
            self._page(size, after, before) if asked & {"nodes", "edges", "pageInfo"} else "null",
            size,
            self._total() if "totalCount" in asked else "null",
            self._exists(after, before=True) if after and "pageInfo" in asked else "null",
            self._exists(before, before=False) if before and "pageInfo" in asked else "null",
            f"[{', '.join(self.facets)}]",
        ]
        of = shape.Connection(fields, self.backward)
        return Piece(f"[{', '.join(values)}]", of, tuple(self.calls))

    def _walk(self) -> Walk | None:
        """How the rows are read in their order, where an index may have it."""
        part, first = self.rows.parts[-1], self.order.keys[0]
        if not part.scans or not first.of or (self.backward and first.nullable):
            return None
        return Walk(part, self.rows.variables, self.order, self.names)

    def _lists(self) -> bool:
        """Whether all rows are found at once: those that are looked for by something else than
        their order, and those of which more is asked than a page, unless they are most of all.
        """
        part = self.rows.parts[-1]
        if not self.rows.searched or self.counts:
            return False
        return not part.scans or (not part.loose and self._uses() > 1)

    def _uses(self) -> int:
        """For how much of what is asked all rows are found."""
        asked = [each.name for each in self._fields_of(self.selected)]
        paged = any(name in {"nodes", "edges", "pageInfo"} for name in asked)
        cursors = [name for name in ("after", "before") if self.selected.arguments.get(name)]
        beyond = len(cursors) if "pageInfo" in asked else 0
        return paged + beyond + sum(name in {"totalCount", "facets"} for name in asked)

    def _fields_of(self, selected: Selected) -> list[Selected]:
        type_ = get_named_type(selected.type)
        assert isinstance(type_, GraphQLObjectType)
        return list(self.planner.operation.fields(type_, selected.details))

    def _field(self, selected: Selected) -> Shape:
        match selected.name:
            case "__typename":
                return shape.Constant(get_named_type(self.selected.type).name)
            case "totalCount":
                return shape.Column(TOTAL, shape.Leaf(int))
            case "nodes":
                return shape.EachRow(self._node(selected))
            case "edges":
                fields = [
                    (each.key, self._edge_field(selected, each))
                    for each in self._fields_of(selected)
                ]
                return shape.EachRow(shape.Edge(fields))
            case "facets":
                work = self.rows.scope[self.relation.target]
                piece = Facets(self.planner, selected, self.rows, work).compile()
                self.facets.append(piece.cypher)
                self.calls += piece.calls
                return shape.Column(FACETS, shape.Column(len(self.facets) - 1, piece.shape))
            case _:
                names = [(each.key, each.name) for each in self._fields_of(selected)]
                marked = any(name in CURSORS for _, name in names)
                return shape.PageInfo(names, self._row_cursor() if marked else shape.Constant(None))

    def _edge_field(self, edge: Selected, selected: Selected) -> Shape:
        if selected.name == "__typename":
            return shape.Constant(get_named_type(edge.type).name)
        if selected.name == "cursor":
            return self._row_cursor()
        declared, named = self.relation.edge.get(selected.name), get_named_type(selected.type)
        if declared is None:
            # A relation need not have every property that its connection's edges may have.
            return shape.Constant(None) if is_leaf_type(named) else self._node(selected)
        return self._piece(self.planner.field(declared, selected, self.rows.scope))

    def _node(self, selected: Selected) -> Shape:
        declared = Bound(self.relation.target, self.relation.to)
        return self._piece(self.planner.field(declared, selected, self.rows.scope))

    def _piece(self, piece: Piece) -> Shape:
        self.row_calls += piece.calls
        return self._column(piece.cypher, piece.shape)

    def _row_cursor(self) -> Shape:
        keys = f"[{', '.join(self.names)}]"
        return self._column(keys, shape.Cursor(self.mark))

    def _column(self, cypher: str, of: Shape) -> Shape:
        if cypher not in self.columns:
            self.columns.append(cypher)
        return shape.Column(self.columns.index(cypher), of)

    def _cursor(self, argument: str) -> str | None:
        given = self.selected.arguments.get(argument)
        if given is None:
            return None
        keys = arguments.cursor_keys(argument, self.selected, self.mark, len(self.order.keys))
        return self.planner.draft.parameter(given, keys)

    def _keyed(self) -> list[str]:
        """The rows with their order keys."""
        clauses = self.rows.clauses(distinct=not self.counts)
        keys = [
            f"{key.cypher} AS {name}" for key, name in zip(self.order.keys, self.names, strict=True)
        ]
        return [*clauses, *self.order.joins, f"WITH {', '.join([*self.rows.variables, *keys])}"]

    def _page(self, size: str, after: str | None, before: str | None) -> str:
        tests = [
            beyond(self.names, self.order.keys, cursor, before=side)
            for cursor, side in ((after, False), (before, True))
            if cursor
        ]
        if self.walk:
            clauses = self._walked(self.walk, size, before if self.backward else after, tests)
        else:
            clauses = self._sorted(self._keyed(), self.order.keys, size, tests)
        row = f"[{', '.join(self.columns)}]"
        found, calls = self.planner.collect(
            clauses, row, self.row_calls, aggregates=self.aggregates
        )
        self.calls += calls
        return found

    def _sorted(
        self, keyed: list[str], keys: Sequence[Key], size: str, tests: Sequence[str] = ()
    ) -> list[str]:
        """The first of the rows."""
        if tests:
            carried = ", ".join([*self.rows.variables, *self.names])
            keyed = [*keyed, f"WHERE {' AND '.join(tests)}", f"WITH {carried}"]
        by = sorting(self.names, keys, backward=self.backward)
        return [*keyed[:-1], f"{keyed[-1]} ORDER BY {by} LIMIT {size} + 1"]

    def _walked(self, walk: Walk, size: str, cursor: str | None, tests: Sequence[str]) -> list[str]:
        """The same from an index, and what it does not have where there is room for it."""
        known = self._sorted(walk.known(cursor, before=self.backward), walk.keys, size, tests)
        if not walk.first.nullable:
            return known
        draft, columns = self.planner.draft, [*self.rows.variables, *self.names]
        row, more = draft.variable("row"), draft.variable("more")
        found = draft.once(known, f"[{', '.join(columns)}]")
        unless_full = f"UNWIND CASE WHEN size({found}) > {size} THEN [] ELSE [0] END AS {more}"
        unknown = self._sorted(walk.unknown(), self.order.keys, size, tests)
        others = draft.once([unless_full, *unknown], f"[{', '.join(columns)}]")
        named = ", ".join(f"{row}[{place}] AS {name}" for place, name in enumerate(columns))
        rows = [f"UNWIND {found} + {others} AS {row}", f"WITH {named}"]
        return self._sorted(rows, self.order.keys, size)

    def _exists(self, cursor: str, *, before: bool) -> str:
        """Whether there are rows at or beyond a cursor."""
        test = beyond(self.names, self.order.keys, cursor, before=before, inclusive=True)
        found = [f"WHERE {test}", f"RETURN {self.names[-1]}"]
        if self.aggregates:
            return self._called([*self._keyed(), f"WHERE {test}", "RETURN count(*) > 0"])
        every = block("EXISTS", [*self._keyed(), *found])
        if not self.walk:
            return every
        known = block("EXISTS", [*self.walk.known(cursor, before=before), *found])
        return f"({known} OR {every})" if self.walk.first.nullable else known

    def _total(self) -> str:
        if self.rows.listed:
            return f"size({self.rows.listed})"
        if (counted := self._counted()) is not None:
            return counted
        if self.aggregates:
            return self._called([*self.rows.clauses(distinct=True), "RETURN count(*)"])
        clauses = self.rows.clauses(distinct=False)
        if self.rows.parts[-1].multiplies:
            clauses.append(f"RETURN DISTINCT {', '.join(self.rows.variables)}")
        return block("COUNT", clauses)

    def _counted(self) -> str | None:
        """Everything of a type but what has a property, from Neo4j's own counts."""
        part = self.rows.parts[-1]
        if not part.scans or self.rows.searched or len(part.predicates) != 1:
            return None
        every, (predicate,) = Part(part.matches), part.predicates
        without = predicate.removesuffix(" IS NULL")
        if without == predicate:
            return None
        some = Part(part.matches, [f"{without} IS NOT NULL"])
        return f"{block('COUNT', every.lines)} - {block('COUNT', some.lines)}"

    def _called(self, clauses: list[str]) -> str:
        variable, calls = self.planner.call(clauses)
        self.calls += calls
        return variable
