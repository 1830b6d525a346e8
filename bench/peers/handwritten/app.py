"""A bare ASGI application: `/page?ID` and `/composers?NAME`.

Reads NEO4J_URI, NEO4J_USER and NEO4J_PASSWORD.
"""

import os
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import orjson
from neo4j import READ_ACCESS, AsyncDriver, AsyncGraphDatabase, NotificationMinimumSeverity

from ingest.identity import query_keys

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

HERE = Path(__file__).parent
PAGE = (HERE / "page.cypher").read_text()
COMPOSERS = (HERE / "composers.cypher").read_text()


class App:
    driver: AsyncDriver

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        asked = unquote(scope["query_string"].decode())
        if scope["path"] == "/page":
            answer = await self._read(PAGE, {"id": asked})
        else:
            answer = await self._read(COMPOSERS, {"keys": query_keys(asked)})
        body = orjson.dumps(answer)
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(body)).encode()),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        async with AsyncGraphDatabase.driver(
            os.environ["NEO4J_URI"],
            auth=(os.environ["NEO4J_USER"], os.environ["NEO4J_PASSWORD"]),
            notifications_min_severity=NotificationMinimumSeverity.OFF,
            telemetry_disabled=True,
        ) as self.driver:
            await send({"type": "lifespan.startup.complete"})
            await receive()
        await send({"type": "lifespan.shutdown.complete"})

    async def _read(self, statement: str, parameters: dict[str, Any]) -> Any:
        async with self.driver.session(
            database="neo4j", default_access_mode=READ_ACCESS, fetch_size=-1
        ) as session:
            result = await session.run(statement, parameters)
            [[answer]] = await result.values()
        return answer


app = App()
