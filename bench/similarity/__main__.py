"""`make bench-similar`: how well `similar` finds what people recommend, asked through the API.

The numbers of the formula are learnt from one half of the questions (bench/similarity/learn.py);
what is reported is the other half, but where it says otherwise.
"""

import argparse
import sys
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import quantiles
from typing import NamedTuple

import orjson

from bench.catalogue import opened
from bench.load import ask
from bench.machine import describe
from bench.options import options
from bench.pages import posted
from bench.servers import FILMOGRAPH, Server, run, running
from bench.similarity.baselines import Baselines
from bench.similarity.quality import AT, Quality, quality
from bench.similarity.truth import BEFORE, Question, halves, questions
from bench.targets import Target, listed
from graph.client import Client
from graph.similarity.evidence import EVIDENCE

TRUTH = "similar-works-dev.json.gz"
LEAST = 0.2
_QUERY = """query ($id: ID!, $first: Int!, $before: PartialDate!, $franchise: [ID!]!,
  $weights: SimilarityWeights) {
  work(id: $id) { similar(first: $first, where: {released: {lt: $before}}, exclude: $franchise,
    weights: $weights) { edges { node { id } } } }
}"""
PREAMBLE = f"""\
Written by `make bench-similar`: each work of `{TRUTH}` is asked through the API for the {AT} most
similar ones that came out before {BEFORE}, its whole franchise left out. Right is what two people
or more recommended to those who like it; a question has at least three right answers. Recall is
the share of those among the {AT}, gain is log2(1 + votes). The numbers of the formula are learnt
from one half of the questions (`python -m bench.similarity.learn`); the figures are those of the
other half where nothing else is said."""

Weights = Mapping[str, float]


class Row(NamedTuple):
    """A line of a table."""

    what: str
    number: int
    found: Quality


class Bench(NamedTuple):
    """Where the questions are asked."""

    server: Server
    learnt: Sequence[Question]
    held: Sequence[Question]

    async def row(self, what: str, asked: Sequence[Question], weights: Weights) -> Row:
        bodies = [
            orjson.dumps({"query": _QUERY, "variables": _variables(each, weights)})
            for each in asked
        ]
        answers = await ask(posted(self.server, bodies))
        found = [_ids(answer) for answer in answers]
        pairs = [(each.votes, ids) for each, ids in zip(asked, found, strict=True)]
        return Row(what, len(asked), quality(pairs))


def main() -> None:
    parser = options("python -m bench.similarity", __doc__, "SIMILAR.md")
    run(_bench(parser.parse_args()))


async def _bench(given: argparse.Namespace) -> None:
    async with opened(given.data, given.dumps) as engine, running(FILMOGRAPH, engine) as server:
        client = Client(engine.uri, engine.user, engine.password)
        try:
            learnt, held = halves(await questions(client, (given.dumps / TRUTH).read_bytes()))
            simple = _simple(await Baselines.of(client), held)
        finally:
            await client.close()
        bench = Bench(server, learnt, held)
        tables = [
            ("All", [*simple, *[row async for row in _whole(bench)]]),
            ("By how many people rated the work that is asked", await _bands(bench)),
            ("With more and more kinds of evidence", await _growing(bench)),
            ("Without one kind of evidence", await _lacking(bench)),
        ]
        text = "\n".join(_lines(await describe(engine), tables)) + "\n"
    given.results.write_text(text)
    sys.stdout.write(text)


def _simple(baselines: Baselines, asked: Sequence[Question]) -> Iterator[Row]:
    for name, way in baselines.ways.items():
        pairs = [(each.votes, baselines.answers(way, each)) for each in asked]
        yield Row(name, len(asked), quality(pairs))


async def _whole(bench: Bench) -> AsyncIterator[Row]:
    yield await bench.row("`similar`", bench.held, {})
    yield await bench.row("`similar`, the half learnt from", bench.learnt, {})
    yield await bench.row("`similar`, popularity off", bench.held, {"popularity": 0})


async def _bands(bench: Bench) -> list[Row]:
    """A quarter of the questions each."""
    bounds = [0, *quantiles((each.ratings for each in bench.held), n=4), float("inf")]
    rows = []
    for least, most in pairwise(bounds):
        asked = [each for each in bench.held if least <= each.ratings < most]
        rows.append(await bench.row(f"{least:,.0f} and more", asked, {}))
    return rows


async def _growing(bench: Bench) -> list[Row]:
    """Each kind added to those before it, the most telling first."""
    order = sorted(EVIDENCE, key=lambda each: -each.weight)
    rows = []
    for number in range(1, len(order) + 1):
        off = {each.key: 0.0 for each in order[number:]}
        rows.append(await bench.row(f"+ {order[number - 1].kind}", bench.held, off))
    return rows


async def _lacking(bench: Bench) -> list[Row]:
    return [await bench.row(f"no {each.kind}", bench.held, {each.key: 0.0}) for each in EVIDENCE]


def _variables(asked: Question, weights: Weights) -> dict[str, object]:
    return {
        "id": asked.work,
        "first": AT,
        "before": BEFORE,
        "franchise": sorted(asked.franchise),
        "weights": weights,
    }


def _ids(answer: bytes) -> list[str]:
    edges = orjson.loads(answer)["data"]["work"]["similar"]["edges"]
    return [edge["node"]["id"] for edge in edges]


def _lines(
    machine: Sequence[tuple[str, str]], tables: Sequence[tuple[str, Sequence[Row]]]
) -> Iterator[str]:
    yield from ("# How well it finds what people recommend", "", PREAMBLE, "")
    yield from (f"- {name}: {value}" for name, value in machine)
    found = {row.what: row.found for _, rows in tables for row in rows}["`similar`"]
    yield from listed(
        [
            Target.least(f"recall@{AT}", LEAST, found.recall),
            Target.least(f"nDCG@{AT}", LEAST, found.ndcg),
        ]
    )
    for title, rows in tables:
        yield from ("", f"## {title}", "", f"| | questions | recall@{AT} | nDCG@{AT} |")
        yield "|---|---:|---:|---:|"
        for what, number, measured in rows:
            yield f"| {what} | {number:,} | {measured.recall:.3f} | {measured.ndcg:.3f} |"


if __name__ == "__main__":
    main()
