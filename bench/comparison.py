"""A page as several servers answer it."""

from collections.abc import Iterator, Mapping, Sequence
from statistics import median
from typing import NamedTuple

from bench.load import Sample
from bench.rounds import Length, Rounds, Side, rounds, warm_up
from bench.targets import shown

MANY = 16


def p50(sample: Sample) -> float:
    return sample.p50


def p95(sample: Sample) -> float:
    return sample.p95


def rate(sample: Sample) -> float:
    return sample.rate


def cpu(sample: Sample) -> float:
    return sample.cpu_each


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"


FIGURES = (
    ("p50", p50, milliseconds),
    ("p95", p95, milliseconds),
    ("answers/s", rate, "{:,.0f}".format),
    ("processor time", cpu, milliseconds),
)


class Comparison(NamedTuple):
    """A page, the median of its answers' bytes by server, and rounds by number of connections.
    All servers are compared with the first.
    """

    title: str
    sizes: Mapping[str, int]
    rounds: Sequence[Rounds]

    @classmethod
    def of(cls, title: str, sides: Mapping[str, Side], rounds: Sequence[Rounds]) -> "Comparison":
        sizes = {name: int(median(map(len, side.bodies))) for name, side in sides.items()}
        return cls(title, sizes, rounds)

    def listed(self) -> Iterator[str]:
        """As a section of a page."""
        first, *others = self.sizes
        sizes = ", ".join(f"{name} {size:,} bytes" for name, size in self.sizes.items())
        count = len(self.rounds[0].samples[first])
        yield from ("", f"## {self.title}", "", f"Answers: {sizes}. {count} rounds.", "")
        yield f"| connections | | {first} | {' | '.join(f'{name} | ratio' for name in others)} |"
        yield f"|---:|---|---:|{'---:|---:|' * len(others)}"
        for each in self.rounds:
            for name, figure, written in FIGURES:
                cells = [str(each.connections), name, written(each.figure(first, figure))]
                for other in others:
                    ratio = shown(each.ratio(first, other, figure))
                    cells += [written(each.figure(other, figure)), ratio]
                yield f"| {' | '.join(cells)} |"


async def compare(title: str, sides: Mapping[str, Side], length: Length) -> Comparison:
    """Warm the servers up, then measure them one by one and with MANY connections."""
    await warm_up(sides, MANY, length.warm_up)
    return Comparison.of(
        title, sides, [await rounds(sides, number, length) for number in (1, MANY)]
    )
