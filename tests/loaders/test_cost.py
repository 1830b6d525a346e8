"""Cost: what a question may cost, counted by hand, and what its answer has cost."""

from pathlib import Path
from typing import Any

import httpx
import pytest
from graphql import (
    GraphQLInterfaceType,
    GraphQLObjectType,
)

from loaders.cost import Prices
from loaders.documents import Documents
from loaders.limits import LIMITS
from loaders.prices import LOOKUPS, SIZES
from schema.schema import executable
from tests.questions.test_contract import QUESTIONS, variables_of

FIELDS = {
    f"{type_.name}.{name}"
    for type_ in executable.type_map.values()
    if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType)
    for name in type_.fields
}


def cost(query: str, **variables: Any) -> int:
    document = Documents(executable).get(query)
    assert not isinstance(document, list), document
    operation = document.operation(None)
    assert operation
    return Prices(executable).price(operation, variables).most


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("{ __typename }", 1),
        ('{ work(slug: "memories") { id name deck } }', 1 + 3),
        # nodes 1, and a row has a name
        ("{ works { nodes { name } } }", 1 + 1 + 20 * 1),
        ("{ works(first: 7) { nodes { name } } }", 1 + 1 + 7),
        ("{ works(last: 7) { edges { cursor node { name } } } }", 1 + 1 + 7 * 3),
        ("{ works(first: 0) { totalCount } }", 1 + 21),
        # one row is read to see whether there is a next page
        ("{ works(first: 0) { nodes { credits { nodes { id } } } } }", 2 + 1 * (2 + 20)),
        # two facets, each with twenty values of one field
        ("{ works { facets(by: [KIND, YEAR], first: 1) { values { name } } } }", 1 + 203 + 2 * 21),
        ("{ works { pageInfo { hasNextPage endCursor } } }", 1 + 3),
        ('{ nodes(ids: ["a", "b", "c"]) { id } }', 1 + 3 + 3 * 1),
        # a page of works with a page of credits each
        ("{ works(first: 9) { nodes { credits { nodes { id } } } } }", 2 + 9 * (2 + 20)),
        # a soundtrack more than three is not expected
        ('{ work(id: "x") { soundtracks { nodes { id } } } }', 1 + 2 + 3),
        # eight names, three sources each
        ('{ work(id: "x") { names { text } sources { source { id } } } }', 1 + 1 + 8 + 1 + 3 * 2),
        ("{ roles { id } }", 1 + 250),
        # aliases and fragments count like anything else
        ('{ a: role(id: "x") { id } b: role(id: "y") { id } }', 2 + 2),
        ('{ role(id: "x") { ...R ...R } } fragment R on Role { id name }', 1 + 2 + 2),
        # of fragments on different types, only the dearest
        ('{ node(id: "x") { id ... on Work { deck kind } ... on Person { born } } }', 1 + 1 + 2),
        ('{ node(id: "x") { ... on Entity { name } ... on Work { deck } } }', 1 + 1 + 1),
        # a filter: each value, those of a hop twenty times
        ("{ works(first: 0, where: {kind: {in: [FILM, OVA]}}) { nodes { id } } }", 1 + 2 + 1 + 1),
        (
            '{ works(first: 0, where: {credits: {some: {role: {is: "x"}, id: {not: "y"}}}}) '
            "{ nodes { id } } }",
            1 + 20 * 2 + 1 + 1,
        ),
        (
            "{ works(first: 0, where: {segments: {some: {credits: {count: {gt: 2}}}}}) "
            "{ nodes { id } } }",
            1 + 20 * 20 + 1 + 1,
        ),
        # an order by a count reads what it counts
        ("{ works(first: 1, orderBy: [{credits: {count: DESC}}]) { nodes { id } } }", 22 + 1),
        ("{ works(first: 0, orderBy: [{name: ASC}]) { nodes { id } } }", 1 + 1 + 1 + 1),
        ('{ work(id: "x") { similar(first: 5) { edges { score } } } }', 1 + 2001 + 1 + 5),
        (
            "{ works(first: 0) { nodes { id } facets(by: [KIND, YEAR], first: 4) { by } } }",
            1 + 1 + 1 + (1 + 2 * 100 + 2) + 2,
        ),
    ],
)
def test_cost_counted_by_hand(query: str, expected: int) -> None:
    assert cost(query) == expected


def test_variables_count_as_if_they_were_written() -> None:
    query = "query ($n: Int, $w: WorkFilter) { works(first: $n, where: $w) { nodes { id } } }"
    where = {"credits": {"some": {"id": {"in": ["a", "b"]}}}}
    assert cost(query, n=3, w=where) == 1 + 20 * 2 + 1 + 3
    assert cost(query) == 1 + 1 + 20
    assert cost(query, n=None, w=None) == 1 + 1 + 20
    ids = "query ($ids: [ID!]!, $n: Int) { works(first: 0, where: {id: {in: $ids}, "
    ids += "runtimeMinutes: {gt: $n}}) { nodes { id } } }"
    assert cost(ids, ids=["a", "b", "c"], n=90) == 1 + 3 + 1 + 1 + 1


def test_what_directives_leave_out_costs_nothing() -> None:
    query = "query ($all: Boolean!) { works { nodes { id name @include(if: $all) } "
    query += "totalCount @skip(if: true) } }"
    assert cost(query, all=False) == 1 + 1 + 20
    assert cost(query, all=True) == 1 + 1 + 20 * 2


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda path: path.stem)
def test_questions_of_clients_are_well_within_the_limit(question: Path) -> None:
    assert cost(question.read_text(), **variables_of(question)) < LIMITS.max_cost * 0.6


def test_prices_are_those_of_fields_that_exist() -> None:
    names = {field.split(".")[1] for field in FIELDS}
    for key in (*SIZES, *LOOKUPS):
        assert key in FIELDS or key in names, key


@pytest.mark.parametrize(
    ("query", "requested", "actual"),
    [
        ('{ work(slug: "memories") { segments { nodes { name } } } }', 1 + 2 + 20, 1 + 2 + 3),
        ('{ work(slug: "nothing") { segments { nodes { name } } } }', 1 + 2 + 20, 1),
        ('{ node(id: "director") { id ... on Work { names { text } } } }', 1 + 1 + 1 + 8, 1 + 1),
        (
            '{ work(slug: "memories") { segments(first: 2) { edges { node { work { name } } '
            "} totalCount } } }",
            1 + 22 + 1 + 2 * 3,
            1 + 22 + 1 + 2 * 3,
        ),
        (
            '{ work(slug: "memories") { segments { nodes { credits(first: 2) { nodes { id } } '
            "} } } }",
            1 + 2 + 20 * (2 + 2),
            1 + 2 + 3 * (2 + 2),
        ),
    ],
)
async def test_an_answer_says_its_cost(
    query: str, requested: int, actual: int, web: httpx.AsyncClient
) -> None:
    answer = (await web.post("/graphql", json={"query": query})).json()
    cost = {"requestedQueryCost": requested, "actualQueryCost": actual}
    assert answer["extensions"] == {"cost": cost}


async def test_what_costs_too_much_says_by_how_much(web: httpx.AsyncClient) -> None:
    query = "query Much { works(first: 100) { nodes { credits(first: 100) { nodes { "
    query += " ".join(f"a{n}: id" for n in range(10)) + " } } } } }"
    (error,) = (await web.post("/graphql", json={"query": query})).json()["errors"]
    assert error["message"] == "'Much' costs 100202; 100000 is the limit."
    assert error["extensions"] == {
        "code": "MAX_COST_EXCEEDED", "cost": 100_202, "maxCost": 100_000
    }  # fmt: skip
