"""The order in which a line's story goes.

Chains of prequels and sequels decide, and the places that somebody states; what is a side story, a
summary or a spin-off follows its parent. Where nothing decides, what was released first comes
first. A cycle is broken at its earliest work, and told.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import heappop, heappush
from itertools import pairwise
from typing import NamedTuple

from ingest.franchises.lines import Tie, Work

AFTER = frozenset({"prequel"})
"""A work comes after what is so tied to it."""
BESIDE = ("parent-story", "full-story", "spin-off-of", "main-edition", "expansion-of", "series")
"""A work stands next to what is so tied to it, the first of these kinds."""


class Story(NamedTuple):
    """The works in order, and the cycles that had to be broken, each from its earliest work on."""

    order: list[str]
    cycles: list[list[str]]


def story(
    works: Mapping[str, Work], ties: Iterable[Tie], stated: Mapping[str, float] | None = None
) -> Story:
    """The story of ``works``; ``ties`` of others are passed over. ``stated`` are places."""
    return _Telling(works, ties, stated or {}).tell()


class _Telling:
    def __init__(
        self, works: Mapping[str, Work], ties: Iterable[Tie], stated: Mapping[str, float]
    ) -> None:
        self.works = works
        self.before: dict[str, set[str]] = {work: set() for work in works}
        self.after: dict[str, set[str]] = defaultdict(set)
        self.beside: dict[str, list[str]] = defaultdict(list)
        self.attached: set[str] = set()
        self.order: list[str] = []
        self.told: set[str] = set()
        self.ready: list[tuple[str, str]] = []
        ties = [tie for tie in ties if tie.start in works and tie.target in works]
        self._chain(ties, stated)
        self._attach(ties, stated)

    def _chain(self, ties: Sequence[Tie], stated: Mapping[str, float]) -> None:
        placed = sorted(stated.keys() & self.works.keys(), key=lambda each: (stated[each], each))
        pairs = list(pairwise(placed))
        for work, kind, other in ties:
            is_decided = work in stated and other in stated
            if kind in AFTER and work != other and not is_decided:
                pairs.append((other, work))
        for first, second in pairs:
            self.before[second].add(first)
            self.after[first].add(second)

    def _attach(self, ties: Sequence[Tie], stated: Mapping[str, float]) -> None:
        parents: dict[str, set[tuple[int, str, str]]] = defaultdict(set)
        for work, kind, other in ties:
            if kind in BESIDE and work != other and not self.before[work] and work not in stated:
                parents[work].add((BESIDE.index(kind), *self.works[other].place))
        for work in sorted(parents):
            *_, parent = min(parents[work])
            if not self._hangs_on(parent, work):
                self.beside[parent].append(work)
                self.attached.add(work)
                self.before[work].add(parent)
                self.after[parent].add(work)

    def _hangs_on(self, work: str, other: str) -> bool:
        """Whether ``other`` comes before ``work``, by way of whatever."""
        waiting, seen = [work], {work}
        while waiting:
            each = waiting.pop()
            if each == other:
                return True
            new = self.before[each] - seen
            seen |= new
            waiting += new
        return False

    def tell(self) -> Story:
        cycles = []
        for work in self.works:
            self._offer(work)
        while len(self.order) < len(self.works):
            if not self.ready:
                cycles.append(self._break())
            _, work = heappop(self.ready)
            self._emit(work)
        return Story(self.order, cycles)

    def _offer(self, work: str) -> None:
        if work not in self.told and not self.before[work]:
            heappush(self.ready, self.works[work].place)

    def _emit(self, work: str) -> None:
        """Tell a work and what stands beside it."""
        waiting = [work]
        while waiting:
            each = waiting.pop()
            if each in self.told or self.before[each]:
                continue
            self.told.add(each)
            self.order.append(each)
            for other in self.after[each]:
                self.before[other].discard(each)
            beside = sorted(self.beside[each], key=lambda one: self.works[one].place, reverse=True)
            waiting += beside
            for other in self.after[each] - self.attached:
                self._offer(other)

    def _break(self) -> list[str]:
        """Free the earliest work of a cycle of those that wait for each other."""
        work = min(self.works[each].place for each in self.works.keys() - self.told)[1]
        path: list[str] = []
        while work not in path:
            path.append(work)
            work = min(self.works[each].place for each in self.before[work])[1]
        cycle = path[path.index(work) :][::-1]
        first = min(range(len(cycle)), key=lambda place: self.works[cycle[place]].place)
        cycle = cycle[first:] + cycle[:first]
        self.before[cycle[0]].clear()
        self._offer(cycle[0])
        return cycle
