"""Requests: what of HTTP matters to GraphQL, without a framework in between."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, Self

from starlette.types import Message, Receive, Scope

from loaders.limits import LIMITS

NO_HEADERS: Mapping[str, str] = MappingProxyType({})


class Refused(Exception):
    """The request is not one that GraphQL can answer, or not now."""

    def __init__(
        self,
        status: int,
        message: str,
        headers: Mapping[str, str] = NO_HEADERS,
        extensions: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.headers = headers
        self.extensions = extensions

    @classmethod
    def for_now(cls, status: int, why: str, seconds: int, extensions: Mapping[str, Any]) -> Self:
        """What may be asked again in so many seconds."""
        wait = "1 second" if seconds == 1 else f"{seconds} seconds"
        headers = {"Retry-After": str(seconds)}
        return cls(status, f"{why}; ask again in {wait}.", headers, extensions)

    @property
    def error(self) -> dict[str, Any]:
        """As the answer has it."""
        error = {"message": str(self)}
        return {**error, "extensions": self.extensions} if self.extensions else error


@dataclass
class Request:
    """An HTTP request as ASGI has it."""

    scope: Scope
    receive: Receive

    @property
    def method(self) -> str:
        method: str = self.scope["method"]
        return method

    @property
    def query_string(self) -> bytes:
        query_string: bytes = self.scope["query_string"]
        return query_string

    @cached_property
    def headers(self) -> dict[bytes, str]:
        """By their names in lower case; what is sent several times is one list (RFC 9110, 5.3)."""
        found: dict[bytes, str] = {}
        for name, value in self.scope["headers"]:
            text = value.decode("latin-1")
            found[name] = f"{found[name]},{text}" if name in found else text
        return found

    @property
    def accept(self) -> str:
        """What the client accepts: anything, where it does not say."""
        return self.headers.get(b"accept") or "*/*"

    def has(self, tag: str) -> bool:
        """Whether the client names this weak ETag, or "*" for any (RFC 9110, 13.1.2)."""
        given = self.headers.get(b"if-none-match", "").split(",")
        return tag.removeprefix("W/") in [each.strip().removeprefix("W/") for each in given]

    async def body(self) -> bytes:
        """Of which no more is read than it may have; raises Refused."""
        length = self.headers.get(b"content-length", "")
        if length.isdecimal() and int(length) > LIMITS.max_body:
            raise _too_large()
        message = await self._part()
        body: bytes = message.get("body", b"")
        while message.get("more_body", False) and len(body) <= LIMITS.max_body:
            message = await self._part()
            body += message.get("body", b"")
        if len(body) > LIMITS.max_body:
            raise _too_large()
        return body

    async def _part(self) -> Message:
        message = await self.receive()
        if message["type"] == "http.disconnect":
            raise Refused(400, "The body has no end.")
        return message


def _too_large() -> Refused:
    return Refused(
        413, f"The body is larger than {LIMITS.max_body} bytes.", {"Connection": "close"}
    )
