"""Which franchise each work of a line belongs to, and what that franchise is called.

What somebody states by hand decides: other works of the line join the stated franchise that is
nearest. A line of which nobody states anything is a franchise of its own, whose id stays with the
larger part of its works.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from itertools import chain, count
from typing import NamedTuple

from ingest.franchises.lines import Tie, Work, lines
from ingest.franchises.stem import line_names
from ingest.franchises.story import BESIDE, Story, story
from ingest.identity import slugify
from ingest.records import Citation, Dataset, Entity, EntityType, FranchiseEntry, Name, Value
from ingest.state import COMPUTED

SOURCE = "filmograph"
_CITED = (Citation(SOURCE),)

Members = dict[str, set[str]]
"""Works by their franchise."""


class Entry(NamedTuple):
    """``by_hand``: others than these computations state it. ``course`` is its place in the story
    as it was last computed.
    """

    franchise: str
    work: str
    by_hand: bool
    position: float | None = None
    course: int | None = None


@dataclass(frozen=True)
class Known:
    """What franchises are computed from. ``ties`` are given from both ends. ``franchises`` says
    which are named by others; ``aliases`` are what ids of former franchises mean.
    """

    works: Mapping[str, Work]
    ties: Sequence[Tie]
    entries: Sequence[Entry] = ()
    franchises: Mapping[str, bool] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Assignment:
    """A dataset for each franchise of which something is computed; the places of its entries in
    the story; what the ids of franchises mean that are none any more; and what is to be told.
    """

    datasets: list[Dataset]
    courses: dict[tuple[str, str], int]
    aliases: dict[str, str]
    notes: list[str]


def assign(known: Known) -> Assignment:
    return _Assigning(known).assign()


class _Assigning:
    def __init__(self, known: Known) -> None:
        self.known = known
        self.ties: dict[str, list[Tie]] = defaultdict(list)
        for tie in known.ties:
            self.ties[tie.start].append(tie)
        self.stated = _members(each for each in known.entries if each.by_hand)
        self.before = _members(each for each in known.entries if not each.by_hand)
        self.computed: Members = {}
        self.positions: dict[str, dict[str, float]] = defaultdict(dict)
        for entry in known.entries:
            if entry.position is not None:
                self.positions[entry.franchise][entry.work] = entry.position

    def assign(self) -> Assignment:
        own = []
        owning = _owners(self.stated)
        for line in lines(self.known.works, self.known.ties, self.stated.values()):
            owners = sorted({owner for work in line for owner in owning.get(work, ())})
            if owners:
                self._join(line, owners)
            else:
                own.append(line)
        self._identify(own)
        stories = {each: self._story(each) for each in sorted({*self.stated, *self.computed})}
        return Assignment(
            datasets=[self._dataset(each) for each in sorted(self.computed)],
            courses={
                (franchise, work): place
                for franchise, told in stories.items()
                for place, work in enumerate(told.order, 1)
            },
            aliases=self._aliases(),
            notes=sorted({self._cycle(each) for told in stories.values() for each in told.cycles}),
        )

    def _join(self, line: frozenset[str], owners: Sequence[str]) -> None:
        """Every work of the line that is in none of the stated franchises joins the nearest."""
        near: dict[str, str] = {}
        waiting = [(0, each, work) for each in owners for work in self.stated[each] & line]
        heapify(waiting)
        while waiting:
            distance, franchise, work = heappop(waiting)
            if near.setdefault(work, franchise) == franchise:
                for tie in self.ties[work]:
                    if tie.target in line and tie.target not in near:
                        heappush(waiting, (distance + 1, franchise, tie.target))
        stated = set().union(*(self.stated[each] for each in owners))
        for work in line - stated:
            self.computed.setdefault(near[work], set()).add(work)
        for each in owners:
            if not self.known.franchises.get(each, True):
                self.computed.setdefault(each, set())

    def _identify(self, own: Sequence[frozenset[str]]) -> None:
        """Give lines the ids of what they were before, the best fitting first, or new ones."""
        former = {
            each: works
            for each, works in self.before.items()
            if each not in self.stated and not self.known.franchises.get(each, True)
        }
        owning = _owners(former)
        fits = sorted(
            (-number, min(map(self._place, former[each])), each, index)
            for index, line in enumerate(own)
            for each, number in _owned(line, owning).items()
        )
        given: dict[int, str] = {}
        for *_, each, index in fits:
            if index not in given and each not in given.values():
                given[index] = each
        taken = {*self.known.franchises, *self.known.aliases}
        for index, line in enumerate(own):
            if index not in given:
                ids = [f"franchise:{work.id.partition(':')[2]}" for work in self._ordered(line)]
                numbered = (f"{ids[0]}-{number}" for number in count(2))
                given[index] = next(each for each in chain(ids, numbered) if each not in taken)
                taken.add(given[index])
        self.computed.update({given[index]: set(line) for index, line in enumerate(own)})

    def _place(self, work: str) -> tuple[str, str]:
        found = self.known.works.get(work)
        return found.place if found else ("~", work)

    def _ordered(self, works: Iterable[str]) -> list[Work]:
        """As released, but side stories, summaries and the like at the end."""
        works = {*works}

        def place(work: Work) -> tuple[bool, tuple[str, str]]:
            ties = self.ties[work.id]
            return any(tie.kind in BESIDE and tie.target in works for tie in ties), work.place

        return sorted((self.known.works[work] for work in works), key=place)

    def _works(self, franchise: str) -> set[str]:
        return self.stated.get(franchise, set()) | self.computed.get(franchise, set())

    def _story(self, franchise: str) -> Story:
        works = self._works(franchise)
        ties = [tie for work in works for tie in self.ties[work]]
        told = {work: self.known.works[work] for work in sorted(works)}
        return story(told, ties, self.positions[franchise])

    def _dataset(self, franchise: str) -> Dataset:
        entries = tuple(
            FranchiseEntry(franchise, work, _CITED) for work in sorted(self.computed[franchise])
        )
        named = self.known.franchises.get(franchise, False)
        entities = () if named else (self._entity(franchise),)
        origin = f"{COMPUTED}/{franchise}"
        return Dataset(origin, entities=entities, franchise_entries=entries)

    def _entity(self, franchise: str) -> Entity:
        works = self._ordered(self._works(franchise))
        names = line_names(works)
        slug = slugify(names.get("en") or next(iter(names.values())))
        nsfw = all(work.nsfw for work in works)
        return Entity(
            EntityType.FRANCHISE,
            franchise,
            slug or franchise.partition(":")[2],
            tuple(Name(text, "OFFICIAL", language, _CITED) for language, text in names.items()),
            _CITED,
            (Value("nsfw", True, SOURCE),) if nsfw else (),
        )

    def _aliases(self) -> dict[str, str]:
        """Ids that were given before, with the franchise that holds most of those works now."""
        kept = {*self.stated, *self.computed}
        owning = _owners({each: self._works(each) for each in kept})
        meant: dict[str, str] = {}
        for former in self.before.keys() - kept:
            heirs = _owned(self.before[former], owning)
            if heirs and not self.known.franchises.get(former, True):
                meant[former] = min(heirs, key=lambda each: (-heirs[each], each))
        renamed = {alias: meant.get(each, each) for alias, each in self.known.aliases.items()}
        return {**{alias: each for alias, each in renamed.items() if each in kept}, **meant}

    def _cycle(self, works: Sequence[str]) -> str:
        names = [f"{self.known.works[work].name} ({work})" for work in (*works, works[0])]
        return f"Prequels and sequels go in a circle: {' > '.join(names)}"


def _owners(members: Mapping[str, set[str]]) -> dict[str, list[str]]:
    """Franchises by their works."""
    found: dict[str, list[str]] = defaultdict(list)
    for franchise in sorted(members):
        for work in members[franchise]:
            found[work].append(franchise)
    return found


def _owned(works: Iterable[str], owning: Mapping[str, list[str]]) -> Counter[str]:
    """How many of the works each franchise has."""
    return Counter(owner for work in works for owner in owning.get(work, ()))


def _members(entries: Iterable[Entry]) -> Members:
    found: Members = {}
    for entry in entries:
        found.setdefault(entry.franchise, set()).add(entry.work)
    return found
