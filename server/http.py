"""GraphQL over HTTP: requests in, responses out.

https://graphql.github.io/graphql-over-http/draft/
"""

from collections.abc import Mapping
from dataclasses import replace
from secrets import token_hex
from typing import Any, NamedTuple

import orjson
import structlog
from graphql import (
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    OperationType,
    execute,
    get_operation_ast,
)
from starlette.requests import Request
from starlette.responses import Response

from graph.errors import DatabaseUnavailable, QueryTimeout
from loaders.answer import Context
from loaders.documents import Documents
from loaders.executor import PlanExecutor, is_coroutine
from server.limits import MAX_BODY, MAX_TOKENS, SizeRule, check_repeats

log = structlog.get_logger()

JSON = "application/json"
GRAPHQL_JSON = "application/graphql-response+json"
PUBLIC_ERRORS: dict[type[Exception], tuple[str, str]] = {
    DatabaseUnavailable: ("DATABASE_UNAVAILABLE", "The database does not answer; try again later."),
    QueryTimeout: ("TIMEOUT", "The question took too long to answer; ask for less at once."),
}


class Refused(Exception):
    """The request is not one that GraphQL can answer."""

    def __init__(self, status: int, message: str, **headers: str) -> None:
        super().__init__(message)
        self.status = status
        self.headers = headers


class Question(NamedTuple):
    """What a request asks."""

    query: str
    operation_name: str | None
    variables: Mapping[str, Any]


class GraphQLEndpoint:
    """Answers questions over HTTP."""

    def __init__(
        self, schema: GraphQLSchema, context: Context, *, development: bool = False
    ) -> None:
        """``development``: each answer's ``extensions.plan`` shows the statements behind it."""
        self.schema = schema
        self.context = replace(context, whole=True)
        self.development = development
        self.documents = Documents(schema, [SizeRule], check_repeats, MAX_TOKENS)

    async def __call__(self, request: Request) -> Response:
        media_type = _media_type(request.headers.get("accept", ""))
        try:
            question = await _question(request)
            status, answer = await self.answer(question, read_only=request.method != "POST")
        except Refused as refused:
            body = {"errors": [{"message": str(refused)}]}
            return _response(refused.status, body, media_type, refused.headers)
        # As application/json, a well-formed request is answered with 200 whatever it says.
        return _response(status if media_type == GRAPHQL_JSON else 200, answer, media_type)

    async def answer(self, question: Question, *, read_only: bool) -> tuple[int, dict[str, Any]]:
        """The status and body of the answer; raises Refused."""
        document = self.documents.get(question.query)
        if isinstance(document, list):
            return 400, {"errors": [error.formatted for error in document]}
        operation = get_operation_ast(document, question.operation_name)
        if operation is None:
            named = question.operation_name
            problem = f"There is no operation '{named}'." if named else "Which operation? Name one."
            return 400, {"errors": [{"message": problem}]}
        if read_only and operation.operation is not OperationType.QUERY:
            raise Refused(405, "Only queries can be asked with GET.", allow="POST")
        context = replace(self.context, trace=[]) if self.development else self.context
        answered = execute(
            self.schema,
            document,
            None,
            context,
            dict(question.variables),
            question.operation_name,
            executor_class=PlanExecutor,
            is_awaitable=is_coroutine,
        )
        result = answered if isinstance(answered, ExecutionResult) else await answered
        body: dict[str, Any] = {}
        if result.errors:
            body["errors"] = [_public(error) for error in result.errors]
        # Without a path nothing was executed: the variables were wrong.
        if result.data is None and result.errors and all(e.path is None for e in result.errors):
            return 400, body
        body["data"] = result.data
        if context.trace is not None:
            body["extensions"] = {"plan": context.trace}
        return 200, body


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
    id_ = token_hex(8)
    log.error("internal error", id=id_, path=error.path, exc_info=cause)
    message = f"Internal error; the log has it as {id_}."
    return {**shown, "message": message, "extensions": {"code": "INTERNAL_ERROR", "id": id_}}


def _media_type(accept: str) -> str:
    """The new media type where a client asks for it by name."""
    return GRAPHQL_JSON if GRAPHQL_JSON in accept else JSON


def _response(
    status: int, body: Any, media_type: str, headers: Mapping[str, str] | None = None
) -> Response:
    content_type = f"{media_type}; charset=utf-8"
    return Response(orjson.dumps(body), status, headers, media_type=content_type)


async def _question(request: Request) -> Question:
    if request.method != "POST":
        given: dict[str, Any] = dict(request.query_params)
        for name in ("variables", "extensions"):
            if given.get(name):
                given[name] = _json(given[name], f"The parameter '{name}'")
        return _checked(given)
    content_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if content_type != JSON:
        raise Refused(415, f"Send the question as {JSON}, not {content_type or 'nothing'}.")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise Refused(413, f"The body is larger than {MAX_BODY} bytes.")
    return _checked(_json(bytes(body), "The body"))


def _json(text: str | bytes, what: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise Refused(400, f"{what} is not JSON: {error}.") from error


def _checked(given: Any) -> Question:
    if not isinstance(given, dict):
        raise Refused(400, "The body must be one JSON object; batches are not answered.")
    query, name = given.get("query"), given.get("operationName")
    variables = given.get("variables")
    if not isinstance(query, str) or not query:
        raise Refused(400, "The question is missing: send it as the string 'query'.")
    if not isinstance(name, str | None):
        raise Refused(400, "'operationName' must be a string.")
    for key in ("variables", "extensions"):
        if not isinstance(given.get(key), dict | None):
            raise Refused(400, f"'{key}' must be an object.")
    return Question(query, name or None, variables or {})
