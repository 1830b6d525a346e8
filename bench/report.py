"""The measurements as a page to read."""

from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

from bench.load import Sample
from bench.memory import Growth
from bench.overhead import STATEMENT, WHOLE, Overhead
from bench.pages import BY_HAND, NEO4J_GRAPHQL, OURS
from bench.rounds import Rounds, Side, Spread

PREAMBLE = """\
Written by `make bench`, on the full catalogue: what ships, the whole Bangumi dump and the
anime-offline-database. Every server is one process with one worker, all on one database, warmed
up. They take turns, another one first in each round. A figure is the median of the rounds, a ratio
the median of the rounds' ratios, Filmograph's figure by the other's, with its range. Every answer
is compared with what the same request was answered before."""
OVERHEAD = """\
At one connection. The statement's time is that of the question's statements with their parameters
over the bare wire, all at once, answers read to the end and not decoded (`bench/bolt.py`); the
overhead is what is left, the driver's work included, median of the rounds with its range."""
GROWTH = """\
Questions of which no two are the same (`bench/memory.py`): names, aliases and arguments differ in
all of them, the statement's text in every hundredth, so that Neo4j's planner does not set the
pace."""
LARGE = 10_000
"""Bytes of answers whose overhead has no target."""


class Compared(NamedTuple):
    """A page, the median of its answers' bytes by server, and rounds by number of connections."""

    title: str
    sizes: dict[str, int]
    rounds: Sequence[Rounds]

    @classmethod
    def of(cls, title: str, sides: dict[str, Side], rounds: Sequence[Rounds]) -> "Compared":
        sizes = {name: int(median(map(len, side.bodies))) for name, side in sides.items()}
        return cls(title, sizes, rounds)


class Measured(NamedTuple):
    """All that `make bench` measures."""

    machine: Sequence[tuple[str, str]]
    work_page: Compared
    composers: Compared
    questions: Sequence[Overhead]
    table: Overhead
    growth: Growth


class Target(NamedTuple):
    """What is to be reached, what was found, and whether that is it."""

    what: str
    found: str
    met: bool

    @classmethod
    def most(cls, what: str, limit: float, found: Spread | float) -> "Target":
        value = found.median if isinstance(found, Spread) else found
        return cls(f"{what}: at most {limit:g}", _shown(found), value <= limit)

    @classmethod
    def least(cls, what: str, limit: float, found: Spread) -> "Target":
        return cls(f"{what}: at least {limit:g}", _shown(found), found.median >= limit)


def _shown(found: Spread | float) -> str:
    if isinstance(found, Spread):
        return f"{found.median:.3g} ({found.least:.3g} to {found.most:.3g})"
    return f"{found:.3g}"


def _p50(sample: Sample) -> float:
    return sample.p50


def _rate(sample: Sample) -> float:
    return sample.rate


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"


FIGURES = (
    ("p50", _p50, _milliseconds),
    ("p95", lambda sample: sample.p95, _milliseconds),
    ("answers/s", _rate, "{:,.0f}".format),
    ("processor time", lambda sample: sample.cpu_each, _milliseconds),
)


def render(measured: Measured) -> str:
    return "\n".join(_lines(measured)) + "\n"


def _lines(measured: Measured) -> Iterator[str]:
    yield from ("# Measurements", "", PREAMBLE, "")
    yield from (f"- {name}: {value}" for name, value in measured.machine)
    yield from ("", "## Targets", "", "| target | found | |", "|---|---:|---|")
    yield from (
        f"| {each.what} | {each.found} | {'met' if each.met else '**missed**'} |"
        for each in _targets(measured)
    )
    yield from _compared(measured.work_page)
    yield from _compared(measured.composers)
    yield from ("", "## The questions of the contract", "", OVERHEAD, "")
    yield from _overheads(measured.questions)
    yield from ("", "## A large table", "", *_overheads([measured.table]))
    yield from ("", "## Memory", "", GROWTH, "", *_growth(measured.growth))


def _targets(measured: Measured) -> Iterator[Target]:
    page, sixteen = measured.work_page.rounds
    yield Target.most("Page, p50 by the endpoint by hand's", 1.25, page.ratio(OURS, BY_HAND, _p50))
    yield Target.least(
        "Page, answers/s at 16 connections by its", 0.8, sixteen.ratio(OURS, BY_HAND, _rate)
    )
    yield Target.most(
        f"Page, p50 by {NEO4J_GRAPHQL}'s", 0.35, page.ratio(OURS, NEO4J_GRAPHQL, _p50)
    )
    yield Target.least(
        "Page, answers/s at 16 connections by its", 4, sixteen.ratio(OURS, NEO4J_GRAPHQL, _rate)
    )
    one = measured.composers.rounds[0]
    yield Target.most("Question 01, p50 by the one by hand's", 2, one.ratio(OURS, BY_HAND, _p50))
    yield Target.least(
        f"Question 01, times faster than {NEO4J_GRAPHQL}",
        100,
        one.ratio(NEO4J_GRAPHQL, OURS, _p50),
    )
    small = [each for each in measured.questions if each.size < LARGE]
    worst = max(small, key=lambda each: each.milliseconds.median)
    yield Target.most(
        f"Overhead under {LARGE:,} bytes, the worst ({worst.name}), ms", 0.5, worst.milliseconds
    )
    table = measured.table.rounds.figure(WHOLE, _p50)
    yield Target.most(f"{measured.table.name}, p50, ms", 3, table * 1000)
    yield Target.most(
        f"Memory after {measured.growth.questions:,} different questions, MB",
        200,
        measured.growth.most / 1e6,
    )


def _compared(compared: Compared) -> Iterator[str]:
    peers = [name for name in compared.sizes if name != OURS]
    sizes = ", ".join(f"{name} {size:,} bytes" for name, size in compared.sizes.items())
    count = len(compared.rounds[0].samples[OURS])
    yield from ("", f"## {compared.title}", "", f"Answers: {sizes}. {count} rounds.", "")
    yield f"| connections | | {OURS} | {' | '.join(f'{name} | ratio' for name in peers)} |"
    yield f"|---:|---|---:|{'---:|---:|' * len(peers)}"
    for rounds in compared.rounds:
        for name, figure, shown in FIGURES:
            cells = [str(rounds.connections), name, shown(rounds.figure(OURS, figure))]
            for peer in peers:
                ratio = _shown(rounds.ratio(OURS, peer, figure))
                cells += [shown(rounds.figure(peer, figure)), ratio]
            yield f"| {' | '.join(cells)} |"


def _overheads(found: Sequence[Overhead]) -> Iterator[str]:
    yield "| question | bytes | p50 | p95 | processor time | statement's p50 | overhead, ms |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for each in found:
        shown = [_milliseconds(each.rounds.figure(WHOLE, _p50))]
        shown += [_milliseconds(each.rounds.figure(WHOLE, lambda sample: sample.p95))]
        shown += [_milliseconds(each.rounds.figure(WHOLE, lambda sample: sample.cpu_each))]
        shown += [_milliseconds(each.rounds.figure(STATEMENT, _p50)), _shown(each.milliseconds)]
        yield f"| {each.name} | {each.size:,} | {' | '.join(shown)} |"


def _growth(growth: Growth) -> Iterator[str]:
    yield "| before | at most | after |"
    yield "|---:|---:|---:|"
    sizes = (growth.before, growth.most, growth.after)
    yield f"| {' | '.join(f'{each / 1e6:.0f} MB' for each in sizes)} |"
