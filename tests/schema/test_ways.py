"""Two ways to one answer: by a program, and by graphql-core's walk over every value.

What the graph answers the second way is what it answered the first, so that only the ways differ.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson
import pytest
from graphql import ExecutionResult

from graph.client import NOTHING, Client, Row
from graph.errors import QueryTimeout
from loaders.answer import Context
from loaders.documents import Documents
from loaders.executor import Execution
from schema.schema import executable
from tests.questions.test_contract import QUESTIONS, variables_of

EXECUTION = Execution(executable)
DOCUMENTS = Documents(executable)


class Remembering(Client):
    """A client that asks Neo4j everything once. ``failing`` statements take too long."""

    def __init__(self, client: Client, failing: str | None = None) -> None:
        vars(self).update(vars(client))
        self.failing = failing
        self.answers: dict[bytes, list[Row]] = {}

    async def read(
        self,
        statement: str,
        parameters: Mapping[str, Any] = NOTHING,
        *,
        timeout: float | None = None,  # noqa: ASYNC109 - as the client has it
    ) -> list[Row]:
        if self.failing and self.failing in statement:
            raise QueryTimeout("The query took longer than its time limit and was ended.", None)
        key = orjson.dumps([statement, parameters])
        if key not in self.answers:
            self.answers[key] = await super().read(statement, parameters, timeout=timeout)
        rows: list[Row] = orjson.loads(orjson.dumps(self.answers[key]))
        return rows


async def both(client: Client, text: str, variables: Mapping[str, Any]) -> list[Any]:
    """What either way gives: the data as it is sent, and the errors."""
    document = DOCUMENTS.get(text)
    assert not isinstance(document, list), document
    operation = document.operation(None)
    assert operation
    context = Context(client)
    values = operation.variables.coerced(variables)
    assert not isinstance(values, list), values
    program = EXECUTION.programs.program(operation, values)
    assert program, "there is no program for it"
    one = await program.run(context, values)
    assert one, "the program gives up"
    other = await EXECUTION.ordinarily(operation, variables, context)
    return [_told(one), _told(other)]


def _told(result: ExecutionResult) -> tuple[bytes, list[Any]]:
    errors = sorted((each.formatted for each in result.errors or ()), key=repr)
    return orjson.dumps(result.data), errors


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda path: path.stem)
async def test_every_question(question: Path, catalogue: Client) -> None:
    text, variables = question.read_text(), variables_of(question)
    one, other = await both(Remembering(catalogue), text, variables)
    assert one == other
    assert not one[1]


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
        'query ($after: String = "no cursor") { works(after: $after) { totalCount nodes { id } } }',
    ],
)  # fmt: skip
async def test_what_is_particular(text: str, catalogue: Client) -> None:
    one, other = await both(Remembering(catalogue), text, {})
    assert one == other


@pytest.mark.parametrize("nullable", [True, False])
async def test_a_database_that_fails(nullable: bool, catalogue: Client) -> None:
    field = 'work(slug: "memories") { name }' if nullable else "works { totalCount }"
    one, other = await both(
        Remembering(catalogue, ":Work"), f"{{ {field} limits: __typename }}", {}
    )
    assert one == other
    assert one[1]
