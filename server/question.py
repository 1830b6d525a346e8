"""Questions: what a request asks, read from its URL or its body."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

import orjson

from loaders.limits import LIMITS
from server.media_types import JSON
from server.request import Refused, Request

PARAMETERS = ("query", "documentId", "operationName", "variables", "extensions")
ASKING = ("query", "documentId", "extensions")
PERSISTED = "persistedQuery"


class Question(NamedTuple):
    """What a request asks: ``query``, which may be empty where there is an id."""

    query: str
    operation_name: str | None
    variables: Mapping[str, Any]
    document_id: str | None = None


async def read_question(request: Request) -> Question:
    """The question of a POST's body or of any other request's URL; raises Refused."""
    if request.method == "POST":
        _check_headers(request)
        return _question(_json(await request.body(), "The body"))
    given = _parameters(request.query_string)
    for name in ("variables", "extensions"):
        if name in given:
            given[name] = _json(given[name], f"The parameter '{name}'")
    return _question(given)


def is_asked(request: Request) -> bool:
    """Whether the URL has a question."""
    given = dict(parse_qsl(request.query_string.decode("latin-1")))
    return any(name in given for name in ASKING)


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


def _check_headers(request: Request) -> None:
    headers = request.headers
    content_type = headers.get(b"content-type", "")
    if content_type != JSON:
        _check_content_type(content_type.lower())
    encoding = headers.get(b"content-encoding", "identity").lower()
    if encoding != "identity":
        raise Refused(415, f"Send the body as it is, not as {encoding}.")


def _check_content_type(content_type: str) -> None:
    media_type, *parameters = content_type.split(";")
    if media_type.strip() != JSON:
        raise Refused(415, f"Send the question as {JSON}, not {media_type.strip() or 'nothing'}.")
    for parameter in parameters:
        name, _, value = parameter.strip().partition("=")
        if name == "charset" and value.strip('"') not in ("utf-8", "utf8"):
            raise Refused(415, f"Send the question in UTF-8, not {value}.")


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
    for key in ("variables", "extensions"):
        if not isinstance(given.get(key), dict | None):
            raise Refused(400, f"'{key}' must be an object.")
    id_ = _document_id(given)
    if not isinstance(query, str | None) or not (query or id_):
        raise Refused(400, "The question is missing: send it as the string 'query'.")
    if not isinstance(name, str | None):
        raise Refused(400, "'operationName' must be a string.")
    return Question(query or "", name or None, given.get("variables") or {}, id_)


def _document_id(given: Mapping[str, Any]) -> str | None:
    id_, extensions = given.get("documentId"), given.get("extensions")
    if not isinstance(id_, str | None):
        raise Refused(400, "'documentId' must be a string.")
    if not extensions or extensions.get(PERSISTED) is None:
        return id_ or None
    persisted = extensions[PERSISTED]
    if not isinstance(persisted, dict) or persisted.get("version") != 1:
        raise Refused(400, f"'{PERSISTED}' must be an object of version 1.")
    if not isinstance(hash_ := persisted.get("sha256Hash"), str) or not hash_:
        raise Refused(400, f"'{PERSISTED}' must have the string 'sha256Hash'.")
    if id_:
        raise Refused(400, f"Send either 'documentId' or '{PERSISTED}'.")
    return hash_
