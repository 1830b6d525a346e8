"""Orders to Cypher: the keys by which rows are sorted, and what comes before and after a row."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from graph.declarations import Kind, Relation
from graph.model import KINDS
from loaders.draft import Draft, Scope
from loaders.filters import Filters
from loaders.part import Part

NEVER_MISSING = {"sortName"}
"""What everything that is ordered by it has: whatever has a page has a name."""


class Key(NamedTuple):
    """One order key. Missing values come last, in either direction. ``of``: the condition that
    tells the type whose property it is, where it is one.
    """

    cypher: str
    descending: bool = False
    nullable: bool = True
    aggregates: bool = False
    of: str = ""


class Order(NamedTuple):
    """Keys, the last of which is unique, and the MATCH clauses that bind what they speak of."""

    joins: list[str]
    keys: list[Key]


class Orders:
    """Writes orders into a draft."""

    def __init__(self, draft: Draft, filters: Filters) -> None:
        self.draft = draft
        self.filters = filters

    def order(
        self,
        relation: Relation,
        order_by: Sequence[Mapping[str, Any]],
        scope: Scope,
        parts: list[Part],
    ) -> Order:
        """The order asked for, else the relation's own; ``scope`` is the relation's."""
        found = Order([], [])
        kind, inner = KINDS[relation.to], {"n": scope[relation.target]}
        for each in order_by or [{name: "ASC"} for name in relation.sorted_by]:
            ((key, value),) = each.items()
            self._add(found, kind, key, value, inner, [] if "n" in scope else parts)
        if not order_by:
            found.keys.extend(_default(relation, key, scope) for key in relation.order)
        found.keys.append(Key(relation.identity.format_map(scope), nullable=False))
        return found

    def _add(
        self, found: Order, kind: Kind, key: str, value: Any, scope: Scope, parts: list[Part]
    ) -> None:
        if _counts(value):
            where = value.get("where") or {}
            matched = (
                None if any(each.aggregates for each in found.keys) else _matched(parts, key, where)
            )
            found.keys.append(
                Key(
                    f"count(DISTINCT {matched})"
                    if matched
                    else self._count(kind, key, where, scope, parts),
                    value["count"] == "DESC",
                    nullable=False,
                    aggregates=matched is not None,
                )
            )
        elif isinstance(value, Mapping):
            relation, inner = self._join(found, kind, key, scope)
            ((key, value),) = value.items()
            self._add(found, KINDS[relation.to], key, value, inner, [])
        else:
            *path, last = kind.orders.get(key, (key,))
            for step in path:
                relation, scope = self._join(found, kind, step, scope)
                kind = KINDS[relation.to]
            found.keys.append(_property(kind, f"{scope['n']}.{last}", value == "DESC"))

    def _join(self, found: Order, kind: Kind, key: str, scope: Scope) -> tuple[Relation, Scope]:
        relation = kind.fields[key]
        assert isinstance(relation, Relation), f"{key} leads nowhere"
        cypher, bound = self.draft.bind(relation.match, scope)
        found.joins.append(cypher)
        return relation, {"n": bound[relation.target]}

    def _count(
        self, kind: Kind, key: str, where: Mapping[str, Any], scope: Scope, parts: list[Part]
    ) -> str:
        relation = kind.fields[key]
        assert isinstance(relation, Relation), f"{key} cannot be counted"
        return self.filters.count(relation, where, scope, parts[-1] if parts else Part())


def _default(relation: Relation, key: str, scope: Scope) -> Key:
    if re.fullmatch(rf"{{{relation.target}}}\.\w+", key):
        return _property(KINDS[relation.to], key.format_map(scope))
    return Key(key.format_map(scope))


def _property(kind: Kind, cypher: str, descending: bool = False) -> Key:
    variable, _, name = cypher.partition(".")
    of = kind.condition.format(n=variable)
    return Key(cypher, descending, nullable=name not in NEVER_MISSING, of=of)


def counts_of(order_by: Sequence[Mapping[str, Any]]) -> list[tuple[str, Mapping[str, Any]]]:
    """The relations that an order counts, each with the filter of what is counted."""
    keys = (item for each in order_by for item in each.items())
    return [(key, value.get("where") or {}) for key, value in keys if _counts(value)]


def _counts(value: Any) -> bool:
    return isinstance(value, Mapping) and "count" in value


def _matched(parts: list[Part], key: str, where: Mapping[str, Any]) -> str | None:
    """The variable of what a ``some`` of this filter matches, so that its count is one
    aggregation.
    """
    followed = parts[-1].followed if parts else None
    return followed[2] if followed and followed[:2] == (key, where) else None


def sorting(names: Sequence[str], keys: Sequence[Key], *, backward: bool) -> str:
    """The items of ORDER BY. Cypher puts nulls last ascending and first descending."""
    items = []
    for name, key in zip(names, keys, strict=True):
        descending = key.descending != backward
        if key.nullable and key.descending:
            items.append(f"{name} IS NULL DESC" if backward else f"{name} IS NULL")
        items.append(f"{name} DESC" if descending else name)
    return ", ".join(items)


def beyond(
    names: Sequence[str], keys: Sequence[Key], cursor: str, *, before: bool, inclusive: bool = False
) -> str:
    """That a row stands after (or before) the one at ``cursor``, a list parameter; never null
    where it is true.
    """
    tests: list[str] = []
    equal: list[str] = []
    for index, (name, key) in enumerate(zip(names, keys, strict=True)):
        value = f"{cursor}[{index}]"
        last = index == len(keys) - 1
        operator = ("<" if before != key.descending else ">") + ("=" if inclusive and last else "")
        test = f"{name} {operator} {value}"
        if key.nullable:
            edge = (
                f"({name} IS NOT NULL AND {value} IS NULL)"
                if before
                else f"({name} IS NULL AND {value} IS NOT NULL)"
            )
            test = f"({test} OR {edge})"
        tests.append(" AND ".join([*equal, test]))
        same = f"{name} = {value}"
        equal.append(f"({same} OR ({name} IS NULL AND {value} IS NULL))" if key.nullable else same)
    return f"({' OR '.join(tests)})"
