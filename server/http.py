"""GraphQL over HTTP: requests in, responses out.

https://graphql.github.io/graphql-over-http/draft/
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import ceil
from secrets import token_hex
from typing import Any

import orjson
import structlog
from graphql import (
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
)
from starlette.responses import Response

from graph.errors import DatabaseUnavailable, Overloaded, QueryMemoryError, QueryTimeout
from loaders.answer import Context
from loaders.documents import Documents
from loaders.executor import Execution
from loaders.limits import LIMITS
from server.limits import check_document, check_variables
from server.media_types import GRAPHQL_JSON, JSON, negotiate
from server.question import Question, read_question
from server.request import NO_HEADERS, Refused, Request
from server.throttle import Account, Throttle
from server.watch import Watches

log = structlog.get_logger()

# What takes anything gets the older type, which everything understands.
ANSWERS = (JSON, GRAPHQL_JSON)
METHODS = ("GET", "HEAD", "OPTIONS", "POST")
ALLOWED = {"Allow": ", ".join(METHODS)}
# One address, two answers: caches must tell them apart.
VARIES = {"Vary": "Accept"}
PUBLIC_ERRORS: dict[type[Exception], tuple[str, str]] = {
    DatabaseUnavailable: ("DATABASE_UNAVAILABLE", "The database does not answer; try again later."),
    QueryTimeout: ("TIMEOUT", "The question took too long to answer; ask for less at once."),
    QueryMemoryError: ("TOO_LARGE", "The question needs too much memory; ask for less at once."),
}


class GraphQLEndpoint:
    """Answers questions over HTTP."""

    def __init__(
        self,
        schema: GraphQLSchema,
        context: Context,
        *,
        throttle: Throttle | None = None,
        development: bool = False,
    ) -> None:
        """``development``: each answer's ``extensions.plan`` shows the statements behind it."""
        self.schema = schema
        self.context = context
        self.throttle = throttle
        self.watches = Watches()
        self.development = development
        self.documents = Documents(schema, check_document, LIMITS.max_tokens)
        self.execution = Execution(schema)

    async def respond(self, request: Request) -> Response:
        """The response to a request by whatever method."""
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=VARIES | ALLOWED)
        media_type = negotiate(request.accept, ANSWERS)
        account = self.throttle.account(request) if self.throttle else Account()
        try:
            if request.method not in METHODS:
                raise Refused(405, "Method Not Allowed.", ALLOWED)
            if media_type is None:
                raise Refused(406, f"Answers come as {GRAPHQL_JSON} or {JSON}.")
            question = await read_question(request)
            with self.watches.watch(request.receive):
                read_only = request.method != "POST"
                status, answer = await self.answer(question, account, read_only=read_only)
        except Refused as refused:
            headers = {**account.headers(), **refused.headers}
            body = {"errors": [refused.error]}
            return response(refused.status, body, media_type or JSON, headers)
        except Exception as error:
            return response(500, {"errors": [_masked(error)]}, media_type or JSON)
        # As application/json, a well-formed request is answered with 200 whatever it says.
        status = status if media_type == GRAPHQL_JSON else 200
        return response(status, answer, media_type, account.headers())

    async def answer(
        self, question: Question, account: Account, *, read_only: bool
    ) -> tuple[int, dict[str, Any]]:
        """The status and body of the answer; raises Refused."""
        if not self.documents.knows(question.query):
            account.read(question.query)
        document = self.documents.get(question.query)
        if isinstance(document, list):
            if read_only and any(map(_is_of_no_query, document)):
                raise _not_by_get()
            return 400, {"errors": [error.formatted for error in document]}
        operation = document.operation(question.operation_name)
        if operation is None:
            named = question.operation_name
            problem = f"There is no operation '{named}'." if named else "Which operation? Name one."
            return 400, {"errors": [{"message": problem}]}
        if read_only and operation.node.operation is not OperationType.QUERY:
            raise _not_by_get()
        try:
            check_variables(question.variables)
        except GraphQLError as error:
            return 400, {"errors": [error.formatted]}
        context = replace(self.context, trace=[]) if self.development else self.context
        result, price = await self.execution.run(
            operation, question.variables, context, account.take
        )
        body: dict[str, Any] = {}
        if result.errors:
            _refuse_overloaded(result.errors, account)
            body["errors"] = [_public(error) for error in result.errors]
        if price is None:
            return 400, body
        body["data"] = result.data
        body["extensions"] = {"cost": account.settle(price, result)}
        if context.trace is not None:
            body["extensions"]["plan"] = context.trace
        return 200, body


def response(
    status: int, body: Any, media_type: str, headers: Mapping[str, str] = NO_HEADERS
) -> Response:
    """The response with this body, as JSON."""
    content_type = f"{media_type}; charset=utf-8"
    return Response(orjson.dumps(body), status, {**VARIES, **headers}, media_type=content_type)


def _refuse_overloaded(errors: Sequence[GraphQLError], account: Account) -> None:
    """What not all of could be asked for is asked again as a whole."""
    for error in errors:
        cause = error.original_error
        if isinstance(cause, Overloaded):
            account.give_back()
            seconds = ceil(cause.seconds)
            message = f"Too many questions at once; ask again in {seconds} seconds."
            wait = {"Retry-After": str(seconds)}
            raise Refused(503, message, wait, {"code": "OVERLOADED"})


def _not_by_get() -> Refused:
    return Refused(405, "Only queries can be asked with GET.", {"Allow": "POST"})


def _is_of_no_query(error: GraphQLError) -> bool:
    """Whether an operation is wrong because it is a mutation, of which the schema has none."""
    return any(
        isinstance(node, OperationDefinitionNode) and node.operation is not OperationType.QUERY
        for node in error.nodes or ()
    )


def _public(error: GraphQLError) -> Mapping[str, Any]:
    """An error as clients may see it; what is internal stays in the log, under an id."""
    cause = error.original_error
    if cause is None or isinstance(cause, GraphQLError):
        return error.formatted
    shown = {key: value for key, value in error.formatted.items() if key != "extensions"}
    known = PUBLIC_ERRORS.get(type(cause))
    if known:
        code, message = known
        log.warning("question failed", code=code, cause=str(cause))
        return {**shown, "message": message, "extensions": {"code": code}}
    return {**shown, **_masked(cause, error.path)}


def _masked(cause: Exception, path: Sequence[str | int] | None = None) -> dict[str, Any]:
    id_ = token_hex(8)
    log.error("internal error", id=id_, path=path, exc_info=cause)
    message = f"Internal error; the log has it as {id_}."
    return {"message": message, "extensions": {"code": "INTERNAL_ERROR", "id": id_}}
