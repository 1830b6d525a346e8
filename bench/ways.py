"""`make bench-ways`: ways between any two things, and who worked with whom, on the full catalogue.

Every request is asked once, one after the other: pairs of things of each type as chance has them
(the same ones every time), and those with the most ties.
"""

import argparse
import random
import sys
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from typing import Any

import orjson

from bench.catalogue import opened
from bench.latency import Row, rows_listed
from bench.load import Sample, ask, once
from bench.machine import describe
from bench.options import options
from bench.pages import posted
from bench.servers import FILMOGRAPH, Server, run, running
from bench.targets import Target, listed
from graph.client import Client

SEED = 7
WARM_UP = 100
"""So many of each class are asked before those that are measured."""
PAGES = 5
PREAMBLE = """\
Written by `make bench-ways`: one request after the other, each asked once and none answered from
memory, on the full catalogue. Classes are of pairs as chance has them, the same every time; hubs
are the ten of each type with the most ties. Collaborators are those of the people and organizations
with the most credits."""
Pair = tuple[str, str]
PATHS = """query ($a: ID!, $b: ID!) { paths(from: $a, to: $b, first: 3) {
  length steps { text from { id name } to { id name } credit { role { name } } }
} }"""
COLLABORATORS = """query ($id: ID!, $after: String) { node(id: $id) { ... on Contributor {
  collaborators(first: 20, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    edges { count node { id name } together(first: 3) { on { id name } roles { id } } }
  }
} } }"""
TYPES = (
    *("Work", "Segment", "Soundtrack", "Person", "Organization", "Character", "Franchise"),
    "Term",
)
_IDS = "MATCH (n:{label}) RETURN n.id ORDER BY n.id"
_BUSIEST = """MATCH (n:{label})
RETURN n.id ORDER BY COUNT {{ (n)-[:CREDITED|APPEARS_IN|HAS_ENTRY|HAS_SEGMENT]-() }} DESC, n.id
LIMIT $number"""


class Choice:
    """What is asked about: ``number`` of each class."""

    def __init__(self, client: Client, number: int) -> None:
        self.client, self.number = client, number
        self.chance = random.Random(SEED)

    async def pairs(self) -> dict[str, list[Pair]]:
        ids = {label: await self._ids(_IDS, label) for label in TYPES}
        every = [id_ for label in TYPES[:-1] for id_ in self._some(ids[label])]
        hubs = [id_ for label in TYPES for id_ in await self._ids(_BUSIEST, label, number=10)]
        found = {f"{label}, {label}": self._pairs(ids[label], ids[label]) for label in TYPES}
        found["anything, anything"] = self._pairs(every, every)
        found["a term, anything"] = self._pairs(ids["Term"], every)
        found["a hub, anything"] = self._pairs(hubs, every)
        found["a hub, a hub"] = self._pairs(hubs, hubs)
        found["a thing, itself"] = [(each, each) for each in self._some(every)]
        found["nothing, anything"] = [(f"work:{at}?", id_) for at, id_ in enumerate(every)]
        return {title: pairs[: self.number] for title, pairs in found.items()}

    async def busiest(self) -> list[str]:
        return [
            id_
            for label in ("Person", "Organization")
            for id_ in await self._ids(_BUSIEST, label, number=self.number // 2)
        ]

    async def _ids(self, statement: str, label: str, **parameters: int) -> list[str]:
        rows = await self.client.read(f"CYPHER 5 {statement.format(label=label)}", parameters)
        return [id_ for (id_,) in rows]

    def _some(self, ids: Sequence[str]) -> list[str]:
        return self.chance.choices(ids, k=self.number)

    def _pairs(self, one: Sequence[str], other: Sequence[str]) -> list[Pair]:
        return list(zip(self._some(one), self._some(other), strict=True))


def main() -> None:
    parser = options("python -m bench.ways", __doc__, "WAYS.md")
    parser.add_argument("--pairs", type=int, default=200, help="of each class")
    run(_bench(parser.parse_args()))


async def _bench(given: argparse.Namespace) -> None:
    async with opened(given.data, given.dumps) as engine, running(FILMOGRAPH, engine) as server:
        client = Client(engine.uri, engine.user, engine.password)
        choice = Choice(client, given.pairs + WARM_UP)
        ways = [row async for row in _ways(server, await choice.pairs())]
        shared = [row async for row in _collaborators(server, await choice.busiest())]
        await client.close()
        text = "\n".join(_lines(await describe(engine), ways, shared)) + "\n"
    given.results.write_text(text)
    sys.stdout.write(text)


async def _ways(server: Server, pairs: Mapping[str, Sequence[Pair]]) -> AsyncIterator[Row]:
    asked = {title: [_body(PATHS, a=a, b=b) for a, b in each] for title, each in pairs.items()}
    await ask(posted(server, [body for each in asked.values() for body in each[:WARM_UP]]))
    for title, bodies in asked.items():
        yield Row(title, await once(posted(server, bodies[WARM_UP:])))


async def _collaborators(server: Server, ids: Sequence[str]) -> AsyncIterator[Row]:
    """Of those with the most credits, page by page."""
    asked = {id_: _body(COLLABORATORS, id=id_, after=None) for id_ in ids}
    for page in range(1, PAGES + 1):
        target = posted(server, asked.values())
        yield Row(f"collaborators, page {page}", await once(target))
        answers = dict(zip(asked, await ask(target), strict=True))
        asked = {
            id_: _body(COLLABORATORS, id=id_, after=info["endCursor"])
            for id_, info in ((id_, _page_info(answer)) for id_, answer in answers.items())
            if info["hasNextPage"]
        }


def _page_info(answer: bytes) -> Any:
    return orjson.loads(answer)["data"]["node"]["collaborators"]["pageInfo"]


def _body(query: str, **variables: str | None) -> bytes:
    return orjson.dumps({"query": query, "variables": variables})


def _lines(
    machine: Sequence[tuple[str, str]], ways: Sequence[Row], shared: Sequence[Row]
) -> Iterator[str]:
    yield from ("# Ways and collaborators", "", PREAMBLE, "")
    yield from (f"- {name}: {value}" for name, value in machine)
    every = Sample([each for row in ways for each in row.sample.latencies], 0)
    pages = Sample([each for row in shared for each in row.sample.latencies], 0)
    yield from listed(
        (
            Target.most("p50 of all ways, ms", 5, every.p50 * 1000),
            Target.most("p95 of all ways, ms", 50, every.p95 * 1000),
            Target.most("p95 of collaborators, ms", 50, pages.p95 * 1000),
        )
    )
    yield from rows_listed((*ways, *shared))


if __name__ == "__main__":
    main()
