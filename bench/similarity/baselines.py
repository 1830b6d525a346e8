"""The simple ways: shared staff counted, the cosine of tags, both times popularity."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import nlargest
from math import log, log1p, sqrt
from typing import NamedTuple

from bench.similarity.quality import AT
from bench.similarity.truth import BEFORE, Question
from graph.client import Client

_TERMS = "MATCH (work:Work)-[:HAS_TERM]->(term) RETURN work.id, term.id"
_STAFF = """
MATCH (work:Work)<-[:ON]-(credit)<-[:HAS_CREDIT]-(who:Person)
WHERE NOT EXISTS { (credit)-[:IN_ROLE]->()-[:WITHIN]->(:Role {id: 'performance'}) }
RETURN DISTINCT work.id, who.id
"""
_RATINGS = """
MATCH (work:Work) WHERE work.released < $before
RETURN work.id, coalesce(work.ratingCount, 0)
"""
Scores = Mapping[str, float]


class Shared(NamedTuple):
    """What works have, and who has it."""

    of: Mapping[str, set[str]]
    by: Mapping[str, set[str]]

    @classmethod
    def among(cls, pairs: Iterable[Sequence[str]]) -> "Shared":
        of, by = defaultdict(set), defaultdict(set)
        for work, thing in pairs:
            of[work].add(thing)
            by[thing].add(work)
        return cls(of, by)

    def counted(self, work: str) -> Scores:
        return Counter(other for thing in self.of.get(work, ()) for other in self.by[thing])

    def cosine(self, work: str) -> Scores:
        """Of vectors that have log(works / uses) for each thing."""
        weights = {thing: self._rarity(thing) for thing in self.of.get(work, ())}
        dots: dict[str, float] = defaultdict(float)
        for thing, weight in weights.items():
            for other in self.by[thing]:
                dots[other] += weight**2
        return {
            other: dot / self._length(work) / self._length(other) for other, dot in dots.items()
        }

    def _rarity(self, thing: str) -> float:
        return log(len(self.of) / len(self.by[thing]))

    def _length(self, work: str) -> float:
        return sqrt(sum(self._rarity(thing) ** 2 for thing in self.of[work])) or 1


class Baselines(NamedTuple):
    """The ways by their names; ``ratings`` are those of all that may be an answer."""

    terms: Shared
    staff: Shared
    ratings: Mapping[str, int]

    @classmethod
    async def of(cls, client: Client) -> "Baselines":
        terms = Shared.among(await client.read(_TERMS))
        staff = Shared.among(await client.read(_STAFF))
        rows = await client.read(_RATINGS, {"before": BEFORE})
        return cls(terms, staff, {work: number for work, number in rows})

    @property
    def ways(self) -> dict[str, Callable[[str], Scores]]:
        return {
            "shared staff, counted": self.staff.counted,
            "cosine of tags by their rarity": self.terms.cosine,
            "(tags + 0.3 staff) x popularity": self._popular,
        }

    def _popular(self, work: str) -> Scores:
        tags, staff = self.terms.cosine(work), self.staff.cosine(work)
        return {
            other: (tags.get(other, 0) + 0.3 * staff.get(other, 0)) * log1p(self.ratings[other])
            for other in tags.keys() | staff.keys()
            if other in self.ratings
        }

    def answers(self, way: Callable[[str], Scores], asked: Question) -> list[str]:
        scores = way(asked.work)
        among = [each for each in scores if each in self.ratings and each not in asked.franchise]
        return nlargest(AT, among, key=lambda each: (scores[each], each))
