"""`make bench`: from question to answer on the full catalogue, beside peers, in one run."""

import argparse
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

from bench.catalogue import opened, say
from bench.comparison import Comparison, compare
from bench.machine import describe
from bench.memory import growth
from bench.options import options
from bench.overhead import Overhead, overheads
from bench.pages import Page, Servers, composers, work_page
from bench.questions import Question, contract
from bench.report import Measured
from bench.rounds import Length
from bench.servers import FILMOGRAPH, HANDWRITTEN, NEO4J_GRAPHQL, run, running
from bench.table import table
from bench.widgets import widgets
from bench.works import chosen
from graph.client import Client
from graph.engine import Engine

WIDGETS = 500
"""So many works are asked for what is similar."""


def main() -> None:
    parser = options("python -m bench", __doc__, "RESULTS.md")
    parser.add_argument("--queries", type=int, default=100_000, help="different ones, for memory")
    run(_bench(parser.parse_args()))


async def _bench(given: argparse.Namespace) -> None:
    async with opened(given.data, given.dumps) as engine:
        text = (await Bench(engine, given).measured()).render()
    given.results.write_text(text)
    sys.stdout.write(text)


class Bench:
    def __init__(self, engine: Engine, given: argparse.Namespace) -> None:
        self.engine = engine
        self.length = Length(given.rounds, given.seconds, given.warm_up)
        self.works, self.queries = given.works, given.queries

    async def measured(self) -> Measured:
        client = Client(self.engine.uri, self.engine.user, self.engine.password)
        ids = await chosen(client, self.works)
        large = await table(client)
        async with self._servers() as servers:
            work = await self._compared(work_page(ids), servers)
            people = await self._compared(composers(), servers)
        *questions, rows = await self._overheads([*contract(), large])
        async with running(FILMOGRAPH, self.engine) as server:
            say("Similar, recommended, related and found: measuring")
            asides = await widgets(server, client, await chosen(client, WIDGETS))
        async with running(FILMOGRAPH, self.engine) as server:
            say(f"Memory: {self.queries:,} different questions")
            grown = await growth(server, ids, self.queries)
        await client.close()
        machine = await describe(self.engine)
        return Measured(machine, work, people, questions, rows, asides, grown)

    @asynccontextmanager
    async def _servers(self) -> AsyncIterator[Servers]:
        async with AsyncExitStack() as stack:
            commands = (FILMOGRAPH, HANDWRITTEN, NEO4J_GRAPHQL)
            yield Servers(
                *[await stack.enter_async_context(running(each, self.engine)) for each in commands]
            )

    async def _compared(self, page: Page, servers: Servers) -> Comparison:
        say(f"{page.title}: measuring")
        found = await compare(page.title, await page.sides(servers), self.length)
        say("\n".join(found.listed()))
        return found

    async def _overheads(self, questions: Sequence[Question]) -> list[Overhead]:
        found = []
        brief = self.length._replace(seconds=self.length.seconds / 2, warm_up=self.length.seconds)
        async with running(FILMOGRAPH, self.engine) as server:
            async for each in overheads(server, self.engine, questions, brief):
                say(each.row)
                found.append(each)
        return found


if __name__ == "__main__":
    main()
