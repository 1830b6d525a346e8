"""Lines: the works that relations of continuity join.

A line is closed over these relations, except that a meeting of lines belongs to each of them and
joins none: "Lupin III vs. Detective Conan" is a side story of both.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

WITHIN = "parent-story"
"""The relation of a side story to what it stands beside."""


class Tie(NamedTuple):
    """Seen from ``start``, ``target`` is its ``kind``: a sequel, a parent story."""

    start: str
    kind: str
    target: str


class Work(NamedTuple):
    """A work as far as franchises are made of it. ``names`` are those shown, by language."""

    id: str
    name: str
    names: Mapping[str, str]
    released: str | None
    nsfw: bool = False

    @property
    def place(self) -> tuple[str, str]:
        """Where it stands as released; unknown dates last."""
        return self.released or "~", self.id


class _Groups:
    """Disjoint sets; each is known by its first member."""

    def __init__(self) -> None:
        self.above: dict[str, str] = {}

    def of(self, work: str) -> str:
        above = self.above.setdefault(work, work)
        while above != self.above[above]:
            self.above[above] = self.above[self.above[above]]
            above = self.above[above]
        self.above[work] = above
        return above

    def join(self, one: str, other: str) -> None:
        first, second = sorted((self.of(one), self.of(other)))
        self.above[second] = first


def lines(
    works: Mapping[str, Work], ties: Iterable[Tie], stated: Iterable[Collection[str]] = ()
) -> list[frozenset[str]]:
    """The lines of two works or more, sorted. ``ties`` are given from both of their ends;
    ``stated`` are works that somebody says belong together.
    """
    arms: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for tie in ties:
        if tie.start != tie.target:
            arms[tie.start][tie.target].add(tie.kind)
    beside = {work: set(others) for work, others in arms.items() if _is_beside(others.values())}
    groups = _Groups()
    for together in stated:
        first = min(together)
        for work in together:
            groups.join(first, work)
    for work, others in arms.items():
        for other in others:
            if work not in beside and other not in beside:
                groups.join(work, other)
    met = _meetings(groups, works, beside)
    for work, parents in beside.items():
        for parent in parents if work not in met else ():
            if parent not in met:
                groups.join(work, parent)
    found: dict[str, set[str]] = defaultdict(set)
    for work in [*groups.above]:
        found[groups.of(work)].add(work)
    for work, parents in met.items():
        for group in {groups.of(parent) for parent in parents}:
            found[group].add(work)
    return sorted((frozenset(each) for each in found.values() if len(each) > 1), key=sorted)


def _is_beside(kinds: Iterable[set[str]]) -> bool:
    """Whether a work is a side story of several, and nothing else to any."""
    kinds = list(kinds)
    return len(kinds) > 1 and all(each == {WITHIN} for each in kinds)


def _meetings(
    groups: _Groups, works: Mapping[str, Work], beside: Mapping[str, set[str]]
) -> dict[str, set[str]]:
    """Side stories of lines that began before them and that nothing else joins, with those of
    their parents that they are told by.
    """
    began: dict[str, str] = {}
    for work in [*groups.above]:
        group, date = groups.of(work), works[work].released or "~"
        began[group] = min(date, began.get(group, date))
    found = {}
    for work, parents in beside.items():
        own = works[work].released or "~"
        firm = {each for each in parents if each not in beside}
        before = {groups.of(each) for each in firm if began.get(groups.of(each), "~") < own}
        if len(before) > 1:
            found[work] = firm
    return found
