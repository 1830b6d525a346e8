"""The oracle's orders: things sorted by the keys of an order, in the plainest way."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from tests.oracle.catalogue import Thing
from tests.oracle.filters import Oracle

Key = Callable[[Thing], Any]


def ordered(things: Iterable[Thing], order_by: Sequence[Mapping[str, Any]]) -> list[Thing]:
    """By the first key, ties by the next one and the last ones by id; what has no value comes last
    in either direction.
    """
    rows = sorted(things, key=lambda thing: thing.id)
    for order in reversed(order_by):
        key, direction = _key(order)
        there = [thing for thing in rows if key(thing) is not None]
        missing = [thing for thing in rows if key(thing) is None]
        rows = sorted(there, key=key, reverse=direction == "DESC") + missing
    return rows


def _key(order: Mapping[str, Any]) -> tuple[Key, str]:
    ((name, value),) = order.items()
    match name, value:
        case _, {"count": direction}:
            return _count(name, value.get("where") or {}), direction
        case "work", _:
            of_work, direction = _key(value)
            return lambda thing: of_work(thing.links["work"][0]), direction
        case "role", _:
            return lambda thing: thing.links["role"][0].values["position"], value
        case "contributor", _:
            return lambda thing: thing.links["contributor"][0].values["sortName"], value
        case "released", _:
            return _released, value
        case _:
            stored = {"name": "sortName"}.get(name, name)
            return lambda thing: thing.values.get(stored), value


def _count(link: str, where: Mapping[str, Any]) -> Key:
    """How many there are; the filter, if any, is one of credits."""
    oracle = Oracle()
    return lambda thing: sum(
        oracle.satisfies("CreditFilter", where, each) if where else True
        for each in thing.links[link]
    )


def _released(thing: Thing) -> Any:
    (dated,) = thing.links["on"] if thing.kind == "Credit" else (thing,)
    return dated.values.get("released")
