"""Anchors: by which of its conditions a filter finds the fewest things.

Neo4j multiplies averages: it takes the works of one director for no works at all, and starts
wherever. What a condition is says more than statistics: a key finds one thing or two, a role tens
of thousands of credits. So the order is decided here, and statements fix it.
"""

from collections.abc import Iterator, Mapping
from enum import IntEnum
from typing import Any, NamedTuple

from graph.declarations import (
    Address,
    Bound,
    Exclusion,
    ExternalIdFilter,
    Kind,
    NameFilter,
    Property,
    Relation,
    RoleFilter,
)
from graph.model import KINDS

Where = Mapping[str, Any]
RANGES = ("is", "in", "eq", "gt", "gte", "lt", "lte")
NEAR = 2
"""Over so many relations to several things each, what one key leads to is not yet very much."""


class Strength(IntEnum):
    """How much a condition leads to, the least first."""

    KEY = 0
    PREFIX = 1
    HUB = 2
    SPARSE = 3
    ROLE = 4
    LETTERS = 5
    RANGE = 6


Anchor = tuple[Strength, int]
"""The strength, and how many relations to several things lie between."""


def given(where: Where) -> list[tuple[str, Any]]:
    """A null in a filter asks for nothing."""
    return [(key, value) for key, value in where.items() if value is not None]


def flat(where: Where) -> list[tuple[str, Any]]:
    """All that must hold, with what stands within ``and``."""
    found = []
    for key, value in given(where):
        if key == "and":
            found += [item for each in value for item in flat(each)]
        else:
            found.append((key, value))
    return found


def anchor(kind: Kind, where: Where) -> Anchor | None:
    """The strongest of what must hold; None where nothing leads to the few that satisfy it."""
    return min(_anchors(kind, where), default=None)


def _anchors(kind: Kind, where: Where) -> Iterator[Anchor]:
    for key, value in flat(where):
        found = anchor_of(kind, key, value)
        if found is not None:
            yield found


def anchor_of(kind: Kind, key: str, value: Any) -> Anchor | None:
    """The same of one condition."""
    if key == "or":
        branches = [anchor(kind, each) for each in value]
        known = [each for each in branches if each is not None]
        return max(known) if known and len(known) == len(branches) else None
    strength: Strength | None = None
    match kind.filters.get(key) or kind.fields.get(key):
        case Exclusion():
            return None
        case Address():
            strength = _of_key(kind, value)
        case Property() if key == "id":
            strength = _of_key(kind, value)
        case Property() if key in kind.indexed:
            strength = Strength.RANGE if _asks(value, *RANGES) else None
        case NameFilter():
            strength = _of_name(kind, value)
        case ExternalIdFilter():
            strength = Strength.KEY
        case RoleFilter():
            strength = Strength.ROLE if _asks(value, "is", "in") else None
        case Bound() as declared:
            return anchor(KINDS[declared.to], value)
        case Relation() as declared if not declared.counts and not declared.aggregates:
            return _of_relation(declared, value)
    return None if strength is None else (strength, 0)


def _of_key(kind: Kind, value: Any) -> Strength | None:
    if isinstance(value, Mapping) and not _asks(value, "is", "in"):
        return None
    return Strength.HUB if kind.leads_far else Strength.KEY


def _of_name(kind: Kind, value: Where) -> Strength:
    if _asks(value, "is", "in"):
        return Strength.HUB if kind.leads_far else Strength.KEY
    return Strength.PREFIX if _asks(value, "startsWith") else Strength.LETTERS


def _of_relation(relation: Relation, value: Where) -> Anchor | None:
    kind = KINDS[relation.filtered_as or relation.to]
    if not relation.many:
        return anchor(kind, value)
    operands = [value[each] for each in ("some", "single") if value.get(each) is not None]
    found = [each for operand in operands if (each := anchor(kind, operand)) is not None]
    if operands and relation.sparse:
        found.append((Strength.SPARSE, 0))
    if not found:
        return None
    strength, steps = min(found)
    return strength, steps + 1


def _asks(value: Where, *operators: str) -> bool:
    return any(value.get(each) is not None for each in operators)


class Conjunct(NamedTuple):
    """One of several conditions, of a kind's declaration ``key``, on what ``scope`` holds."""

    kind: Kind
    key: str
    value: Any
    scope: Mapping[str, str]

    @property
    def variable(self) -> str:
        """That of the thing it is about."""
        declared = self.kind.filters.get(self.key)
        return self.scope[declared.of if isinstance(declared, RoleFilter) else "n"]

    @property
    def is_own_range(self) -> bool:
        """Whether it compares a property of the thing itself."""
        declared = self.kind.filters.get(self.key) or self.kind.fields.get(self.key)
        return isinstance(declared, Property) and self.strength is Strength.RANGE

    @property
    def excludes(self) -> bool:
        """Whether it says what must not be: mostly, most things satisfy that."""
        quantified = self.value if isinstance(self.value, Mapping) else {}
        return self.key in ("not", "nsfw") or bool(quantified.keys() & {"none", "all"})

    @property
    def anchor(self) -> Anchor | None:
        return anchor_of(self.kind, self.key, self.value)

    @property
    def strength(self) -> Strength | None:
        return self.anchor[0] if self.anchor else None
