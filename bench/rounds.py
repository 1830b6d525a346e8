"""Rounds: what is compared takes turns, in one run, so that noise hits all of it."""

from collections.abc import Callable, Mapping, Sequence
from statistics import median
from typing import NamedTuple, Protocol

from bench.load import Sample, Target, measure
from bench.servers import Server


class Length(NamedTuple):
    """How many rounds, and the seconds of each measurement and of warming up."""

    rounds: int
    seconds: float
    warm_up: float


class Measurable(Protocol):
    """What can be asked over so many connections, for so many seconds."""

    async def measure(self, connections: int, seconds: float) -> Sample: ...


class Side(NamedTuple):
    """A server, what it is asked, and what it answers to each request."""

    server: Server
    target: Target
    bodies: Sequence[bytes]

    async def measure(self, connections: int, seconds: float) -> Sample:
        before = self.server.cpu
        sample = await measure(self.target, self.bodies, connections, seconds)
        return sample._replace(cpu=self.server.cpu - before)


class Spread(NamedTuple):
    """The median of all rounds, and their range."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        return cls(median(values), min(values), max(values))


Figure = Callable[[Sample], float]


class Rounds(NamedTuple):
    """Each side's sample, round by round."""

    connections: int
    samples: Mapping[str, Sequence[Sample]]

    def figure(self, side: str, figure: Figure) -> float:
        return median(map(figure, self.samples[side]))

    def ratio(self, side: str, other: str, figure: Figure) -> Spread:
        """How many times the other side's a figure is."""
        return self._compared(side, other, lambda left, right: figure(left) / figure(right))

    def difference(self, side: str, other: str, figure: Figure) -> Spread:
        return self._compared(side, other, lambda left, right: figure(left) - figure(right))

    def _compared(
        self, side: str, other: str, compare: Callable[[Sample, Sample], float]
    ) -> Spread:
        pairs = zip(self.samples[side], self.samples[other], strict=True)
        return Spread.of([compare(left, right) for left, right in pairs])


async def warm_up(sides: Mapping[str, Measurable], connections: int, seconds: float) -> None:
    for side in [*sides.values()] * 2:
        await side.measure(connections, seconds / 2)


async def rounds(sides: Mapping[str, Measurable], connections: int, length: Length) -> Rounds:
    """Each side in each round, another one first each time."""
    samples: dict[str, list[Sample]] = {name: [] for name in sides}
    names = [*sides]
    for number in range(length.rounds):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            samples[name].append(await sides[name].measure(connections, length.seconds))
    return Rounds(connections, samples)
