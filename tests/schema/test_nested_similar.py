"""Similarity anywhere in a question says the same as at its top."""

from typing import Any

from tests.conftest import Ask

SIMILAR = "similar(first: 2) { edges { score node { id } reasons { kind text via { id } } } }"


async def alone(ask: Ask, id_: str) -> Any:
    question = f"query ($id: ID!) {{ node(id: $id) {{ ... on Creation {{ {SIMILAR} }} }} }}"
    return (await ask(question, id=id_))["node"]["similar"]


async def test_in_a_list(ask: Ask) -> None:
    works = await ask(
        f"{{ works(first: 3, orderBy: [{{rating: DESC}}]) {{ totalCount nodes {{ id {SIMILAR} }} "
        "edges { node { id name } } } }"
    )
    nodes = works["works"]["nodes"]
    assert [edge["node"]["id"] for edge in works["works"]["edges"]] == [
        each["id"] for each in nodes
    ]
    for node in nodes:
        assert node["similar"] == await alone(ask, node["id"])


async def test_in_a_list_in_a_list_of_any_type(ask: Ask) -> None:
    answer = await ask(
        f"""{{ person(slug: "koji-morimoto") {{ credits(first: 3) {{ nodes {{ on {{
          __typename id {SIMILAR} ... on Segment {{ work {{ id {SIMILAR} }} }} }} }} }} }} }}"""
    )
    for credit in answer["person"]["credits"]["nodes"]:
        on = credit["on"]
        assert on["similar"] == await alone(ask, on["id"])
        if on["__typename"] == "Segment":
            assert on["work"]["similar"] == await alone(ask, on["work"]["id"])


async def test_in_itself_under_several_names(ask: Ask) -> None:
    answer = await ask(
        f"""{{ work(slug: "memories") {{
          films: similar(first: 1, where: {{type: {{is: WORK}}}}) {{
            edges {{ node {{ id {SIMILAR} }} }} }}
          parts: similar(first: 1, where: {{type: {{is: SEGMENT}}}}) {{
            edges {{ node {{ id __typename }} }} }}
          {SIMILAR} }} }}"""
    )
    work = answer["work"]
    assert work["similar"] == await alone(ask, "work:bangumi-3627")
    (film,) = work["films"]["edges"]
    assert film["node"]["similar"] == await alone(ask, film["node"]["id"])
    assert all(edge["node"]["__typename"] == "Segment" for edge in work["parts"]["edges"])


async def test_where_there_is_nothing(ask: Ask) -> None:
    assert await ask(f'{{ work(id: "none") {{ {SIMILAR} }} }}') == {"work": None}
    assert await ask(
        f'{{ node(id: "person:bangumi-2057") {{ id ... on Work {{ {SIMILAR} }} }} }}'
    ) == {"node": {"id": "person:bangumi-2057"}}
