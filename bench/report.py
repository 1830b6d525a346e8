"""The measurements as a page to read."""

from collections.abc import Callable, Iterator, Sequence
from statistics import median
from typing import NamedTuple

from bench.load import Sample

TARGET = 4.0
PREAMBLE = """\
Written by `make bench`. Filmograph's server beside an endpoint written by hand that sends one
statement for the same page and returns its record (`bench/peers`). Each is one process with one
worker; both are on the same database and warmed up; their answers are checked to state the same.
The two take turns; each number is the median of all rounds, each ratio the median of the rounds'
ratios (how many times worse Filmograph is), with its range."""


class Figure(NamedTuple):
    """Something that is measured. `slower(filmograph, peer)` is how many times worse we are."""

    name: str
    of: Callable[[Sample], float]
    shown: Callable[[float], str]
    slower: Callable[[float, float], float]


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"


FIGURES = (
    Figure("p50", lambda sample: sample.p50, _milliseconds, lambda ours, theirs: ours / theirs),
    Figure("p95", lambda sample: sample.p95, _milliseconds, lambda ours, theirs: ours / theirs),
    Figure("requests/s", lambda sample: sample.rate, "{:.0f}".format, lambda o, t: t / o),
)


class Comparison(NamedTuple):
    """A page on so many connections: Filmograph's sample and the peer's, round by round."""

    page: str
    connections: int
    size: int
    rounds: list[tuple[Sample, Sample]]

    def row(self, figure: Figure) -> str:
        pairs = [(figure.of(ours), figure.of(theirs)) for ours, theirs in self.rounds]
        ours, theirs = (figure.shown(median(side)) for side in zip(*pairs, strict=True))
        ratios = sorted(figure.slower(*pair) for pair in pairs)
        spread = f"{ratios[0]:.2f}-{ratios[-1]:.2f}"
        cells = self.connections, figure.name, ours, theirs, f"{median(ratios):.2f}", spread
        return f"| {' | '.join(map(str, cells))} |"

    def ratio(self, figure: Figure) -> float:
        return median(
            figure.slower(figure.of(ours), figure.of(theirs)) for ours, theirs in self.rounds
        )


def render(
    machine: Sequence[tuple[str, str]], comparisons: Sequence[Comparison], ours: int, theirs: int
) -> str:
    """Markdown; `ours` and `theirs` are the servers' resident bytes."""
    return "\n".join(_lines(machine, comparisons, ours, theirs)) + "\n"


def _lines(
    machine: Sequence[tuple[str, str]], comparisons: Sequence[Comparison], ours: int, theirs: int
) -> Iterator[str]:
    yield "# Measurements"
    yield ""
    yield PREAMBLE
    yield ""
    for name, value in machine:
        yield f"- {name}: {value}"
    for page in dict.fromkeys(each.page for each in comparisons):
        chosen = [each for each in comparisons if each.page == page]
        yield ""
        yield f"## {page}"
        yield ""
        yield f"{chosen[0].size:,} bytes of answer; {len(chosen[0].rounds)} rounds."
        yield ""
        yield "| connections | | Filmograph | by hand | ratio | range |"
        yield "|---:|---|---:|---:|---:|---:|"
        yield from (each.row(figure) for each in chosen for figure in FIGURES)
    worst = max(each.ratio(figure) for each in comparisons for figure in FIGURES)
    verdict = "met" if worst <= TARGET else "missed"
    yield ""
    yield "## Beside the target"
    yield ""
    yield f"Within {TARGET:.0f}x of the endpoint written by hand: {verdict} (at most {worst:.2f}x)."
    yield ""
    yield f"Resident memory: Filmograph {ours / 1e6:.0f} MB, by hand {theirs / 1e6:.0f} MB."
