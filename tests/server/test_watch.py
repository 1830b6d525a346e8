"""A client that goes away takes its work with it."""

import asyncio
import json
from typing import Any

import pytest
from starlette.types import ASGIApp, Message

from graph.client import Client
from server.app import create_app
from server.queue import Room
from tests.server.slow import SLOW, Slowness, until_running

QUICK = '{ role(id: "director") { id } }'
SEVERAL = " ".join(f'a{n}: list(id: "slow") {{ id }}' for n in range(3))


class Visitor:
    """One request, whose client can hang up."""

    def __init__(self, query: str, *heard: Message) -> None:
        body = json.dumps({"query": query}).encode()
        self.parts: list[Message] = [{"type": "http.request", "body": body}, *heard]
        self.gone = asyncio.Event()
        self.sent: list[Message] = []
        self.scope: dict[str, Any] = {
            "type": "http",
            "method": "POST",
            "path": "/graphql",
            "query_string": b"",
            "headers": [(b"content-type", b"application/json")],
            "client": ("127.0.0.1", 1),
        }

    async def receive(self) -> Message:
        if self.parts:
            return self.parts.pop(0)
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        self.sent.append(message)

    def ask(self, app: ASGIApp) -> asyncio.Task[None]:
        async def ask() -> None:
            await app(self.scope, self.receive, self.send)

        return asyncio.create_task(ask())


@pytest.mark.parametrize(
    ("query", "statements"),
    [(SLOW, 1), (f"{{ {SEVERAL} }}", 3), (f"{{ __schema {{ __typename }} {SEVERAL} }}", 3)],
    ids=["one statement", "several", "in graphql-core's way"],
)
async def test_the_database_stops_what_nobody_waits_for(
    query: str, statements: int, catalogue: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    slowness = Slowness(monkeypatch)
    visitor = Visitor(query, {"type": "http.request", "body": b"", "more_body": False})
    asked = visitor.ask(create_app(catalogue))
    await until_running(catalogue, statements)
    visitor.gone.set()
    await asyncio.wait_for(asked, 5)
    assert (visitor.sent[0]["status"], slowness.now) == (499, 0)
    await until_running(catalogue, 0)


async def test_who_leaves_the_queue_makes_room(
    catalogue: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    Slowness(monkeypatch)
    app = create_app(catalogue, room=Room(running=1, waiting=1, seconds=30))
    visitors = [Visitor(query) for query in (SLOW, SLOW, SLOW, QUICK, QUICK)]
    first, second, third = (each.ask(app) for each in visitors[:3])
    await until_running(catalogue, 1)
    await asyncio.wait_for(third, 5)
    visitors[1].gone.set()
    await asyncio.wait_for(second, 5)
    fourth, fifth = (each.ask(app) for each in visitors[3:])
    await asyncio.wait_for(fifth, 5)
    assert not fourth.done()  # waits in the second's place
    visitors[0].gone.set()
    await asyncio.wait_for(first, 5)
    await asyncio.wait_for(fourth, 5)
    assert [each.sent[0]["status"] for each in visitors] == [499, 499, 503, 200, 503]
    await until_running(catalogue, 0)


async def test_whoever_ends_the_server_ends_it(
    catalogue: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cancellation that is not the watch's is passed on."""
    Slowness(monkeypatch)
    asked = Visitor(SLOW).ask(create_app(catalogue))
    await until_running(catalogue, 1)
    asked.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked
    await until_running(catalogue, 0)
