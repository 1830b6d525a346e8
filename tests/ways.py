"""The two ways an operation is answered: by a program, and by graphql-core's walk over every value.

What the graph answers the second way is what it answered the first, so that only the ways differ.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import orjson
from graphql import ExecutionResult

from graph.client import NOTHING, Client, Row
from graph.errors import QueryTimeout
from loaders.answer import Context, Reader
from loaders.cost import Price
from loaders.documents import Documents, Prepared
from loaders.executor import Execution
from schema.schema import executable


class Remembering(Client):
    """A client that asks Neo4j everything once. ``failing`` statements take too long."""

    def __init__(self, client: Client, failing: str | None = None) -> None:
        vars(self).update(vars(client))
        self.failing = failing
        self.answers: dict[bytes, bytes] = {}

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
            rows = await super().read(statement, parameters, timeout=timeout)
            self.answers[key] = orjson.dumps(rows)
        found: list[Row] = orjson.loads(self.answers[key])
        return found


class Spoiling:
    """A reader of a graph that also holds what it should not: ``instead`` of the text of this
    ``number`` in an answer. Numbers are as they are: most of them count rows.
    """

    def __init__(self, client: Reader, number: int, instead: Any) -> None:
        self.client = client
        self.number = number
        self.instead = instead

    async def read(self, statement: str, parameters: Mapping[str, Any], /) -> list[Row]:
        rows = await self.client.read(statement, parameters)
        places = list(_texts(rows))
        if places:
            where, index = places[self.number % len(places)]
            where[index] = self.instead
        return rows


def _texts(value: list[Any]) -> Iterator[tuple[list[Any], int]]:
    for index, each in enumerate(value):
        if isinstance(each, list):
            yield from _texts(each)
        elif isinstance(each, str):
            yield value, index


class Watched(Execution):
    """Counts its walks in graphql-core's way."""

    walks = 0

    async def ordinarily(
        self, operation: Prepared, variables: Mapping[str, Any], context: Context
    ) -> ExecutionResult:
        self.walks += 1
        return await super().ordinarily(operation, variables, context)


EXECUTION = Watched(executable)
DOCUMENTS = Documents(executable)


class Told(NamedTuple):
    """An answer as it is sent, and what it has cost; errors of different fields have no order."""

    data: bytes
    errors: list[Any]
    cost: int


class Ways(NamedTuple):
    """The answer that clients get, the one that graphql-core gives, and whether the first needed
    no walk. What costs too much is not answered at all: both are the refusal.
    """

    given: Told
    walked: Told
    by_program: bool


async def both(
    client: Reader, text: str, variables: Mapping[str, Any], name: str | None = None
) -> Ways:
    """How a valid document's operation of that ``name``, or its only one, is answered."""
    document = DOCUMENTS.get(text)
    assert not isinstance(document, list), (document, text)
    operation = document.operation(name)
    assert operation, text
    context = Context(client)
    walks = EXECUTION.walks
    executed = await EXECUTION.run(operation, variables, context)
    by_program = EXECUTION.walks == walks
    given = _told(executed.result, executed.price)
    if any(each.get("extensions", {}).get("code") == "MAX_COST_EXCEEDED" for each in given.errors):
        return Ways(given, given, by_program=False)
    walked = await EXECUTION.ordinarily(operation, variables, context)
    return Ways(given, _told(walked, executed.price), by_program)


def _told(result: ExecutionResult, price: Price | None) -> Told:
    errors = sorted((each.formatted for each in result.errors or ()), key=repr)
    cost = price.spent(result.data or {}) if price else 0
    return Told(orjson.dumps(result.data), errors, cost)
