"""`make bench`: from question to answer on the full catalogue, beside peers, in one run."""

import argparse
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace

from bench.catalogue import imported
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
from bench.works import chosen
from graph.client import Client
from graph.engine import Engine, open_engine
from graph.settings import Settings


def main() -> None:
    parser = options("python -m bench", __doc__, "RESULTS.md")
    parser.add_argument("--queries", type=int, default=100_000, help="different ones, for memory")
    run(_bench(parser.parse_args()))


async def _bench(given: argparse.Namespace) -> None:
    data = given.data.absolute()
    await imported(data, given.dumps)
    settings = replace(Settings.from_environment(), data=data, neo4j_uri=None)
    async with open_engine(settings, _say) as engine:
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
        await client.close()
        async with self._servers() as servers:
            work = await self._compared(work_page(ids), servers)
            people = await self._compared(composers(), servers)
        *questions, rows = await self._overheads([*contract(), large])
        async with running(FILMOGRAPH, self.engine) as server:
            _say(f"Memory: {self.queries:,} different questions")
            grown = await growth(server, ids, self.queries)
        return Measured(await describe(self.engine), work, people, questions, rows, grown)

    @asynccontextmanager
    async def _servers(self) -> AsyncIterator[Servers]:
        async with AsyncExitStack() as stack:
            commands = (FILMOGRAPH, HANDWRITTEN, NEO4J_GRAPHQL)
            yield Servers(
                *[await stack.enter_async_context(running(each, self.engine)) for each in commands]
            )

    async def _compared(self, page: Page, servers: Servers) -> Comparison:
        _say(f"{page.title}: measuring")
        found = await compare(page.title, await page.sides(servers), self.length)
        _say("\n".join(found.listed()))
        return found

    async def _overheads(self, questions: Sequence[Question]) -> list[Overhead]:
        found = []
        brief = self.length._replace(seconds=self.length.seconds / 2, warm_up=self.length.seconds)
        async with running(FILMOGRAPH, self.engine) as server:
            async for each in overheads(server, self.engine, questions, brief):
                _say(each.row)
                found.append(each)
        return found


def _say(message: str) -> None:
    sys.stderr.write(f"{message}\n")


if __name__ == "__main__":
    main()
