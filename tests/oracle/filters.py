"""The oracle: whether a thing satisfies a filter, in the plainest way.

Every key that a filter may have stands here once more, apart from the code that makes Cypher of
it. A key that the schema has and this file has not is a KeyError, and so a failing test.
"""

from collections.abc import Callable, Mapping
from typing import Any

from ingest.identity import folded, query_keys
from tests.oracle.catalogue import Name, Thing

Where = Mapping[str, Any]
Test = Callable[["Oracle", Any, Thing], bool]


class Oracle:
    """Answers one question; what it has found of a thing once, it remembers."""

    def __init__(self) -> None:
        self.known: dict[tuple[int, Thing], bool] = {}

    def satisfies(self, type_: str, where: Where, thing: Thing) -> bool:
        """``type_`` is the name of the filter's input type."""
        known = (id(where), thing)
        if known not in self.known:
            self.known[known] = all(
                self._key(type_, key, operand, thing) for key, operand in _given(where)
            )
        return self.known[known]

    def _key(self, type_: str, key: str, operand: Any, thing: Thing) -> bool:
        match key:
            case "and":
                return all(self.satisfies(type_, each, thing) for each in operand)
            case "or":
                return any(self.satisfies(type_, each, thing) for each in operand)
            case "not" if type_ in KEYS:
                return not self.satisfies(type_, operand, thing)
            case _:
                return KEYS[type_][key](self, operand, thing)


def _given(where: Where) -> list[tuple[str, Any]]:
    """A key that is null asks for nothing."""
    return [(key, operand) for key, operand in where.items() if operand is not None]


COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "is": lambda value, operand: value == operand,
    "eq": lambda value, operand: value == operand,
    "in": lambda value, operand: value in operand,
    "not": lambda value, operand: value != operand,
    "gt": lambda value, operand: value is not None and value > operand,
    "gte": lambda value, operand: value is not None and value >= operand,
    "lt": lambda value, operand: value is not None and value < operand,
    "lte": lambda value, operand: value is not None and value <= operand,
}


def _compares(where: Where, value: Any) -> bool:
    return all(COMPARISONS[key](value, operand) for key, operand in _given(where))


def _value(name: str) -> Test:
    return lambda _, where, thing: _compares(where, thing.values.get(name))


def _same(name: str) -> Test:
    return lambda _, operand, thing: thing.values.get(name) == operand


def _id(_: Oracle, where: Where, thing: Thing) -> bool:
    return _compares(where, thing.id)


def _type(_: Oracle, where: Where, thing: Thing) -> bool:
    return _compares(where, thing.kind.upper())


def _external_id(_: Oracle, where: Where, thing: Thing) -> bool:
    return (where["site"], where["id"]) in thing.external_ids


def _place(date: str, period: str) -> int:
    """Where a date stands: before the period (-1), within it (0) or after it (1).

    A year whose month nobody knows stands before its months, a month before its days.
    """
    known, asked = date.split("-"), period.split("-")
    if known[: len(asked)] == asked:
        return 0
    return -1 if known < asked else 1


def _date(name: str) -> Test:
    def test(_: Oracle, where: Where, thing: Thing) -> bool:
        date = thing.values.get(name)
        return all(
            date is not None and COMPARISONS[key](_place(date, period), 0)
            for key, period in _given(where)
        )

    return test


NAME_COMPARISONS: Mapping[str, Callable[[Name, Any], bool]] = {
    "is": lambda name, text: name.key in query_keys(text),
    "in": lambda name, texts: any(name.key in query_keys(text) for text in texts),
    "startsWith": lambda name, text: name.letters.startswith(folded(text)),
    "contains": lambda name, text: folded(text) in name.letters,
}


def _name(_: Oracle, where: Where, thing: Thing) -> bool:
    """All of it holds of one and the same name."""
    return any(
        all(NAME_COMPARISONS[key](name, operand) for key, operand in _given(where))
        for name in thing.names
    )


def _role(_: Oracle, where: Where, thing: Thing) -> bool:
    (role,) = thing.links["role"]
    meant = {role.id} if where.get("exact") else {each.id for each in role.links["within"]}
    tests: Mapping[str, Callable[[Any], bool]] = {
        "is": lambda id_: id_ in meant,
        "in": lambda ids: not meant.isdisjoint(ids),
        "not": lambda id_: id_ not in meant,
        "exact": lambda _: True,
    }
    return all(tests[key](operand) for key, operand in _given(where))


def _itself(kind: str, type_: str) -> Test:
    """The thing is one of that kind and satisfies a filter of it."""
    return lambda oracle, where, thing: thing.kind == kind and oracle.satisfies(type_, where, thing)


def _one(link: str, type_: str, kind: str | None = None) -> Test:
    """There is such a thing, and it satisfies the filter."""
    return lambda oracle, where, thing: any(
        kind in (None, other.kind) and oracle.satisfies(type_, where, other)
        for other in thing.links[link]
    )


def _many(link: str, type_: str) -> Test:
    def test(oracle: Oracle, where: Where, thing: Thing) -> bool:
        others = thing.links[link]

        def number(operand: Where) -> int:
            return sum(oracle.satisfies(type_, operand, other) for other in others)

        tests: Mapping[str, Callable[[Where], bool]] = {
            "some": lambda operand: number(operand) > 0,
            "none": lambda operand: number(operand) == 0,
            "all": lambda operand: number(operand) == len(others),
            "single": lambda operand: number(operand) == 1,
            "count": lambda operand: _compares(operand, len(others)),
        }
        return all(tests[key](operand) for key, operand in _given(where))

    return test


_CREDITS = _many("credits", "CreditFilter")

KEYS: Mapping[str, Mapping[str, Test]] = {
    "WorkFilter": {
        "id": _id,
        "externalId": _external_id,
        "kind": _value("kind"),
        "nsfw": _same("nsfw"),
        "name": _name,
        "released": _date("released"),
        "runtimeMinutes": _value("runtimeMinutes"),
        "rating": _value("rating"),
        "credits": _CREDITS,
        "segments": _many("segments", "SegmentFilter"),
        "characters": _many("characters", "CharacterFilter"),
        "terms": _many("terms", "TermFilter"),
        "relations": _many("relations", "RelationFilter"),
        "franchises": _many("franchises", "FranchiseFilter"),
    },
    "SegmentFilter": {
        "id": _id,
        "name": _name,
        "nsfw": _same("nsfw"),
        "work": _one("work", "WorkFilter"),
        "position": _value("position"),
        "runtimeMinutes": _value("runtimeMinutes"),
        "credits": _CREDITS,
    },
    "CreationFilter": {
        "id": _id,
        "type": _type,
        "name": _name,
        "released": _date("released"),
        "nsfw": _same("nsfw"),
        "work": _itself("Work", "WorkFilter"),
        "segment": _itself("Segment", "SegmentFilter"),
        "credits": _CREDITS,
    },
    "ContributorFilter": {"id": _id, "name": _name, "credits": _CREDITS},
    "PersonFilter": {"id": _id, "name": _name, "born": _date("born"), "credits": _CREDITS},
    "CharacterFilter": {"id": _id, "name": _name, "credits": _CREDITS},
    "TermFilter": {"id": _id, "name": _name, "kind": _same("kind")},
    "FranchiseFilter": {"id": _id, "name": _name},
    "CreditFilter": {
        "id": _id,
        "role": _role,
        "contributor": _one("contributor", "ContributorFilter"),
        "on": _one("on", "CreationFilter"),
        "character": _one("character", "CharacterFilter"),
        "language": _same("language"),
    },
    "RelationFilter": {
        "kind": _value("kind"),
        "continuity": _same("continuity"),
        "to": _one("to", "WorkFilter", "Work"),
    },
}
