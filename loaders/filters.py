"""Filters to Cypher.

A filter of rows that are given (a thing's credits, what was found) is a condition, tested row by
row. Of everything of a type, ``found`` starts at what the filter says most precisely and walks
towards the type, every thing but once; where nothing leads to few, all of the type are tested.
Inside ``or``, ``not``, ``none`` and ``all`` a condition is two-valued even where a property is
missing, so that ``not`` is the complement (``condition``).
"""

from collections.abc import Mapping
from itertools import chain
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
    Supposed,
    TieRoleFilter,
    TypeFilter,
)
from graph.model import KINDS
from ingest.identity import folded, query_keys
from loaders.anchors import NEAR, Conjunct, Where, anchor, flat, given
from loaders.draft import Convert, Draft, Scope, block
from loaders.finding import Finding
from loaders.part import Part

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
        self.finding = Finding(draft, self)

    def rows(self, kind: Kind, where: Where, scope: Scope, base: Part) -> Part:
        """``base``, of rows that are given, narrowed to what satisfies ``where``."""
        self.conjoin(kind, where, scope, base)
        return base

    def test(self, each: Conjunct, part: Part) -> None:
        """Add one condition to ``part``."""
        self._conjoin(*each, part)

    def conjoin(self, kind: Kind, where: Where, scope: Scope, part: Part) -> None:
        """Add to ``part`` what every row must satisfy."""
        for key, value in flat(where):
            self._conjoin(kind, key, value, scope, part)

    def match(self, relation: Relation, scope: Scope) -> tuple[Part, dict[str, str]]:
        """What a relation leads to, and the variables in scope then."""
        cypher, bound = self.draft.bind(relation.match, scope)
        return Part([cypher], [each.format_map(bound) for each in relation.predicates]), bound

    def condition(self, kind: Kind, where: Where, scope: Scope, of: Part) -> str:
        """``where`` as an expression that is true or false, never null; ``of`` rows like these."""
        tests = [self._test(kind, key, value, scope, of) for key, value in given(where)]
        return " AND ".join(tests) or "true"

    def _test(self, kind: Kind, key: str, value: Any, scope: Scope, of: Part) -> str:
        if key in ("and", "or"):
            tests = [f"({self.condition(kind, each, scope, of)})" for each in value]
            empty = "true" if key == "and" else "false"
            return f"({f' {key.upper()} '.join(tests) or empty})"
        if key == "not":
            return f"NOT ({self.condition(kind, value, scope, of)})"
        declared = kind.filters.get(key) or kind.fields[key]
        if isinstance(declared, Bound):
            inner = self.condition(KINDS[declared.to], value, {"n": scope[declared.variable]}, of)
            return f"({self._is_a(declared, scope)} AND {inner})"
        part = of.within()
        self._conjoin(kind, key, value, scope, part)
        if part.matches:
            return block("EXISTS", part.lines)
        return " AND ".join(f"coalesce({test}, false)" for test in part.predicates) or "true"

    def _conjoin(self, kind: Kind, key: str, value: Any, scope: Scope, part: Part) -> None:
        if key in ("or", "not"):
            part.predicates.append(self._test(kind, key, value, scope, part))
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
                left, _ = self.draft.bind(_compared(declared, value), scope)
                part.predicates += self._compare(left, value, declared, kind)
            case Bound() as declared:
                part.predicates.append(self._is_a(declared, scope))
                inner = {"n": scope[declared.variable]}
                self.conjoin(KINDS[declared.to], value, inner, part)
            case Relation() as declared if declared.many:
                self._quantify(Conjunct(kind, key, value, scope), part)
            case Relation() as declared:
                self.follow(declared, value, scope, part)
            case other:
                self._special(other, value, scope, part)

    def _special(self, declared: Filter, value: Any, scope: Scope, part: Part) -> None:
        match declared:
            case NameFilter():
                self._name(value, scope, part)
            case TieRoleFilter():
                self._tie_role(value, scope[declared.of], part)
            case RoleFilter():
                self._role(value, scope[declared.of], part)
            case ExternalIdFilter():
                site, id_ = (self.draft.parameter(value[key]) for key in ("site", "id"))
                external = f"(:ExternalId {{site: {site}, externalId: {id_}}})"
                part.matches.append(f"MATCH ({scope['n']})-[:HAS_EXTERNAL_ID]->{external}")
            case TypeFilter():
                for _, test in given(value if isinstance(value, Mapping) else {"in": value}):
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

    def count(self, relation: Relation, where: Where, scope: Scope, of: Part) -> str:
        """How many of a relation's targets satisfy ``where``, as an expression for rows like those
        ``of`` a part; one target that it leads to in several ways is one.
        """
        part = of.within()
        strongest = None if of.near else anchor(KINDS[relation.to], where)
        if strongest and strongest[0] <= of.room and not relation.filtered_as:
            part, bound = self.match(relation, scope)
            target = bound[relation.target]
            known = self.finding.set_where(KINDS[relation.to], where, self.draft.variable("m"))
            part.predicates.append(f"{target} IN {known}")
        else:
            target = self.follow(relation, where, scope, part)
        distinct = [f"RETURN DISTINCT {target}"] if relation.several_ways else []
        return block("COUNT", [*part.lines, *distinct])

    def _quantify(self, asked: Conjunct, part: Part) -> None:
        kind, key, value, scope = asked
        relation = kind.fields[key]
        assert isinstance(relation, Relation)
        for quantifier, operand in given(value):
            each = asked._replace(value={"some": operand})
            if quantifier == "some":
                part.predicates.append(self._exists(each, part))
            elif quantifier == "none":
                part.predicates.append(f"NOT {self._exists(each, part)}")
            elif quantifier == "all":
                part.predicates.append(
                    "NOT " + block("EXISTS", self._exception(relation, operand, scope, part).lines)
                )
            elif quantifier == "single":
                part.predicates.append(f"{self.count(relation, operand, scope, part)} = 1")
            else:
                part.predicates += self._compare(self.count(relation, {}, scope, part), operand)

    def _exists(self, asked: Conjunct, of: Part) -> str:
        """A ``some``."""
        anchor = asked.anchor
        if anchor and anchor[0] <= of.room and (anchor[1] <= NEAR or not of.near):
            return f"{asked.variable} IN {self.finding.set_of(asked)}"
        relation, inner = asked.kind.fields[asked.key], of.within()
        assert isinstance(relation, Relation)
        self.follow(relation, asked.value["some"], asked.scope, inner)
        return block("EXISTS", inner.lines)

    def _exception(self, relation: Relation, where: Where, scope: Scope, of: Part) -> Part:
        part, bound = self.match(relation, scope)
        part.room, part.near = of.room, of.near
        inner = bound if relation.filtered_as else {"n": bound[relation.target]}
        kind = KINDS[relation.filtered_as or relation.to]
        part.predicates.append(f"NOT ({self.condition(kind, where, inner, part)})")
        return part

    def _name(self, value: Where, scope: Scope, part: Part) -> None:
        name = self.draft.variable("name")
        found = Part([f"MATCH ({scope['n']})-[:NAMED]->({name}:Name)"])
        for key, operand in given(value):
            stored, operator, convert = NAME_COMPARISONS[key]
            parameter = self.draft.parameter(operand, convert)
            found.predicates.append(f"{name}.{stored} {COMPARISONS[operator]} {parameter}")
        self._add(found, part)

    def _role(self, value: Where, credit: str, part: Part) -> None:
        for operator, operand in given(value):
            if operator == "exact":
                continue
            role, path, test = self._roles(value, operator, operand)
            if part.near or part.starts:
                found = Part([f"MATCH ({credit})-[:IN_ROLE]->{path}"], [test])
            else:  # there are many credits, and few roles
                known = self.draft.once([f"MATCH {path} WHERE {test}"], role)
                found = Part([f"MATCH ({credit})-[:IN_ROLE]->({role})"], [f"{role} IN {known}"])
            if operator == "not":
                part.predicates.append(f"NOT {block('EXISTS', found.lines)}")
            else:
                self._add(found, part)

    def _roles(self, value: Where, operator: str, operand: Any) -> tuple[str, str, str]:
        """The variable of the roles that an operator speaks of, their path, and the test of it."""
        role, wide = self.draft.variable("role"), self.draft.variable("role")
        path = f"({role})-[:WITHIN]->({wide}:Role)"
        if value.get("exact"):
            wide, path = role, f"({role}:Role)"
        equal = COMPARISONS["is" if operator == "not" else operator]
        return role, path, f"{wide}.id {equal} {self.draft.parameter(operand)}"

    def _tie_role(self, value: Where, tie: str, part: Part) -> None:
        """All conditions must hold of one of the tie's roles."""
        each, tests = self.draft.variable("each"), []
        for operator, operand in given(value):
            if operator != "exact":
                role, path, test = self._roles(value, operator, operand)
                known = self.draft.once([f"MATCH {path} WHERE {test}"], f"{role}.id")
                tests.append(f"{'NOT ' if operator == 'not' else ''}{each} IN {known}")
        if tests:
            part.predicates.append(f"any({each} IN {tie}.roles WHERE {' AND '.join(tests)})")

    def _add(self, found: Part, part: Part) -> None:
        """What may be found several times is matched to start with, and else tested for."""
        if part.starts:
            part.matches += found.matches
            part.predicates += found.predicates
        else:
            part.predicates.append(block("EXISTS", found.lines))

    def _is_a(self, declared: Bound, scope: Scope) -> str:
        return f"{scope[declared.variable]}:{declared.to}"

    def _compare(
        self, left: str, value: Any, of: Property | None = None, kind: Kind | None = None
    ) -> list[str]:
        found = []
        dates = isinstance(of, DateProperty)
        for key, operand in given(value if isinstance(value, Mapping) else {"eq": value}):
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


def _compared(declared: Property, value: Any) -> str:
    """What is compared: where it can, that which an index has."""
    if isinstance(declared, Supposed) and isinstance(value, Mapping) and "not" not in value:
        wanted = [value.get("is"), *(value.get("in") or ())]
        if declared.otherwise not in wanted:
            return declared.stored
    return declared.cypher
