"""What was merged is found under its old id and slug, wherever an id is given."""

from typing import Any

import pytest

from graph.client import Client
from tests.schema.making import Made, asked

MADE = Made(
    works=("akira", "memories"),
    segments=(("cannon", "memories"),),
    credits=(("otomo", "director", "akira"), ("otomo", "director", "cannon")),
)
ALIASES = """UNWIND ["akira", "otomo", "cannon"] AS id MATCH (n:Entity {id: id})
CREATE (:Alias {id: "old-" + id, slug: "old-" + id + "-slug"})-[:MEANS]->(n)"""


@pytest.fixture
async def graph(empty_graph: Client) -> Client:
    await MADE.write(empty_graph)
    await empty_graph.write(ALIASES)
    return empty_graph


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ('{ work(id: "old-akira") { id } }', {"work": {"id": "akira"}}),
        (
            '{ work(slug: "old-akira-slug") { id slug } }',
            {"work": {"id": "akira", "slug": "akira"}},
        ),
        ('{ person(slug: "old-akira-slug") { id } }', {"person": None}),
        ('{ person(id: "old-otomo") { id } }', {"person": {"id": "otomo"}}),
        ('{ work(id: "old-otomo") { id } }', {"work": None}),
        ('{ segment(id: "old-cannon") { id } }', {"segment": {"id": "cannon"}}),
        ('{ node(id: "old-otomo") { id } }', {"node": {"id": "otomo"}}),
        (
            '{ nodes(ids: ["memories", "old-akira", "nothing", "akira"]) { id } }',
            {"nodes": [{"id": "memories"}, {"id": "akira"}, None, {"id": "akira"}]},
        ),
        (
            '{ works(where: {id: {in: ["old-akira", "nothing"]}}) { nodes { id } } }',
            {"works": {"nodes": [{"id": "akira"}]}},
        ),
        (
            '{ works(where: {id: {not: "old-akira"}}) { nodes { id } } }',
            {"works": {"nodes": [{"id": "memories"}]}},
        ),
        (
            '{ works(where: {not: {id: {is: "old-akira"}}}) { nodes { id } } }',
            {"works": {"nodes": [{"id": "memories"}]}},
        ),
        (
            '{ people(where: {id: {in: ["old-otomo"]}, credits: {some: {role: {is: "director"}}}}, '
            'orderBy: [{credits: {where: {role: {is: "director"}}, count: DESC}}]) '
            "{ nodes { id } } }",
            {"people": {"nodes": [{"id": "otomo"}]}},
        ),
        (
            '{ works(where: {credits: {some: {contributor: {id: {is: "old-otomo"}}}}}) '
            "{ nodes { id } } }",
            {"works": {"nodes": [{"id": "akira"}]}},
        ),
        (
            '{ works(where: {credits: {none: {contributor: {id: {is: "old-otomo"}}}}}) '
            "{ totalCount nodes { id } } }",
            {"works": {"totalCount": 1, "nodes": [{"id": "memories"}]}},
        ),
        (
            '{ work(id: "old-akira") { similar { edges { node { id } } } } }',
            {
                "work": {
                    "similar": {"edges": [{"node": {"id": "cannon"}}, {"node": {"id": "memories"}}]}
                }
            },
        ),
        (
            '{ work(id: "akira") { similar(exclude: ["old-cannon"]) { edges { node { id } } } } }',
            {"work": {"similar": {"edges": [{"node": {"id": "memories"}}]}}},
        ),
        (
            '{ recommendations(likes: ["old-akira"], exclude: ["memories"]) '
            "{ edges { node { id } } } }",
            {"recommendations": {"edges": [{"node": {"id": "cannon"}}]}},
        ),
        (
            '{ paths(from: "old-akira", to: "old-otomo") { length steps { from { id } } } }',
            {"paths": [{"length": 1, "steps": [{"from": {"id": "akira"}}]}]},
        ),
        ('{ paths(from: "old-akira", to: "akira") { length } }', {"paths": [{"length": 0}]}),
    ],
)
async def test_a_merged_id_finds_what_it_was_merged_into(
    graph: Client, question: str, answer: dict[str, Any]
) -> None:
    assert await asked(graph, question) == answer
