"""Recall and normalised discounted cumulative gain (Jarvelin and Kekalainen) of ten answers."""

from collections.abc import Mapping, Sequence
from math import log2
from statistics import mean
from typing import NamedTuple

AT = 10


class Quality(NamedTuple):
    """Means over questions, 0 to 1."""

    recall: float
    ndcg: float


def quality(answered: Sequence[tuple[Mapping[str, int], Sequence[str]]]) -> Quality:
    """Of the votes for what is right, and the ten answers, best first, for each question."""
    return Quality(
        mean(_recall(votes, answers) for votes, answers in answered),
        mean(_ndcg(votes, answers) for votes, answers in answered),
    )


def _recall(votes: Mapping[str, int], answers: Sequence[str]) -> float:
    return sum(each in votes for each in answers) / len(votes)


def _ndcg(votes: Mapping[str, int], answers: Sequence[str]) -> float:
    gained = [log2(1 + votes.get(each, 0)) for each in answers]
    best = sorted((log2(1 + number) for number in votes.values()), reverse=True)[:AT]
    return _discounted(gained) / _discounted(best)


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / log2(place + 2) for place, gain in enumerate(gains))
