"""Questions: what a request asks, read from its URL or its body."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

import orjson
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request

from loaders.limits import LIMITS
from server.media_types import JSON

PARAMETERS = ("query", "operationName", "variables", "extensions")


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


async def read_question(request: Request) -> Question:
    """The question of a POST's body or of any other request's URL; raises Refused."""
    if request.method == "POST":
        return _question(_json(await _body(request), "The body"))
    given = _parameters(request.scope["query_string"])
    for name in ("variables", "extensions"):
        if name in given:
            given[name] = _json(given[name], f"The parameter '{name}'")
    return _question(given)


def _parameters(query_string: bytes) -> dict[str, Any]:
    """An empty parameter is one that is not there."""
    if len(query_string) > LIMITS.max_url:
        raise Refused(
            414, f"The URL's question is longer than {LIMITS.max_url} bytes: send it by POST."
        )
    try:
        pairs = parse_qsl(query_string.decode(), errors="strict")
    except UnicodeDecodeError as error:
        raise Refused(400, "The URL is not UTF-8.") from error
    given: dict[str, Any] = {}
    for name, value in pairs:
        if name in given and name in PARAMETERS:
            raise Refused(400, f"The parameter '{name}' is given twice.")
        given[name] = value
    return given


async def _body(request: Request) -> bytes:
    """The body, of which no more is read than it may have."""
    _check_headers(request.headers)
    length = request.headers.get("content-length", "")
    too_large = Refused(
        413, f"The body is larger than {LIMITS.max_body} bytes.", connection="close"
    )
    if length.isdecimal() and int(length) > LIMITS.max_body:
        raise too_large
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > LIMITS.max_body:
                raise too_large
    except ClientDisconnect as error:
        raise Refused(400, "The body has no end.") from error
    return bytes(body)


def _check_headers(headers: Headers) -> None:
    media_type, *parameters = headers.get("content-type", "").lower().split(";")
    if media_type.strip() != JSON:
        raise Refused(415, f"Send the question as {JSON}, not {media_type.strip() or 'nothing'}.")
    for parameter in parameters:
        name, _, value = parameter.strip().partition("=")
        if name == "charset" and value.strip('"') not in ("utf-8", "utf8"):
            raise Refused(415, f"Send the question in UTF-8, not {value}.")
    encoding = headers.get("content-encoding", "identity").lower()
    if encoding != "identity":
        raise Refused(415, f"Send the body as it is, not as {encoding}.")


def _json(text: str | bytes, what: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise Refused(400, f"{what} is not JSON: {error}.") from error


def _question(given: Any) -> Question:
    if isinstance(given, list):
        raise Refused(400, "Send one question, as a JSON object; batches are not answered.")
    if not isinstance(given, dict):
        raise Refused(400, "The body must be a JSON object.")
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
