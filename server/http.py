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
from server.cached import NOT_KEPT, Cached, Caching, Key
from server.limits import check_document, check_variables
from server.media_types import GRAPHQL_JSON, JSON, negotiate
from server.question import Question, read_question
from server.registered import Registered, Unregistered
from server.request import NO_HEADERS, Refused, Request
from server.revision import Revision
from server.throttle import Account, Throttle
from server.watch import Watches

log = structlog.get_logger()

# What takes anything gets the older type, which everything understands.
ANSWERS = (JSON, GRAPHQL_JSON)
METHODS = ("GET", "HEAD", "OPTIONS", "POST")
ALLOWED = {"Allow": ", ".join(METHODS)}
# One address, two answers: caches must tell them apart.
VARIES = {"Vary": "Accept"}
NOT_STORED = {"Cache-Control": "no-store"}
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
        revision: Revision,
        *,
        throttle: Throttle | None = None,
        development: bool = False,
        registered: Registered | None = None,
        caching: Caching = NOT_KEPT,
    ) -> None:
        """``development``: each answer's ``extensions.plan`` shows the statements behind it, and
        none is kept.
        """
        self.schema = schema
        self.context = context
        self.throttle = throttle
        self.watches = Watches()
        self.revision = revision
        self.development = development
        self.registered = registered or Registered()
        self.caching = caching
        self.cached = Cached(caching.room)
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
            question = question._replace(query=self.registered.text(question))
            check_variables(question.variables)
            with self.watches.watch(request.receive):
                return await self.answered(question, request, media_type, account)
        except Refused as refused:
            headers = {**account.headers(), **refused.headers}
            body = {"errors": [refused.error]}
            return response(refused.status, body, media_type or JSON, headers)
        except Unregistered as error:
            body = {"errors": [error.formatted]}
            return outcome(error.status, body, media_type, account)
        except GraphQLError as error:
            return outcome(400, {"errors": [error.formatted]}, media_type, account)
        except Exception as error:
            return response(500, {"errors": [_masked(error)]}, media_type or JSON)

    async def answered(
        self, question: Question, request: Request, media_type: str, account: Account
    ) -> Response:
        """The response to a question: kept, not needed, or made now."""
        read_only = request.method != "POST"
        revision = await self._revision(read_only)
        key = Key.of(question) if revision else None
        headers: Mapping[str, str] = NOT_STORED
        if read_only and revision and key:
            tag = key.tag(revision, media_type)
            headers = {"ETag": tag, "Cache-Control": self.caching.control}
            if request.has(tag):
                return Response(None, 304, {**VARIES, **self._own(account, read_only), **headers})
        content = self.cached.get(revision, key) if revision and key else None
        if content is None:
            status, answer = await self.answer(question, account, read_only=read_only)
            if "errors" in answer:
                return outcome(status, answer, media_type, account)
            content = orjson.dumps(answer)
            if revision and key:
                self.cached.put(revision, key, content)
        if not read_only:
            # What is asked by GET may be kept for others.
            content = account.told(content)
        headers = {**self._own(account, read_only), **headers}
        if "ETag" in headers and request.has("*"):
            return Response(None, 304, {**VARIES, **headers})
        return json_response(200, content, media_type, headers)

    def _own(self, account: Account, read_only: bool) -> Mapping[str, str]:
        """What one client is told of its limits; nothing in what others keep for everybody."""
        return NO_HEADERS if read_only and self.caching.shared else account.headers()

    async def _revision(self, read_only: bool) -> bytes | None:
        """The graph's, where it matters and is known."""
        if self.development or not (read_only or self.caching.room):
            return None
        return await self.revision.current()

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
        plan = {} if context.trace is None else {"plan": context.trace}
        body["extensions"] = {**plan, "cost": account.settle(price, result)}
        return 200, body


def outcome(
    status: int, body: Mapping[str, Any], media_type: str | None, account: Account
) -> Response:
    """The response to a well-formed request: as application/json it has 200 whatever it says."""
    status = status if media_type == GRAPHQL_JSON else 200
    if "extensions" not in body:  # nothing was executed
        body = {**body, **account.unpriced()}
    return response(status, body, media_type or JSON, account.headers())


def response(
    status: int, body: Any, media_type: str, headers: Mapping[str, str] = NO_HEADERS
) -> Response:
    """The response with this body, as JSON; nobody keeps it."""
    return json_response(status, orjson.dumps(body), media_type, {**NOT_STORED, **headers})


def json_response(
    status: int, content: bytes, media_type: str, headers: Mapping[str, str]
) -> Response:
    content_type = f"{media_type}; charset=utf-8"
    return Response(content, status, {**VARIES, **headers}, media_type=content_type)


def _refuse_overloaded(errors: Sequence[GraphQLError], account: Account) -> None:
    """What not all of could be asked for is asked again as a whole."""
    for error in errors:
        cause = error.original_error
        if isinstance(cause, Overloaded):
            account.give_back()
            raise Refused.for_now(
                503, "Too many questions at once", ceil(cause.seconds), {"code": "OVERLOADED"}
            )


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
