"""Plans: one statement for a root field, that returns one record in the field's final shape.

The selection is walked once. Each object becomes a list of its fields' values, each list of
objects a COLLECT subquery with its own filter, order and limit, and each place gets its shape.
The values of the request's variables are put in when the plan is run.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLFloat,
    GraphQLID,
    GraphQLInt,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLType,
    get_named_type,
    get_nullable_type,
)
from graphql.execution.collect_fields import FieldDetails

from graph.declarations import (
    DISPLAY_NAMES,
    Bound,
    DisplayName,
    Document,
    Field,
    Kind,
    Property,
    Relation,
    Sentence,
)
from graph.model import KINDS
from loaders import arguments, shape
from loaders.anchors import flat
from loaders.connections import Connection
from loaders.draft import Convert, Draft, Parameter, Piece, Scope, block, call
from loaders.filters import Filters
from loaders.limits import LIMITS
from loaders.orders import Orders, counts_of, sorting
from loaders.part import Part
from loaders.selection import Operation, Selected
from loaders.shape import Shape
from loaders.variables import resolve

Details = tuple[FieldDetails, ...]
STEP = re.compile(r"MATCH (\(\w+\)<?-\[\w*:\w+\]->?\(\w+\))")


class Plan(NamedTuple):
    """A statement, where its parameters come from, and the shape of its one value."""

    statement: str
    parameters: tuple[Parameter, ...]
    shape: Shape

    def bind(self, variables: Mapping[str, Any]) -> dict[str, Any]:
        """The statement's parameters for a request; raises GraphQLError naming the argument."""
        bound = {}
        for index, (value, convert) in enumerate(self.parameters):
            found = resolve(value, variables)
            bound[f"p{index}"] = convert(found) if convert else found
        return bound


class Rows(NamedTuple):
    """Which rows a relation and its arguments mean: MATCH parts, and the variables that make a
    row. They are ``searched`` where a filter finds them among everything of a type, and ``listed``
    under this name where they are found already.
    """

    parts: list[Part]
    scope: dict[str, str]
    variables: list[str]
    aggregates: bool = False
    searched: bool = False
    listed: str | None = None

    def once(self, draft: Draft) -> "Rows":
        """The same, found once for all that is asked of them."""
        (variable,) = self.variables
        listed = draft.once(self.clauses(distinct=True), variable)
        return self._replace(parts=[Part([f"UNWIND {listed} AS {variable}"])], listed=listed)

    def collected(self, planner: "Planner") -> tuple["Rows", tuple[str, ...]]:
        """The same, found once within what is around them, and the call that does."""
        row = planner.draft.variable("row")
        listed, calls = planner.call(
            [*self.clauses(distinct=True), f"RETURN collect([{', '.join(self.variables)}])"]
        )
        named = ", ".join(f"{row}[{at}] AS {name}" for at, name in enumerate(self.variables))
        part = Part([f"UNWIND {listed} AS {row} WITH {named}"])
        return self._replace(parts=[part], aggregates=False, listed=listed), calls

    @property
    def pattern(self) -> str | None:
        """All there is to match, where that is a single step: Neo4j walks one faster in a pattern
        comprehension than in a subquery.
        """
        (*_, part) = self.parts
        if self.aggregates or len(self.parts) > 1 or len(part.matches) > 1 or part.predicates:
            return None
        step = STEP.fullmatch(part.matches[0])
        return step and step[1]

    def clauses(self, *, distinct: bool) -> list[str]:
        """DISTINCT between the parts, and after the last where it is asked for and needed."""
        apart = f"WITH DISTINCT {', '.join(self.variables)}"
        lines = [line for part in self.parts for line in (str(part), apart)]
        return lines if distinct and self.parts[-1].multiplies else lines[:-1]


def plan(operation: Operation, root: Selected) -> Plan:
    """The plan of one root field; raises GraphQLError for arguments that contradict each other."""
    draft = Draft()
    piece = Planner(operation, draft).field(KINDS["Query"].fields[root.name], root, {})
    statement = "\n".join(["CYPHER 5", *draft.beginning, *piece.calls, f"RETURN {piece.cypher}"])
    if len(statement) > LIMITS.max_statement:
        raise arguments.too_long(root, len(statement))
    return Plan(statement, tuple(draft.parameters), piece.shape)


class Planner:
    """Writes what is selected into a draft."""

    def __init__(self, operation: Operation, draft: Draft) -> None:
        self.operation = operation
        self.draft = draft
        self.filters = Filters(draft)
        self.orders = Orders(draft, self.filters)
        self.planned = 0
        """Fields, those of an interface for each type that is asked for other things."""

    def field(self, declared: Field, selected: Selected, scope: Scope) -> Piece:
        """What is selected of a field, as an expression and its shape."""
        self.planned += 1
        if self.planned > LIMITS.max_fields:
            raise arguments.too_many(selected)
        piece = self._field(declared, selected, scope)
        if isinstance(selected.type, GraphQLNonNull):
            return piece._replace(shape=shape.Required(piece.shape))
        return piece

    def _field(self, declared: Field, selected: Selected, scope: Scope) -> Piece:
        type_ = get_nullable_type(selected.type)
        if isinstance(declared, Relation):
            declared, selected = _variant(declared, selected)
        match declared:
            case Sentence():
                facts, _ = self.draft.bind(declared.cypher, scope)
                return Piece(facts, shape.Said(declared.say))
            case Document():
                text, _ = self.draft.bind(declared.cypher, scope)
                return Piece(text, self._document(declared, selected))
            case Property():
                return Piece(self.draft.bind(declared.cypher, scope)[0], _leaf(type_))
            case DisplayName():
                return Piece(
                    self._name(selected.arguments.get("languages"), scope), shape.Leaf(str)
                )
            case Bound():
                return self.object(type_, scope, declared.variable, selected.details)
            case Relation() if isinstance(type_, GraphQLList):
                return self._list(declared, selected, scope)
            case Relation() if isinstance(type_, GraphQLObjectType) and "pageInfo" in type_.fields:
                return Connection(self, declared, selected, scope).compile()
            case Relation():
                return self._one(declared, selected, scope)

    def _document(self, declared: Document, selected: Selected) -> Shape:
        type_ = get_named_type(selected.type)
        assert isinstance(type_, GraphQLObjectType)
        fields = list(self.operation.fields(type_, selected.details))
        values = {name: Property(name) for name in type_.fields}
        of = self._members(fields, values, {}, type_.name).shape
        return shape.Document(declared.key, [each.name for each in fields], of)

    def object(self, type_: GraphQLType, scope: Scope, variable: str, details: Details) -> Piece:
        """What is selected of the thing that ``variable`` holds."""
        named = get_named_type(type_)
        kind = KINDS[named.name]
        inner = {"n": scope[variable]} | {name: scope[name] for name in kind.inherits}
        if isinstance(named, GraphQLInterfaceType):
            return self._abstract(named, inner, details)
        assert isinstance(named, GraphQLObjectType)
        fields = list(self.operation.fields(named, details))
        return self._members(fields, kind.fields, inner, named.name)

    def rows(self, relation: Relation, selected: Selected, scope: Scope) -> Rows:
        """The rows that a relation's arguments select."""
        given, outer = dict(selected.arguments), dict(scope)
        for name, declared in relation.arguments.items():
            read = arguments.reading(name, selected, declared)
            outer[name] = self._argument(name, given.pop(name, None), read, selected)
        for name in [name for name in given if f"{{{name}}}" in relation.match]:
            read = arguments.at_most(name, selected)
            outer[name] = self._argument(name, given.pop(name), read, selected)
        found, bound = self.filters.match(relation, outer)
        kind = KINDS[relation.filtered_as or relation.to]
        filters = [name for name in relation.arguments if name in kind.filters]
        given |= {name: selected.arguments.get(name) for name in filters}
        where = {name: value for name, value in given.items() if name not in arguments.PAGING}
        if "where" in kind.filters:  # it speaks of some of the rows only
            where["where"] = given.get("where")
        else:
            where |= given.get("where") or {}
        inner = bound if relation.filtered_as else {"n": bound[relation.target]}
        variables = [bound[name] for name in bound if name not in outer]
        if relation.of_all and relation.many:
            counted = counts_of(selected.arguments.get("orderBy") or ())
            parts = self.filters.finding.parts(kind, where, inner["n"], found, counted)
            return Rows(parts, bound, variables, searched=bool(flat(where)))
        parts = [self.filters.rows(kind, where, inner, found)]
        rows = Rows(parts, bound, variables, relation.aggregates)
        if relation.ranked:
            return self._ranked(relation, rows)
        return self._counted(relation, rows) if relation.counts else rows

    def _argument(self, name: str, value: Any, read: Convert, selected: Selected) -> str:
        """What a declaration's placeholder stands for; ids may be those of merged things."""
        parameter = self.draft.parameter(value, read)
        declared = selected.definition and selected.definition.args.get(name)
        if not declared or get_named_type(declared.type) != GraphQLID:
            return parameter
        many = isinstance(get_nullable_type(declared.type), GraphQLList)
        return self.draft.address("id", parameter, many=many)

    def _ranked(self, relation: Relation, found: Rows) -> Rows:
        """What the relation's ranking leaves of what was found."""
        ranked, bound = self.draft.bind(relation.ranked, found.scope)
        part = Part(["\n".join([*found.clauses(distinct=False), ranked])])
        new = [bound[name] for name in bound if name not in found.scope]
        return Rows([part], bound, [bound[relation.target], *new], relation.aggregates)

    def _counted(self, relation: Relation, ways: Rows) -> Rows:
        """A row for each target, with the list of what led to it as ``counted``."""
        assert relation.counts
        target, way = ways.scope[relation.target], ways.scope[relation.counts]
        counted = self.draft.variable("counted")
        gone = set(ways.variables) - {target}
        scope = {name: each for name, each in ways.scope.items() if each not in gone}
        grouped = f"WITH {target}, collect({way}) AS {counted}"
        part = Part(["\n".join([*ways.clauses(distinct=False), grouped])])
        return Rows([part], scope | {"counted": counted}, [target, counted], aggregates=True)

    def collect(
        self, clauses: list[str], item: str, calls: Iterable[str], *, aggregates: bool
    ) -> tuple[str, tuple[str, ...]]:
        """The list of ``item`` of the rows that ``clauses`` give: an expression and its calls.
        Clauses that aggregate are called, because Neo4j 5 takes none of them in an expression that
        speaks of variables around it.
        """
        calls = dict.fromkeys(calls)
        if not aggregates and not calls:
            return block("COLLECT", [*clauses, f"RETURN {item}"]), ()
        return self.call([*clauses, *calls, f"RETURN collect({item})"])

    def call(self, clauses: list[str]) -> tuple[str, tuple[str, ...]]:
        """A variable, and the call that binds it to the one value that ``clauses`` return."""
        variable = self.draft.variable("found")
        return variable, (call([*clauses[:-1], f"{clauses[-1]} AS {variable}"]),)

    def size(self, argument: str, selected: Selected) -> str:
        """The parameter that holds how many rows are wanted."""
        wanted = selected.arguments.get(argument)
        return self.draft.parameter(
            LIMITS.page_size if wanted is None else wanted,
            arguments.page_size(argument, selected),
        )

    def _name(self, languages: Any, scope: Scope) -> str:
        n = scope["n"]
        if not languages:
            return f"{n}.name"
        languages = [each for tag in languages for each in _fallbacks(tag)]
        if all(each in DISPLAY_NAMES for each in languages):
            stored = [f"{n}.{DISPLAY_NAMES[each]}" for each in languages]
            return f"coalesce({', '.join(stored)}, {n}.name)"
        wanted = self.draft.parameter(languages)
        name, rank = self.draft.variable("name"), self.draft.variable("rank")
        named = self.draft.variable("named")
        found = f"""UNWIND range(0, size({wanted}) - 1) AS {rank}
MATCH ({n})-[{named}:NAMED]->({name})
WHERE {name}.language = {wanted}[{rank}] OR {name}.language STARTS WITH {wanted}[{rank}] + '-'
RETURN {name}.text
ORDER BY {rank}, size({name}.language), {name}.kind = 'ALIAS', {named}.rank, {name}.text
LIMIT 1"""
        return f"coalesce(head({block('COLLECT', [found])}), {n}.name)"

    def _members(
        self, fields: list[Selected], declared: Mapping[str, Field], scope: Scope, typename: str
    ) -> Piece:
        pieces = [
            Piece("null", shape.TypeName())
            if each.name == "__typename"
            else self.field(declared[each.name], each, scope)
            for each in fields
        ]
        values = ", ".join(piece.cypher for piece in pieces)
        keys = [each.key for each in fields]
        calls = tuple(call for piece in pieces for call in piece.calls)
        of = shape.Members(keys, [piece.shape for piece in pieces], typename)
        return Piece(f"[{values}]", of, calls)

    def _abstract(self, interface: GraphQLInterfaceType, scope: Scope, details: Details) -> Piece:
        """``[index of the type, values]``. Types of which the same is asked share one
        expression.
        """
        indexes: list[str] = []
        types: list[tuple[str, shape.Members]] = []
        shared: dict[Any, tuple[Piece, list[str]]] = {}
        for index, type_ in enumerate(self.operation.schema.get_possible_types(interface)):
            kind = KINDS[type_.name]
            condition = kind.condition.format_map(scope)
            indexes.append(f"WHEN {condition} THEN {index}")
            fields = list(self.operation.fields(type_, details))
            asked = _asked(fields, kind)
            if asked not in shared:
                shared[asked] = self._members(fields, kind.fields, scope, type_.name), []
            piece, conditions = shared[asked]
            conditions.append(condition)
            assert isinstance(piece.shape, shape.Members)
            types.append((type_.name, piece.shape))
        cases = [f"WHEN {' OR '.join(when)} THEN {piece.cypher}" for piece, when in shared.values()]
        values = piece.cypher if len(cases) == 1 else f"CASE {' '.join(cases)} END"
        calls = tuple(call for piece, _ in shared.values() for call in piece.calls)
        return Piece(f"[CASE {' '.join(indexes)} END, {values}]", shape.OneOf(types), calls)

    def _one(self, relation: Relation, selected: Selected, scope: Scope) -> Piece:
        arguments.check_identified(selected)
        rows = self.rows(relation, selected, scope)
        target = self.object(selected.type, rows.scope, relation.target, selected.details)
        pattern = rows.pattern
        if pattern and not target.calls:
            return Piece(f"head([{pattern} | {target.cypher}])", target.shape)
        clauses = [*rows.clauses(distinct=False), f"WITH {', '.join(rows.variables)} LIMIT 1"]
        found, calls = self.collect(
            clauses, target.cypher, target.calls, aggregates=rows.aggregates
        )
        return Piece(f"head({found})", target.shape, calls)

    def _list(self, relation: Relation, selected: Selected, scope: Scope) -> Piece:
        rows = self.rows(relation, selected, scope)
        order = self.orders.order(relation, (), rows.scope, rows.parts)
        target = self.object(selected.type, rows.scope, relation.target, selected.details)
        by = sorting([key.cypher for key in order.keys], order.keys, backward=False)
        key = relation.once.format_map(rows.scope) if relation.once else None
        clauses = [
            *rows.clauses(distinct=True),
            f"WITH {', '.join(rows.variables)} ORDER BY {by}{self._limit(relation, selected)}",
        ]
        row = f"[{key}, {target.cypher}]" if key else target.cypher
        found, calls = self.collect(clauses, row, target.calls, aggregates=rows.aggregates)
        item = target.shape
        listed = get_nullable_type(selected.type)
        if isinstance(listed, GraphQLList) and isinstance(listed.of_type, GraphQLNonNull):
            item = shape.Required(item)
        return Piece(found, shape.ListedOnce(item) if key else shape.Listed(item), calls)

    def _limit(self, relation: Relation, selected: Selected) -> str:
        if relation.whole:
            return ""
        paged = selected.definition is not None and "first" in selected.definition.args
        return f" LIMIT {self.size('first', selected) if paged else LIMITS.max_page_size}"


def _variant(relation: Relation, selected: Selected) -> tuple[Relation, Selected]:
    """The relation that the arguments choose, and what they ask of it."""
    given = dict(selected.arguments)
    for name in relation.variants:
        relation = relation.variants.get(name, {}).get(given.pop(name, None), relation)
    return relation, replace(selected, arguments=given)


def _fallbacks(tag: str) -> list[str]:
    """A language tag in its usual letters, then without its region: ja-jp is ja-JP, else ja."""
    language, *subtags = tag.split("-")
    usual = [each.title() if len(each) == 4 else each.upper() for each in subtags]
    kept = [each for each in usual if len(each) == 4]
    tags = ["-".join([language.lower(), *usual]), "-".join([language.lower(), *kept])]
    return list(dict.fromkeys(tags))


def _leaf(type_: GraphQLType) -> Shape:
    """The shape of a scalar's or enum's value; all scalars of our own are text."""
    if isinstance(type_, GraphQLEnumType):
        return shape.Word(frozenset(type_.values))
    if type_ == GraphQLFloat:
        return shape.Number()
    kinds: dict[GraphQLType, type] = {GraphQLInt: int, GraphQLBoolean: bool}
    return shape.Leaf(kinds.get(type_, str))


def _asked(fields: list[Selected], kind: Kind) -> tuple[Any, ...]:
    """Equal for two types where the same is asked of both in the same words."""
    found: list[Any] = []
    for each in fields:
        declared = kind.fields.get(each.name)
        same: Any = id(declared)
        if isinstance(declared, Property):
            same = declared if isinstance(declared, Sentence) else declared.cypher
        found.append((each.key, each.name, same, tuple(id(detail.node) for detail in each.details)))
    return tuple(found)
