"""Slugs: permanent once given, and unique among things of one type, those merged included."""

from collections.abc import Iterable, Iterator

from graph.client import Client
from ingest.state import Node, State

Slug = tuple[str, str]
"""A type's label and a slug of that type."""

_FEW = 8


async def give_slugs(
    client: Client, wanted: State, present: State, reserved: Iterable[Slug] = ()
) -> set[Slug]:
    """Give every entity of ``wanted`` the slug that it has, or else the first free one: a taken
    slug gets a number. The new ones are returned; ``reserved`` are not in the graph yet.
    """
    given: set[Slug] = set()
    new: dict[str, list[Node]] = {}
    for node, properties in wanted.nodes.items():
        if node.label == "Entity" and node in present.nodes:
            properties["slug"] = present.nodes[node]["slug"]
        elif node.label == "Entity":
            new.setdefault(wanted.labels[node][-1], []).append(node)
    for label, nodes in new.items():
        taken = {slug for type_, slug in reserved if type_ == label}
        for endings in _rounds():
            asked = {wanted.nodes[node]["slug"] + ending for node in nodes for ending in endings}
            taken |= await _taken(client, label, asked)
            left = []
            for node in nodes:
                slug = wanted.nodes[node]["slug"]
                free = next((slug + end for end in endings if slug + end not in taken), None)
                if free is None:
                    left.append(node)
                else:
                    wanted.nodes[node]["slug"] = free
                    taken.add(free)
                    given.add((label, free))
            nodes = left
            if not nodes:
                break
    return given


def _rounds() -> Iterator[list[str]]:
    """What to try at the end of a slug: nothing, then a few numbers, then ever more."""
    yield [""]
    first, size = 2, _FEW
    while True:
        yield [f"-{number}" for number in range(first, first + size)]
        first, size = first + size, 4 * size


async def _taken(client: Client, label: str, slugs: Iterable[str]) -> set[str]:
    rows = await client.read(
        f"""CYPHER 5 replan=skip UNWIND $slugs AS slug MATCH (n:{label} {{slug: slug}}) RETURN slug
UNION
UNWIND $slugs AS slug MATCH (a:Alias {{slug: slug}})-[:MEANS]->(:{label}) RETURN slug""",
        {"slugs": sorted(slugs)},
    )
    return {slug for (slug,) in rows}
