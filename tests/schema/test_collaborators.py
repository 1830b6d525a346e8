"""Collaborators: who was credited on the same creations."""

from typing import Any

from tests.conftest import Ask

ON_MEMORIES = 'on: {segment: {work: {id: {is: "work:bangumi-3627"}}}}'


async def collaborators(ask: Ask, arguments: str, selection: str) -> Any:
    question = (
        f'{{ person(slug: "katsuhiro-otomo") {{ collaborators({arguments}) {{ {selection} }} }} }}'
    )
    answer = await ask(question)
    return answer if isinstance(answer, list) else answer["person"]["collaborators"]


async def test_who_composed_what_somebody_directed(ask: Ask) -> None:
    assert await collaborators(
        ask,
        f'role: {{is: "composer"}}, whileRole: {{is: "director"}}, {ON_MEMORIES}',
        "totalCount edges { count node { name } together { on { name } } }",
    ) == {
        "totalCount": 1,
        "edges": [
            {
                "count": 1,
                "node": {"name": "Hiroyuki Nagashima"},
                "together": [{"on": {"name": "Cannon Fodder"}}],
            }
        ],
    }


async def test_both_sides_roles_are_all_that_they_did_there(ask: Ask) -> None:
    found = await collaborators(
        ask,
        f'role: {{is: "composer"}}, whileRole: {{is: "director"}}, {ON_MEMORIES}',
        "edges { together { roles { id } theirRoles { id } } }",
    )
    assert found["edges"][0]["together"] == [
        {
            "roles": [
                {"id": "director"},
                {"id": "original-creator"},
                {"id": "screenwriter"},
                {"id": "storyboard-artist"},
            ],
            "theirRoles": [{"id": "score-composer"}],
        }
    ]


async def test_the_most_frequent_come_first_and_each_once(ask: Ask) -> None:
    edges = []
    after = "null"
    while True:
        page = await collaborators(
            ask,
            f"first: 20, after: {after}",
            "totalCount edges { cursor count node { id sortBy: name } } pageInfo { hasNextPage }",
        )
        edges += page["edges"]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = f'"{edges[-1]["cursor"]}"'
    counts = [edge["count"] for edge in edges]
    assert counts == sorted(counts, reverse=True)
    assert len({edge["node"]["id"] for edge in edges}) == len(edges) == page["totalCount"] > 20


async def test_nobody_is_their_own_collaborator(ask: Ask) -> None:
    found = await collaborators(ask, "first: 100", "edges { node { name } }")
    assert "Katsuhiro Otomo" not in [edge["node"]["name"] for edge in found["edges"]]


async def test_a_limit_on_together_leaves_the_count(ask: Ask) -> None:
    found = await collaborators(ask, "first: 1", "edges { count together(first: 1) { on { id } } }")
    (edge,) = found["edges"]
    assert edge["count"] > 1
    assert len(edge["together"]) == 1
