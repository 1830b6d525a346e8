"""What the measurements are to reach."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bench.rounds import Spread


class Target(NamedTuple):
    """What is to be reached, what was found, and whether that is it."""

    what: str
    found: str
    met: bool

    @classmethod
    def most(cls, what: str, limit: float, found: Spread | float) -> "Target":
        value = found.median if isinstance(found, Spread) else found
        return cls(f"{what}: at most {limit:g}", shown(found), value <= limit)

    @classmethod
    def least(cls, what: str, limit: float, found: Spread | float) -> "Target":
        value = found.median if isinstance(found, Spread) else found
        return cls(f"{what}: at least {limit:g}", shown(found), value >= limit)


def listed(targets: Iterable[Target]) -> Iterator[str]:
    """As a section of a page."""
    yield from ("", "## Targets", "", "| target | found | |", "|---|---:|---|")
    for each in targets:
        yield f"| {each.what} | {each.found} | {'met' if each.met else '**missed**'} |"


def shown(found: Spread | float) -> str:
    if isinstance(found, Spread):
        return f"{found.median:.3g} ({found.least:.3g} to {found.most:.3g})"
    return f"{found:.3g}"
