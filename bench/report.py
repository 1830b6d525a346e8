"""The measurements as a page to read."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bench.comparison import Comparison, p50, rate
from bench.latency import Row, rows_listed
from bench.memory import Growth
from bench.overhead import WHOLE, Overhead
from bench.pages import BY_HAND, NEO4J_GRAPHQL, OURS
from bench.targets import Target, listed
from bench.widgets import targets

PREAMBLE = """\
Written by `make bench`, on the full catalogue: what ships, the whole Bangumi dump and the
anime-offline-database. Every server is one process with one worker, all on one database, warmed
up. They take turns, another one first in each round. A figure is the median of the rounds, a ratio
the median of the rounds' ratios, Filmograph's figure by the other's, with its range. Every answer
is compared with what the same request was answered before. `make bench-tenfold` asks the same of a
catalogue ten times as large, and writes `bench/TENFOLD.md`."""
OVERHEAD = """\
At one connection. The statement's time is that of the question's statements with their parameters
over the bare wire, all at once, answers read to the end and not decoded (`bench/bolt.py`); the
overhead is what is left, the driver's work included, median of the rounds with its range. The noise
of a long statement may hide it; for the target it is never less than the processor time."""
TABLE = """\
A hundred works by their ids, ten credits of each, of a credit ten fields."""
WIDGETS = """\
What sites ask beside their own pages, with all reasons: each request once, one after the other, at
one connection; works are as many of each band of popularity. In Cypher is the statement alone over
the driver, without reasons, names in languages, or what is not safe for work left out."""
GROWTH = """\
Resident memory while questions are asked of which no two are the same (`bench/memory.py`): names,
aliases and arguments differ in all of them, the statement's text in few, so that Neo4j's planner
does not set the pace."""
LARGE = 10_000
"""Bytes of answers whose overhead has no target."""
MOST_OVERHEAD = 0.5
"""Milliseconds."""


class Measured(NamedTuple):
    """All that `make bench` measures."""

    machine: Sequence[tuple[str, str]]
    work_page: Comparison
    composers: Comparison
    questions: Sequence[Overhead]
    table: Overhead
    widgets: Sequence[Row]
    growth: Growth

    def render(self) -> str:
        """As Markdown."""
        return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        yield from ("# Measurements", "", PREAMBLE, "")
        yield from (f"- {name}: {value}" for name, value in self.machine)
        yield from listed(self._targets())
        yield from self.work_page.listed()
        yield from self.composers.listed()
        yield from ("", "## The questions of the contract", "", OVERHEAD, "")
        yield from _overheads(self.questions)
        yield from ("", "## A large table", "", TABLE, "", *_overheads([self.table]))
        yield from ("", "## Similar, recommended, related and found", "", WIDGETS)
        yield from rows_listed(self.widgets)
        yield from ("", "## Memory", "", GROWTH, "", *_growth(self.growth))

    def _targets(self) -> Iterator[Target]:
        one, sixteen = self.work_page.rounds
        by_hand, neo4j = f"the page, by that {BY_HAND}", f"the page, by {NEO4J_GRAPHQL}'s"
        yield Target.most(f"p50 of {by_hand}", 1.25, one.ratio(OURS, BY_HAND, p50))
        yield Target.least(
            f"answers/s at 16 connections of {by_hand}", 0.8, sixteen.ratio(OURS, BY_HAND, rate)
        )
        yield Target.most(f"p50 of {neo4j}", 0.35, one.ratio(OURS, NEO4J_GRAPHQL, p50))
        yield Target.least(
            f"answers/s at 16 connections of {neo4j}", 4, sixteen.ratio(OURS, NEO4J_GRAPHQL, rate)
        )
        alone = self.composers.rounds[0]
        yield Target.most("p50 of question 01, by that by hand", 2, alone.ratio(OURS, BY_HAND, p50))
        yield Target.least(
            f"p50 of question 01 of {NEO4J_GRAPHQL}, by Filmograph's",
            100,
            alone.ratio(NEO4J_GRAPHQL, OURS, p50),
        )
        yield self._overhead()
        table = self.table.rounds.figure(WHOLE, p50) * 1000
        yield Target.most(f"p50 of {self.table.name}, ms", 3, table)
        yield from targets(self.widgets)
        grown = self.growth
        yield Target.most(
            f"memory over {grown.questions:,} different questions, MB", 200, grown.most / 1e6
        )

    def _overhead(self) -> Target:
        small = [each for each in self.questions if each.size < LARGE]
        within = [each for each in small if each.least <= MOST_OVERHEAD]
        what = f"questions under {LARGE:,} bytes with an overhead of at most {MOST_OVERHEAD} ms"
        return Target.least(what, len(small), len(within))


def _overheads(found: Sequence[Overhead]) -> Iterator[str]:
    yield "| question | bytes | p50 | p95 | processor time | statement's p50 | overhead, ms |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    yield from (each.row for each in found)


def _growth(growth: Growth) -> Iterator[str]:
    yield "| questions | before | at most | after |"
    yield "|---:|---:|---:|---:|"
    sizes = " | ".join(f"{each / 1e6:.0f} MB" for each in growth[1:])
    yield f"| {growth.questions:,} | {sizes} |"
