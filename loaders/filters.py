"""Filters to Cypher.

A filter is written in one of two ways. Where every row must satisfy it, it becomes MATCH
clauses, so that the planner may start at its selective end (``conjoin``). Inside ``or``,
``not``, ``none`` and ``all`` it becomes a condition, two-valued even where a property is
missing, so that ``not`` is the complement (``condition``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain
from textwrap import indent
from typing import Any

from graph.declarations import (
    Address,
    Bound,
    DateProperty,
    Exclusion,
    ExternalIdFilter,
    Filter,
    Kind,
    Minimum,
    NameFilter,
    Property,
    Relation,
    RoleFilter,
    TypeFilter,
)
from graph.model import KINDS
from ingest.identity import folded, query_keys
from loaders.draft import Convert, Draft, Scope

Where = Mapping[str, Any]

COMPARISONS = {
    "eq": "=",
    "is": "=",
    "gt": ">",
    "gte": ">=",
    "lt": "<",
    "lte": "<=",
    "in": "IN",
    "startsWith": "STARTS WITH",
    "contains": "CONTAINS",
}


@dataclass
class Part:
    """MATCH clauses with one WHERE. ``multiplies``: a row may come more than once. ``followed``:
    the relation, its filter and its variable, where the part is a ``some``. ``chained`` and
    ``named``: there is a ``some`` and a name among the matches already. ``beneath``: it is looked
    for once for each row of what stands around it, so that nothing else is to be started from.
    """

    matches: list[str] = field(default_factory=list)
    predicates: list[str] = field(default_factory=list)
    multiplies: bool = False
    chained: bool = False
    named: bool = False
    followed: tuple[str, Where, str] | None = None
    beneath: bool = False

    def __str__(self) -> str:
        where = [f"WHERE {' AND '.join(self.predicates)}"] if self.predicates else []
        return "\n".join(self.matches + where)

    def __add__(self, other: "Part") -> "Part":
        return Part(
            self.matches + other.matches,
            self.predicates + other.predicates,
            self.multiplies or other.multiplies,
            self.chained or other.chained,
            self.named or other.named,
            other.followed,
            self.beneath or other.beneath,
        )


def block(keyword: str, cypher: str) -> str:
    """A subquery expression: COLLECT, COUNT or EXISTS."""
    return f"{keyword} {{\n{indent(cypher, '  ')}\n}}"


def _given(where: Where) -> list[tuple[str, Any]]:
    """A null in a filter asks for nothing."""
    return [(key, value) for key, value in where.items() if value is not None]


def _end_of(date: str) -> str:
    """Sorts after every date within the period that a PartialDate names."""
    return f"{date}~"


def _keys(name: str) -> list[str]:
    return list(query_keys(name))


def _keys_of_all(names: list[str]) -> list[str]:
    return list(chain.from_iterable(map(query_keys, names)))


NAME_COMPARISONS: dict[str, tuple[str, str, Convert]] = {
    "is": ("key", "in", _keys),
    "in": ("key", "in", _keys_of_all),
    "startsWith": ("folded", "startsWith", folded),
    "contains": ("folded", "contains", folded),
}


class Filters:
    """Writes filters into a draft."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft

    def parts(self, kind: Kind, where: Where, scope: Scope, base: Part) -> list[Part]:
        """``base`` narrowed to what satisfies ``where``: one part for each filter that
        multiplies rows, the first of them together with ``base``; DISTINCT belongs between them.
        """
        multiplying: list[Part] = []
        for key, value in self._flat(where):
            part = Part(beneath=base.beneath or bool(multiplying))
            self._conjoin(kind, key, value, scope, part)
            if part.multiplies:
                multiplying.append(part)
            else:
                base += part
        return [base + multiplying[0], *multiplying[1:]] if multiplying else [base]

    def conjoin(self, kind: Kind, where: Where, scope: Scope, part: Part) -> None:
        """Add to ``part`` what every row must satisfy."""
        for key, value in self._flat(where):
            self._conjoin(kind, key, value, scope, part)

    def match(self, relation: Relation, scope: Scope) -> tuple[Part, dict[str, str]]:
        """What a relation leads to, and the variables in scope then."""
        cypher, bound = self.draft.bind(relation.match, scope)
        return Part([cypher], [each.format_map(bound) for each in relation.predicates]), bound

    def condition(self, kind: Kind, where: Where, scope: Scope) -> str:
        """``where`` as an expression that is true or false, never null."""
        tests = [self._test(kind, key, value, scope) for key, value in _given(where)]
        return " AND ".join(tests) or "true"

    def _flat(self, where: Where) -> list[tuple[str, Any]]:
        found = []
        for key, value in _given(where):
            if key == "and":
                found += [item for each in value for item in self._flat(each)]
            else:
                found.append((key, value))
        return found

    def _test(self, kind: Kind, key: str, value: Any, scope: Scope) -> str:
        if key in ("and", "or"):
            tests = [f"({self.condition(kind, each, scope)})" for each in value]
            empty = "true" if key == "and" else "false"
            return f"({f' {key.upper()} '.join(tests) or empty})"
        if key == "not":
            return f"NOT ({self.condition(kind, value, scope)})"
        declared = kind.filters.get(key) or kind.fields[key]
        if isinstance(declared, Bound):
            inner = self.condition(KINDS[declared.to], value, {"n": scope[declared.variable]})
            return f"({self._is_a(declared, scope)} AND {inner})"
        part = Part(beneath=True)
        self._conjoin(kind, key, value, scope, part)
        if part.matches:
            return block("EXISTS", str(part))
        return " AND ".join(f"coalesce({test}, false)" for test in part.predicates) or "true"

    def _conjoin(self, kind: Kind, key: str, value: Any, scope: Scope, part: Part) -> None:
        if key in ("or", "not"):
            part.predicates.append(self._test(kind, key, value, scope))
            return
        match kind.filters.get(key) or kind.fields[key]:
            case Exclusion() as declared:
                left, _ = self.draft.bind(declared.cypher, scope)
                excluded = self._address(declared, kind, self.draft.parameter(value), many=True)
                part.predicates.append(f"NOT {left} IN {excluded}")
            case Minimum() as declared:
                left, _ = self.draft.bind(declared.cypher, scope)
                part.predicates.append(f"{left} >= {self.draft.parameter(value)}")
            case Property() as declared:
                left, _ = self.draft.bind(declared.cypher, scope)
                part.predicates += self._compare(left, value, declared, kind)
            case Bound() as declared:
                part.predicates.append(self._is_a(declared, scope))
                inner = {"n": scope[declared.variable]}
                self.conjoin(KINDS[declared.to], value, inner, part)
            case Relation() as declared if declared.many:
                self._quantify(declared, key, value, scope, part)
            case Relation() as declared:
                self.follow(declared, value, scope, part)
            case other:
                self._special(other, value, scope, part)

    def _special(self, declared: Filter, value: Any, scope: Scope, part: Part) -> None:
        match declared:
            case NameFilter():
                self._name(value, scope, part)
            case RoleFilter():
                self._role(value, scope[declared.of], part)
            case ExternalIdFilter():
                site, id_ = (self.draft.parameter(value[key]) for key in ("site", "id"))
                external = f"(:ExternalId {{site: {site}, externalId: {id_}}})"
                part.matches.append(f"MATCH ({scope['n']})-[:HAS_EXTERNAL_ID]->{external}")
            case TypeFilter():
                for _, test in _given(value if isinstance(value, Mapping) else {"in": value}):
                    types = [test] if isinstance(test, str) else test
                    labels = [f"{scope['n']}:{each.capitalize()}" for each in types]
                    part.predicates.append(f"({' OR '.join(labels) or 'false'})")
            case _:
                raise AssertionError(f"{declared} cannot be filtered by")

    def follow(self, relation: Relation, where: Where, scope: Scope, part: Part) -> str:
        """Match a relation whose target satisfies ``where``; the target's variable."""
        found, bound = self.match(relation, scope)
        part.matches += found.matches
        part.predicates += found.predicates
        if relation.filtered_as:
            self.conjoin(KINDS[relation.filtered_as], where, bound, part)
        else:
            self.conjoin(KINDS[relation.to], where, {"n": bound[relation.target]}, part)
        return bound[relation.target]

    def count(self, relation: Relation, where: Where, scope: Scope) -> str:
        """How many of a relation's targets satisfy ``where``, as an expression; one that it leads
        to in several ways is one.
        """
        part = Part(beneath=True)
        target = self.follow(relation, where, scope, part)
        several = part.multiplies or relation.several_ways
        distinct = f"\nRETURN DISTINCT {target}" if several else ""
        return block("COUNT", f"{part}{distinct}")

    def _quantify(
        self, relation: Relation, key: str, value: Where, scope: Scope, part: Part
    ) -> None:
        for quantifier, operand in _given(value):
            if quantifier == "some" and part.chained:
                # A second MATCH beside the first would give all pairs of what both find.
                beside = Part(beneath=True)
                self.follow(relation, operand, scope, beside)
                part.predicates.append(block("EXISTS", str(beside)))
            elif quantifier == "some":
                of_the_row = not part.matches
                target = self.follow(relation, operand, scope, part)
                part.multiplies = part.chained = True
                if of_the_row:
                    part.followed = (key, operand, target)
            elif quantifier == "none":
                inner = Part(beneath=True)
                self.follow(relation, operand, scope, inner)
                part.predicates.append("NOT " + block("EXISTS", str(inner)))
            elif quantifier == "all":
                part.predicates.append(
                    "NOT " + block("EXISTS", str(self._exception(relation, operand, scope)))
                )
            elif quantifier == "single":
                part.predicates.append(f"{self.count(relation, operand, scope)} = 1")
            else:
                part.predicates += self._compare(self.count(relation, {}, scope), operand)

    def _exception(self, relation: Relation, where: Where, scope: Scope) -> Part:
        part, bound = self.match(relation, scope)
        inner = bound if relation.filtered_as else {"n": bound[relation.target]}
        kind = KINDS[relation.filtered_as or relation.to]
        part.predicates.append(f"NOT ({self.condition(kind, where, inner)})")
        return part

    def _name(self, value: Where, scope: Scope, part: Part) -> None:
        if part.named:
            beside = Part()
            self._name(value, scope, beside)
            part.predicates.append(block("EXISTS", str(beside)))
            return
        part.named = True
        name = self.draft.variable("name")
        part.matches.append(f"MATCH ({scope['n']})-[:NAMED]->({name}:Name)")
        part.multiplies = True
        for key, operand in _given(value):
            stored, operator, convert = NAME_COMPARISONS[key]
            parameter = self.draft.parameter(operand, convert)
            part.predicates.append(f"{name}.{stored} {COMPARISONS[operator]} {parameter}")

    def _role(self, value: Where, credit: str, part: Part) -> None:
        within = "" if value.get("exact") else "-[:WITHIN]->()"
        path = f"({credit})-[:IN_ROLE]->(){within}"
        for operator, operand in _given(value):
            if operator == "exact":
                continue
            parameter = self.draft.parameter(operand)
            if operator == "in" or (operator == "is" and part.beneath):
                role = self.draft.variable("role")
                test = f"{role}.id {COMPARISONS[operator]} {parameter}"
                found = f"MATCH {path.removesuffix('()')}({role}:Role) WHERE {test}"
                part.predicates.append(block("EXISTS", found))
                continue
            found = f"MATCH {path.removesuffix('()')}(:Role {{id: {parameter}}})"
            if operator == "is":
                part.matches.append(found)
            else:
                part.predicates.append("NOT " + block("EXISTS", found))

    def _is_a(self, declared: Bound, scope: Scope) -> str:
        return f"{scope[declared.variable]}:{declared.to}"

    def _compare(
        self, left: str, value: Any, of: Property | None = None, kind: Kind | None = None
    ) -> list[str]:
        found = []
        dates = isinstance(of, DateProperty)
        for key, operand in _given(value if isinstance(value, Mapping) else {"eq": value}):
            convert = _end_of if dates and key in ("gt", "lte") else None
            right = self.draft.parameter(operand, convert)
            if isinstance(of, Address) and kind:
                right = self._address(of, kind, right, many=key == "in")
                if of.among and key != "not":
                    found.append(f"{left.removesuffix(f'.{of.property}')}:{of.among}")
            if key == "not":
                found.append(f"NOT coalesce({left} = {right}, false)")
            else:
                operator = "STARTS WITH" if dates and key == "eq" else COMPARISONS[key]
                found.append(f"{left} {operator} {right}")
        return found

    def _address(self, of: Address, kind: Kind, parameter: str, *, many: bool) -> str:
        return self.draft.address(of.property, parameter, many=many, kind=kind.condition)
