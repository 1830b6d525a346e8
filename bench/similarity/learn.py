"""How telling terms are, learnt from what people recommended: `python -m bench.similarity.learn`.

A term's weight is its rarity times a factor, at first that of its kind. The factors are moved until
the right answers of the learnable half get as much of the softmax over all scores as they have of
the votes' gain (ListNet, Cao et al. 2007), by Adam (Kingma and Ba 2015), held to where they began
(L2). Of the scores, what comes of terms, the time and popularity is counted: the rest is small.
Writes graph/similarity/telling.py, with the factors that matter most; the others are their kind's.
"""

import argparse
import asyncio
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bench.catalogue import opened
from bench.options import ROOT, folder
from bench.similarity.__main__ import TRUTH
from bench.similarity.truth import BEFORE, Question, halves, questions
from graph.client import Client
from graph.similarity.evidence import EVIDENCE, FADING, FOLLOWING, MANY, MOST, RARE, SAME_FORM
from graph.similarity.telling import TERM_KINDS

TARGET = ROOT / "graph" / "similarity" / "telling.py"
KEPT, USED = 400, 4
STEPS, BATCH, RATE, HELD = 160, 150, 0.04, 1e-3
FIRST, SECOND, TINY = 0.9, 0.999, 1e-8  # Adam's usual numbers

_WORKS = """
MATCH (work:Work) WHERE EXISTS { (work)-[:HAS_TERM]->() }
RETURN work.id, work.kind, toInteger(left(work.released, 4)), coalesce(work.ratingCount, 0),
  work.released < $before, [(work)-[:HAS_TERM]->(term) | term.id],
  EXISTS {
    MATCH (work)-[arm:HAS_RELATION]->()<-[:HAS_RELATION]-(another:Work)
    WHERE another.ratingCount > work.ratingCount
      AND EXISTS { MATCH (:RelationKind {id: arm.kind, continuity: true}) }
  }
"""
_TERMS = """
MATCH (term:Term) WHERE COUNT { (term)<-[:HAS_TERM]-() } >= $used
RETURN term.id, term.kind, 1.0 * COUNT { (:Work) } / COUNT { (term)<-[:HAS_TERM]-() }
ORDER BY term.id
"""
Array = NDArray[np.floating[Any]]
_OF = {each.kind: each for each in EVIDENCE}


class Work(NamedTuple):
    id: str
    kind: str
    year: int | None
    ratings: int
    answer: bool
    terms: Sequence[str]
    led: bool


class Scores(NamedTuple):
    """For each question and candidate: which terms each has, the extent of both, what the other
    evidence scores, and the share of the votes' gain.
    """

    mine: Array
    theirs: Array
    extent: Array
    others: Array
    right: Array

    def step(self, chosen: NDArray[np.int64], weights: Array) -> Array:
        """The gradient of the loss over some questions, by the logarithms of the weights."""
        mine, extent = self.mine[chosen], self.extent[chosen]
        shared = (mine * weights) @ self.theirs.T
        scores = _OF["TERM"].weight * shared / (shared + extent) + self.others[chosen]
        odds = np.exp(scores - scores.max(1, keepdims=True))
        lost = odds / odds.sum(1, keepdims=True) - self.right[chosen]
        lost *= _OF["TERM"].weight * extent / (shared + extent) ** 2 / len(chosen)
        return np.asarray(weights * (mine * (lost @ self.theirs)).sum(0), np.float32)


def learnt(scores: Scores, beginning: Array) -> Array:
    """The factors by which the weights are better than at the beginning."""
    turns = np.random.default_rng(0)
    factors = np.zeros_like(beginning)
    first, second = np.zeros_like(factors), np.zeros_like(factors)
    for step in range(1, STEPS + 1):
        chosen = turns.choice(len(scores.mine), BATCH, replace=False)
        slope = scores.step(chosen, beginning * np.exp(factors)) + 2 * HELD * factors
        first = FIRST * first + (1 - FIRST) * slope
        second = SECOND * second + (1 - SECOND) * slope**2
        size = np.sqrt(second / (1 - SECOND**step)) + TINY
        factors -= RATE * min(1.0, 3 * (1 - step / STEPS)) * first / (1 - FIRST**step) / size
        sys.stderr.write(f"\r{step} of {STEPS} steps")
    sys.stderr.write("\n")
    return np.exp(factors)


def _scores(asked: Sequence[Question], works: Mapping[str, Work], terms: Sequence[str]) -> Scores:
    others = [each for each in works.values() if each.answer and each.ratings]
    places = {each.id: place for place, each in enumerate(others)}
    mine = [works[each.work] for each in asked]
    sizes = [
        np.array([max(len(each.terms), MANY) for each in side], np.float32)
        for side in (mine, others)
    ]
    having = [_having(side, terms) for side in (mine, others)]
    shared = np.maximum(having[0] @ having[1].T, 1)
    right = np.zeros((len(asked), len(others)), np.float32)
    among = np.zeros_like(right)
    for row, each in enumerate(asked):
        for other, votes in each.votes.items():
            if other in places:
                right[row, places[other]] = np.log2(1 + votes)
        among[row, [places[other] for other in each.franchise if other in places]] = -1e9
    return Scores(
        having[0],
        having[1],
        _OF["TERM"].half * np.outer(*sizes) ** np.float32(0.2) * (1 + 3 / shared),
        among + _others(mine, others),
        right / np.maximum(right.sum(1, keepdims=True), 1),
    )


def _having(works: Sequence[Work], terms: Sequence[str]) -> Array:
    places = {term: place for place, term in enumerate(terms)}
    found = np.zeros((len(works), len(terms)), np.float32)
    for row, work in enumerate(works):
        found[row, [places[each] for each in work.terms if each in places]] = 1
    return found


def _others(mine: Sequence[Work], others: Sequence[Work]) -> Array:
    """What ERA and POPULARITY score, as graph.similarity.evidence has it."""
    years = [np.array([each.year or 0 for each in side], np.float32) for side in (mine, others)]
    kinds = [np.array([each.kind for each in side]) for side in (mine, others)]
    apart = np.abs(np.subtract.outer(*years))
    era = (1 - SAME_FORM) * np.exp(-FADING * apart) + SAME_FORM * np.equal.outer(*kinds)
    known = np.log1p([each.ratings for each in others]) / np.log(MOST)
    known *= np.where([each.led for each in others], FOLLOWING, 1)
    return np.asarray(_OF["ERA"].weight * era + _OF["POPULARITY"].weight * known, np.float32)


def _written(terms: Mapping[str, float]) -> str:
    rows = "".join(f'    "{term}": {factor:.2f},\n' for term, factor in terms.items())
    kinds = "".join(f'    "{kind}": {factor},\n' for kind, factor in TERM_KINDS.items())
    return f'''"""How telling a term is that two things share: a factor of its rarity.

Written by `python -m bench.similarity.learn`, from what people recommended; docs/similarity.md.
"""

TERM_KINDS = {{
{kinds}}}
"""Of most terms it is that of their kind."""

TERMS = {{
{rows}}}
"""Of these it is their own."""
'''


async def _learn(data: Path, dumps: Path) -> None:
    async with opened(data, dumps) as engine:
        client = Client(engine.uri, engine.user, engine.password)
        asked, _ = halves(await questions(client, (dumps / TRUTH).read_bytes()))
        rows: Any = await client.read(_WORKS, {"before": BEFORE})
        terms = await client.read(_TERMS, {"used": USED})
        await client.close()
    works = {work.id: work for work in map(Work._make, rows)}
    asked = [each for each in asked if each.work in works]
    rarity = np.log1p(np.minimum([share for _, _, share in terms], RARE))
    beginning = np.asarray([TERM_KINDS[kind] for _, kind, _ in terms] * rarity, np.float32)
    ids = [id_ for id_, *_ in terms]
    scores = _scores(asked, works, ids)
    factors = learnt(scores, beginning)
    matter = np.abs(np.log(factors)) * np.sqrt(scores.theirs.sum(0))
    kept = sorted(np.argsort(-matter)[:KEPT], key=lambda place: ids[place])
    found = {ids[place]: float(factors[place]) * TERM_KINDS[terms[place][1]] for place in kept}
    TARGET.write_text(_written(found))


def main() -> None:
    parser = argparse.ArgumentParser("python -m bench.similarity.learn", description=__doc__)
    parser.add_argument("--dumps", type=Path, required=True, help="folder with the dumps")
    parser.add_argument("--data", type=folder, default=ROOT / ".bench")
    given = parser.parse_args()
    asyncio.run(_learn(given.data, given.dumps))


if __name__ == "__main__":
    main()
