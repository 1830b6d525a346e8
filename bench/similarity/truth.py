"""What people recommended to those who like a work, as a question and the answers that are right.

The file is a list of {work, similar: [[Bangumi id, votes], ...]}. It is measured with and learnt
from, never imported and never shipped.
"""

import gzip
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

import orjson

from graph.client import Client

BEFORE = "2022-09"
"""The recommendations were collected then: nobody could recommend what came later."""
VOTES, WORKS = 2, 3
"""Who recommends alone may err; and a question needs so many right answers."""

_WORKS = """
MATCH (work:Work)
RETURN work.id, work.released, coalesce(work.ratingCount, 0),
  [(work)-[:HAS_EXTERNAL_ID]->(id) WHERE id.site = 'bangumi' | toInteger(id.externalId)],
  [(work)<-[:HAS_ENTRY]-(franchise) | franchise.id]
"""
_TIES = """
MATCH (one:Work)-[arm:HAS_RELATION]->()<-[:HAS_RELATION]-(another:Work)
MATCH (:RelationKind {id: arm.kind, continuity: true})
RETURN DISTINCT one.id, another.id
"""


class Question(NamedTuple):
    """A work, how many people rated it, its whole franchise (itself too), and the votes for what
    is similar to it. The ``held`` half is not learnt from.
    """

    work: str
    ratings: int
    franchise: frozenset[str]
    votes: Mapping[str, int]
    held: bool


async def questions(client: Client, file: bytes) -> list[Question]:
    """Those of the file that the graph knows enough about."""
    rows = await client.read(_WORKS)
    known = {bangumi: id_ for id_, _, _, ids, _ in rows for bangumi in ids}
    released = {id_: date or "" for id_, date, *_ in rows}
    ratings = {id_: number for id_, _, number, *_ in rows}
    lines = [(id_, line) for id_, *_, franchises in rows for line in franchises]
    franchises = _together([*lines, *await client.read(_TIES)])
    found = []
    for given in orjson.loads(gzip.decompress(file)):
        if (work := known.get(given["work"])) is None:
            continue
        franchise = franchises.get(work, frozenset({work}))
        votes: dict[str, int] = defaultdict(int)
        for bangumi, number in given["similar"]:
            other = known.get(bangumi)
            if other and number >= VOTES and other not in franchise:
                votes[other] = max(number, votes[other])
        right = {other: number for other, number in votes.items() if "" < released[other] < BEFORE}
        if len(right) >= WORKS:
            held = bool(sha256(str(given["work"]).encode()).digest()[0] % 2)
            found.append(Question(work, ratings[work], franchise, right, held))
    return found


def _together(pairs: Iterable[Sequence[str]]) -> dict[str, frozenset[str]]:
    """Each end of the pairs, with all that it is tied to over any number of them."""
    groups: dict[str, set[str]] = {}
    for one, another in pairs:
        joined = groups.get(one, {one}) | groups.get(another, {another})
        groups |= dict.fromkeys(joined, joined)
    return {each: frozenset(group) for each, group in groups.items()}


def halves(asked: Iterable[Question]) -> Iterator[list[Question]]:
    """What may be learnt from, and what is held back."""
    asked = list(asked)
    for held in (False, True):
        yield [each for each in asked if each.held == held]
