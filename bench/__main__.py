"""`make bench`: Filmograph beside a peer written by hand, in one run on one database."""

import argparse
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import uvloop

from bench.load import Sample, Target, measure
from bench.machine import describe
from bench.pages import PAGES, Page, checked
from bench.report import Comparison, render
from bench.servers import FILMOGRAPH, HANDWRITTEN, running
from graph.engine import Engine, open_engine
from graph.settings import Settings

RESULTS = Path(__file__).with_name("RESULTS.md")
CONNECTIONS = (1, 16)


class Side(NamedTuple):
    """A server's way to a page, and what it answers."""

    target: Target
    body: bytes

    async def measure(self, connections: int, seconds: float) -> Sample:
        return await measure(self.target, self.body, connections, seconds)


class Length(NamedTuple):
    """How many rounds, and the seconds of each measurement and of warming a server up."""

    rounds: int
    seconds: float
    warm_up: float


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--seconds", type=float, default=2.0, help="of each measurement")
    parser.add_argument("--warm-up", type=float, default=15.0, help="seconds for each server")
    given = parser.parse_args()
    uvloop.run(_bench(Length(given.rounds, given.seconds, given.warm_up)))


async def _bench(length: Length) -> None:
    with tempfile.TemporaryDirectory(prefix="filmograph-bench-") as folder:
        settings = replace(Settings.from_environment(), data=Path(folder), neo4j_uri=None)
        async with open_engine(settings, _say) as engine:
            text = await _measured(engine, length)
    RESULTS.write_text(text)
    sys.stdout.write(text)


async def _measured(engine: Engine, length: Length) -> str:
    async with running(FILMOGRAPH, engine) as ours, running(HANDWRITTEN, engine) as theirs:
        machine = await describe(engine)
        comparisons: list[Comparison] = []
        for page in PAGES:
            targets = page.of_filmograph(ours.port), page.of_peer(theirs.port)
            bodies = await checked(page, *targets)
            ours_, theirs_ = (Side(*each) for each in zip(targets, bodies, strict=True))
            comparisons += await _compared(page, (ours_, theirs_), length)
        return render(machine, comparisons, ours.memory, theirs.memory)


async def _compared(page: Page, sides: tuple[Side, Side], length: Length) -> list[Comparison]:
    """The rounds of a page, with each number of connections. The sides take turns at being first,
    so that noise hits both.
    """
    _say(f"{page.title}: warming up")
    for side in (*sides, *sides):
        await side.measure(max(CONNECTIONS), length.warm_up / 2)
    comparisons = []
    for connections in CONNECTIONS:
        pairs = []
        for number in range(length.rounds):
            _say(f"{page.title}: {connections} connections, round {number + 1}")
            order = sides if number % 2 == 0 else sides[::-1]
            samples = {side: await side.measure(connections, length.seconds) for side in order}
            pairs.append((samples[sides[0]], samples[sides[1]]))
        comparisons.append(Comparison(page.title, connections, len(sides[0].body), pairs))
    return comparisons


def _say(message: str) -> None:
    sys.stderr.write(f"{message}\n")


if __name__ == "__main__":
    main()
