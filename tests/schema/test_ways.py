"""Two ways to one answer: by a program, and by graphql-core's walk over every value.

tests/oracle/test_wordings.py tries it on what nobody has thought of.
"""

from pathlib import Path

import pytest

from graph.client import Client
from tests.questions.test_contract import QUESTIONS, variables_of
from tests.schema.making import Made
from tests.ways import Remembering, both


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda path: path.stem)
async def test_every_question(question: Path, catalogue: Client) -> None:
    text, variables = question.read_text(), variables_of(question)
    ways = await both(Remembering(catalogue), text, variables)
    assert ways.given == ways.walked
    assert ways.by_program
    assert not ways.given.errors


@pytest.mark.parametrize(
    "text",
    [
        "{ a: works(first: 1) { __typename nodes { name } } __typename }",
        'query ($no: Boolean = true) { work(slug: "memories") { name @skip(if: $no) id } }',
        '{ work(slug: "memories") { ...A name } } fragment A on Entity { id }',
        '{ node(id: "work:bangumi-3627") { __typename ... on Work { kind } } }',
        # What is wrong with arguments shows at its field, and the others are answered.
        '{ work(slug: "x") { segments(first: 101) { totalCount } } other: node(id: "x") { id } }',
        '{ works(first: 101) { totalCount } other: node(id: "x") { id } }',
        '{ work(id: "x", slug: "x") { id } other: node(id: "x") { id } }',
        '{ works(first: 1, last: 1) { totalCount } other: node(id: "x") { id } }',
        'query ($after: String = "no cursor") { works(after: $after) { totalCount nodes { id } } }',
    ],
)  # fmt: skip
async def test_what_is_particular(text: str, catalogue: Client) -> None:
    ways = await both(Remembering(catalogue), text, {})
    assert ways.given == ways.walked
    assert ways.by_program


@pytest.mark.parametrize("nullable", [True, False])
async def test_a_database_that_fails(nullable: bool, catalogue: Client) -> None:
    field = 'work(slug: "memories") { name }' if nullable else "works { totalCount }"
    ways = await both(Remembering(catalogue, ":Work"), f"{{ {field} limits: __typename }}", {})
    assert ways.given == ways.walked
    assert ways.by_program
    assert ways.given.errors


async def test_a_graph_without_what_must_be(empty_graph: Client) -> None:
    """graphql-core says what is wrong, and where."""
    await Made(works=("Blue", "Red")).write(empty_graph)
    await empty_graph.write("MATCH (n:Work {id: 'Red'}) REMOVE n.name")
    text = '{ nodes(ids: ["Blue", "Red"]) { id ... on Work { name } } }'
    ways = await both(Remembering(empty_graph), text, {})
    assert ways.given == ways.walked
    assert not ways.by_program
    assert ways.given.data == b'{"nodes":[{"id":"Blue","name":"Blue"},null]}'
    assert [each["path"] for each in ways.given.errors] == [["nodes", 1, "name"]]


async def test_a_number_that_is_no_int(empty_graph: Client) -> None:
    await Made(works=("Blue",)).write(empty_graph)
    await empty_graph.write("MATCH (n:Work) SET n.runtimeMinutes = 3000000000")
    ways = await both(Remembering(empty_graph), "{ works { nodes { runtimeMinutes } } }", {})
    assert ways.given == ways.walked
    assert ways.given.data == b'{"works":{"nodes":[{"runtimeMinutes":null}]}}'
    assert len(ways.given.errors) == 1
