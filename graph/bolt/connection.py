"""A connection: one request at a time, its answers into rows."""

from __future__ import annotations

import asyncio
import socket
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any, cast

from neo4j.exceptions import Neo4jError, ServiceUnavailable

from graph.bolt import Unsupported, UnsupportedServer
from graph.bolt.messages import TAG, Messages, Tag, packed, unpacked

Row = list[Any]

LIFETIME_SECONDS = 3600.0
# Bolt 5.4 down to 5.2: the first that can turn notifications off. Later ones add nothing to reads.
OFFER = b"\x60\x60\xb0\x17" + b"\x00\x02\x04\x05" + bytes(12)
MAJOR = 5
AGENT = f"filmograph/{version('filmograph')}"
SECURITY = ".Security."
PULL_ALL = packed(Tag.PULL, {"n": -1})

_failure = Neo4jError._hydrate_neo4j


@dataclass(frozen=True)
class Address:
    """Where a Neo4j listens, and who asks. The password stays out of its repr."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)


class Connection(asyncio.Protocol):
    """Usable until it is lost, old, or closed by the cancellation of a request."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._expires = self._loop.time() + LIFETIME_SECONDS
        self._messages = Messages()
        self._version = b""
        self._due = 0
        self._rows: list[Row] = []
        self._summary = bytearray()
        self._problem: Exception | None = None
        self.lost: asyncio.Future[None] = self._loop.create_future()

    @classmethod
    async def open(cls, address: Address, seconds: float) -> Connection:
        """Raises ServiceUnavailable, AuthError, UnsupportedServer."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(seconds):
                _, connection = await loop.create_connection(cls, address.host, address.port)
                await connection._greet(address)
        except OSError as error:
            place = f"{address.host}:{address.port}"
            raise ServiceUnavailable(f"No connection to {place}: {error}") from error
        except Unsupported as error:
            raise UnsupportedServer(str(error)) from error
        return connection

    @property
    def usable(self) -> bool:
        return not self._transport.is_closing() and self._loop.time() < self._expires

    async def read(self, run: bytes) -> list[Row]:
        """The rows of a RUN message. A cancelled read closes the connection, which ends the
        transaction.
        """
        try:
            return await self._ask(run + PULL_ALL, answers=2)
        except Neo4jError as error:
            if SECURITY in str(error.code):  # what may change with the next log-on
                self.close()
            else:
                await self._reset()
            raise

    async def _reset(self) -> None:
        try:
            await self._ask(packed(Tag.RESET))
        except (ServiceUnavailable, Neo4jError):  # says less than the statement's own error
            self.close()

    def close(self) -> None:
        if not self._transport.is_closing():
            self._transport.write(packed(Tag.GOODBYE))
            self._transport.close()

    def abort(self) -> None:
        """Close at once, whatever is still to be sent."""
        self._transport.abort()

    async def _greet(self, address: Address) -> None:
        try:
            await self._ask(OFFER)
            if self._version[-1] != MAJOR:
                raise Unsupported(f"the server's version of Bolt, {self._version!r}")
            hello = {
                "user_agent": AGENT,
                "bolt_agent": {"product": AGENT},
                "notifications_minimum_severity": "OFF",
            }
            await self._ask(packed(Tag.HELLO, hello))
            hints = unpacked(self._summary).get("hints", {})
            who = {"principal": address.user, "credentials": address.password}
            await self._ask(packed(Tag.LOGON, {"scheme": "basic", **who}))
        except BaseException:
            self._transport.abort()
            raise
        if patience := hints.get("connection.recv_timeout_seconds"):
            self.listen(patience)

    async def _ask(self, request: bytes, answers: int = 1) -> list[Row]:
        """The rows that come before the last of the answers. Raises what the first failure says."""
        if self._transport.is_closing():
            raise ServiceUnavailable("The connection is closed.")
        self._due = answers
        self._rows, self._problem = [], None
        self._heard = self._loop.time()
        self._done: asyncio.Future[None] = self._loop.create_future()
        self._transport.write(request)
        try:
            await self._done
        except BaseException:
            self._transport.abort()
            raise
        rows, self._rows = self._rows, []
        if self._problem:
            raise self._problem
        return rows

    def listen(self, patience: float) -> None:
        """A server that has nothing to say yet sends empty messages; one that is gone does not."""
        if self._due and self._loop.time() - self._heard > patience:
            self._transport.abort()
        elif not self.lost.done():
            self._loop.call_later(patience, self.listen, patience)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)

    def data_received(self, data: bytes) -> None:
        self._heard = self._loop.time()
        if len(self._version) < 4:
            missing = 4 - len(self._version)
            self._version, data = self._version + data[:missing], data[missing:]
            if len(self._version) == 4:
                self._answered()
        for message in self._messages.feed(data):
            self._received(message)

    def _received(self, message: bytearray) -> None:
        if not self._due:
            self._transport.abort()
        elif message[TAG] == Tag.RECORD:
            self._record(message)
        else:
            if message[TAG] == Tag.FAILURE:
                self._problem = _failure(**unpacked(message))
            self._summary = message
            self._answered()

    def _record(self, message: bytearray) -> None:
        if self._problem:
            return
        try:
            self._rows.append(unpacked(message))
        except Unsupported as error:
            self._problem = error

    def _answered(self) -> None:
        self._due -= 1
        if not self._due and not self._done.done():
            self._done.set_result(None)

    def connection_lost(self, error: Exception | None) -> None:
        self.lost.set_result(None)
        if self._due and not self._done.done():
            self._done.set_exception(ServiceUnavailable(f"The connection was lost: {error}"))
