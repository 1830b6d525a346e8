"""`make bench-tenfold`: the same pages on a catalogue ten times as large.

The larger one has the Bangumi dump ten times, with ids and names of their own for every copy
(bench/imports/dump.py); the works that are asked for are the dump's own in both. Importing it takes
about an hour, once.
"""

import argparse
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

from bench.catalogue import DUMPS, imported, say
from bench.comparison import Comparison, compare, p50
from bench.imports.dump import multiply
from bench.load import ask
from bench.machine import describe
from bench.options import options
from bench.pages import Page, composers, posted, work_page
from bench.rounds import Length, Side
from bench.servers import FILMOGRAPH, Server, run, running
from bench.targets import Target, listed
from bench.works import chosen
from graph.client import Client
from graph.engine import Engine, open_engine
from graph.settings import Settings

TIMES, LIMIT = 10, 1.2
LARGE, FULL = "ten-fold", "full"
PREAMBLE = """\
Written by `make bench-tenfold`: two servers, each with an embedded engine of its own, one on the
full catalogue and one on that with the Bangumi dump ten times, copies with ids and names of their
own (`bench/imports/dump.py`). They take turns; a ratio is the larger one's figure by the
other's."""


def main() -> None:
    parser = options("python -m bench.tenfold", __doc__, "TENFOLD.md")
    parser.add_argument("--times", type=int, default=TIMES, help="how often the larger has it")
    run(_bench(parser.parse_args()))


async def _bench(given: argparse.Namespace) -> None:
    data = given.data
    large = data / f"times-{given.times}"
    await imported(data, given.dumps)
    await imported(large, _multiplied(given.dumps, given.times, large))
    length = Length(given.rounds, given.seconds, given.warm_up)
    async with AsyncExitStack() as stack:
        engines = {
            name: await stack.enter_async_context(open_engine(_settings(folder), say))
            for name, folder in ((LARGE, large), (FULL, data))
        }
        servers = {
            name: await stack.enter_async_context(running(FILMOGRAPH, engine))
            for name, engine in engines.items()
        }
        pages = [work_page(await _chosen(engines[FULL], given.works)), composers()]
        found = [await compare(each.title, await _sides(each, servers), length) for each in pages]
        text = "\n".join(_lines(await describe(engines[LARGE]), found)) + "\n"
    given.results.write_text(text)
    sys.stdout.write(text)


def _settings(folder: Path) -> Settings:
    return replace(Settings.from_environment(), data=folder, neo4j_uri=None)


def _multiplied(dumps: Path, times: int, folder: Path) -> Path:
    """A folder with the dumps of the larger catalogue."""
    target = folder / "dumps"
    target.mkdir(parents=True, exist_ok=True)
    archive, *others = DUMPS
    for name in others:
        shutil.copyfile(dumps / name, target / name)
    if not (target / archive).exists():
        say(f"Writing the dump {times} times")
        multiply(dumps / archive, times, target / "unfinished")
        (target / "unfinished").rename(target / archive)
    return target


async def _chosen(engine: Engine, number: int) -> list[str]:
    client = Client(engine.uri, engine.user, engine.password)
    try:
        return await chosen(client, number)
    finally:
        await client.close()


async def _sides(page: Page, servers: Mapping[str, Server]) -> dict[str, Side]:
    targets = {name: posted(server, page.ours) for name, server in servers.items()}
    return {
        name: Side(servers[name], target, await ask(target)) for name, target in targets.items()
    }


def _lines(machine: Sequence[tuple[str, str]], found: Sequence[Comparison]) -> Iterator[str]:
    yield from ("# Ten times as much", "", PREAMBLE, "")
    yield from (f"- {name}: {value}" for name, value in machine)
    yield from listed(
        Target.most(f"p50 of: {each.title}", LIMIT, each.rounds[0].ratio(LARGE, FULL, p50))
        for each in found
    )
    for each in found:
        yield from each.listed()


if __name__ == "__main__":
    main()
