"""What answers take beyond their statements.

An operation is asked of the server, and its statements, with the parameters that the server gives
them, over the bare wire (bench/bolt.py), in turns. The overhead is the difference of the two
medians: all that the server does, the driver's work and a second connection included.
"""

from collections.abc import AsyncIterator, Sequence
from typing import NamedTuple

import orjson

from bench.bolt import Statement, bare
from bench.comparison import cpu, milliseconds, p50, p95
from bench.load import ask
from bench.pages import posted
from bench.questions import Question
from bench.rounds import Length, Measurable, Rounds, Side, Spread, rounds, warm_up
from bench.servers import FILMOGRAPH, Server, running
from bench.targets import shown
from graph.engine import Engine

WHOLE, STATEMENT = "whole", "statement"


class Overhead(NamedTuple):
    """A question, its answer's bytes, and its rounds."""

    name: str
    size: int
    rounds: Rounds

    @property
    def milliseconds(self) -> Spread:
        """The overhead at the median."""
        return self.rounds.difference(WHOLE, STATEMENT, lambda sample: sample.p50 * 1000)

    @property
    def least(self) -> float:
        """Milliseconds; never less than the server's processor time, which the noise of a long
        statement may hide.
        """
        return max(self.milliseconds.median, 1000 * self.rounds.figure(WHOLE, cpu))

    @property
    def row(self) -> str:
        """Of a table in Markdown."""
        figures = [milliseconds(self.rounds.figure(WHOLE, figure)) for figure in (p50, p95, cpu)]
        figures += [milliseconds(self.rounds.figure(STATEMENT, p50)), shown(self.milliseconds)]
        return f"| {self.name} | {self.size:,} | {' | '.join(figures)} |"


async def overheads(
    server: Server, engine: Engine, questions: Sequence[Question], length: Length
) -> AsyncIterator[Overhead]:
    """Of one question after the other."""
    async with running(FILMOGRAPH, engine, FILMOGRAPH_DEVELOPMENT="1") as telling:
        plans = [await _statements(telling, each) for each in questions]
    for question, statements in zip(questions, plans, strict=True):
        yield await _overhead(server, engine, question, statements, length)


async def _overhead(
    server: Server,
    engine: Engine,
    question: Question,
    statements: Sequence[Statement],
    length: Length,
) -> Overhead:
    target = posted(server, [question.body])
    [body] = bodies = await ask(target)
    async with bare(engine, statements) as statement:
        sides: dict[str, Measurable] = {WHOLE: Side(server, target, bodies), STATEMENT: statement}
        await warm_up(sides, 1, length.warm_up)
        return Overhead(question.name, len(body), await rounds(sides, 1, length))


async def _statements(telling: Server, question: Question) -> list[Statement]:
    """What a server that tells its plans asks Neo4j."""
    [body] = await ask(posted(telling, [question.body]))
    steps = orjson.loads(body)["extensions"]["plan"]
    return [Statement(step["statement"], step["parameters"]) for step in steps]
