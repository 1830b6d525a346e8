"""What sites ask beside their own pages: similar, recommended and related things, and names.

Every request is asked once, one after the other, after some others of its kind. What is asked for
is the same in every run.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from time import perf_counter

import orjson

from bench.latency import Row
from bench.load import Sample, ask, once
from bench.pages import posted
from bench.servers import Server
from bench.targets import Target
from graph.client import Client

SEED = 7
LIKES = 5
WARM_UP = 150
"""So many are asked before those that are measured."""
NUMBER = 300
"""Of lists of likes, of franchises, and of texts of each kind."""

SIMILAR, RECOMMENDED, RELATED = "similar works", "recommended by five works", "related franchises"
TYPED, WHOLE, ERROR, PAIR = "a name as it is typed", "a name", "a name, one error", "two names"
NAIVE = "the works with most tags in common, in Cypher"

_LIST = "{ edges { score node { id name } reasons { kind weight text via { id name } } } }"
QUERIES = {
    SIMILAR: f"query ($id: ID!) {{ work(id: $id) {{ similar(first: 10) {_LIST} }} }}",
    RECOMMENDED: f"""query ($ids: [ID!]!) {{
  recommendations(likes: $ids, first: 10) {_LIST}
}}""",
    RELATED: f"query ($id: ID!) {{ franchise(id: $id) {{ related(first: 10) {_LIST} }} }}",
}
SEARCH = """query ($text: String!) { search(query: $text, first: 10) {
  edges { score matched node { __typename id name } }
} }"""

_FRANCHISES = """MATCH (n:Franchise) WHERE COUNT { (n)-[:HAS_ENTRY]->() } > 1
RETURN n.id ORDER BY n.id"""
_OTHERS = """MATCH (n:Work) WHERE n.ratingCount > 0 AND NOT n.id IN $ids
RETURN n.id ORDER BY n.id"""
_NAMES = """MATCH (n:Entity) WHERE n.id IN $ids RETURN head(COLLECT {
  MATCH (n)-[:NAMED]->(name) RETURN name.text ORDER BY name.text
}), head(COLLECT {
  MATCH (n)<-[:CREDITED]-(who:Person) RETURN who.name ORDER BY who.id
}) ORDER BY n.id"""
_NAIVE = """MATCH (work:Work {id: $id})-[:HAS_TERM]->(term)<-[:HAS_TERM]-(other:Work)
WITH other, count(term) AS shared ORDER BY shared DESC, other.id LIMIT 10
RETURN other.id, other.name, shared"""
Asked = Sequence[Mapping[str, object]]


async def widgets(server: Server, client: Client, works: Sequence[str]) -> list[Row]:
    """All of them, about these works, and the naive way beside."""
    franchises = [id_ for (id_,) in await client.read(_FRANCHISES)]
    others = [id_ for (id_,) in await client.read(_OTHERS, {"ids": list(works)})]
    chance = random.Random(SEED)
    some = [*chance.sample(others, WARM_UP), *works]
    asked: dict[str, Asked] = {
        SIMILAR: [{"id": each} for each in some],
        RECOMMENDED: [{"ids": chance.sample(some, LIKES)} for _ in range(WARM_UP + NUMBER)],
        RELATED: [{"id": each} for each in chance.sample(franchises, WARM_UP + NUMBER)],
    }
    rows = [await _row(server, title, QUERIES[title], each) for title, each in asked.items()]
    rows.insert(1, await _naive(client, some))
    named = await client.read(_NAMES, {"ids": some})
    for title, texts in _texts(chance, [(name, who) for name, who in named]).items():
        each = chance.sample(texts, min(WARM_UP + NUMBER, len(texts)))
        rows.append(await _row(server, title, SEARCH, [{"text": text} for text in each]))
    return rows


async def _row(server: Server, title: str, query: str, asked: Asked) -> Row:
    bodies = [orjson.dumps({"query": query, "variables": each}) for each in asked]
    await ask(posted(server, bodies[:WARM_UP]))
    return Row(title, await once(posted(server, bodies[WARM_UP:])))


async def _naive(client: Client, works: Sequence[str]) -> Row:
    taken = []
    for each in works:
        start = perf_counter()
        await client.read(_NAIVE, {"id": each})
        taken.append(perf_counter() - start)
    return Row(NAIVE, Sample(taken[WARM_UP:], 0))


def _texts(chance: random.Random, named: Sequence[tuple[str, str | None]]) -> dict[str, list[str]]:
    """What people type: beginnings, whole names, names with a letter left out, and of two things
    a name of each.
    """
    names = list(dict.fromkeys(name for name, _ in named))
    wrong = [name for name in names if len(name) > 4]
    places = [chance.randrange(1, len(name)) for name in wrong]
    return {
        TYPED: list(
            dict.fromkeys(name[:size] for name in names for size in range(1, len(name) + 1))
        ),
        WHOLE: names,
        ERROR: [
            name[:place] + name[place + 1 :] for name, place in zip(wrong, places, strict=True)
        ],
        PAIR: list(dict.fromkeys(f"{who} {name}" for name, who in named if who)),
    }


def targets(rows: Sequence[Row]) -> Iterator[Target]:
    found = {row.title: row.sample for row in rows}
    yield Target.most("p50 of similar works, ms", 10, found[SIMILAR].p50 * 1000)
    yield Target.most("p95 of similar works, ms", 50, found[SIMILAR].p95 * 1000)
    yield Target.most(f"p50 of similar works, by {NAIVE}", 1, found[SIMILAR].p50 / found[NAIVE].p50)
    yield Target.most("p95 of recommended works, ms", 150, found[RECOMMENDED].p95 * 1000)
    yield Target.most("p95 of related franchises, ms", 50, found[RELATED].p95 * 1000)
    for title in (TYPED, WHOLE, ERROR, PAIR):
        yield Target.most(f"p95 of search, {title}, ms", 20, found[title].p95 * 1000)
