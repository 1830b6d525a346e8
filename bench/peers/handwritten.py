"""The peer: what one would write by hand for two pages, and nothing else.

One statement for a page, over the official driver, its record sent on as it comes. The record
is nested lists in the page's order: maps repeat their keys in every row and take longer.
Reads NEO4J_URI, NEO4J_USER and NEO4J_PASSWORD.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import orjson
from neo4j import READ_ACCESS, AsyncDriver, AsyncGraphDatabase, NotificationMinimumSeverity
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ingest.identity import query_keys

WORK_PAGE = Path(__file__).with_name("work_page.cypher").read_text()
COMPOSERS = Path(__file__).with_name("composers.cypher").read_text()


@asynccontextmanager
async def connected(app: Starlette) -> AsyncIterator[None]:
    account = (os.environ["NEO4J_USER"], os.environ["NEO4J_PASSWORD"])
    quiet = NotificationMinimumSeverity.OFF
    async with AsyncGraphDatabase.driver(
        os.environ["NEO4J_URI"],
        auth=account,
        notifications_min_severity=quiet,
        telemetry_disabled=True,
    ) as app.state.driver:
        yield


async def work_page(request: Request) -> Response:
    return await _answer(request, WORK_PAGE, {"slug": request.path_params["slug"]})


async def composers(request: Request) -> Response:
    director = request.query_params["director"]
    return await _answer(request, COMPOSERS, {"keys": query_keys(director)})


async def _answer(request: Request, statement: str, parameters: dict[str, Any]) -> Response:
    driver: AsyncDriver = request.app.state.driver
    async with driver.session(
        database="neo4j", default_access_mode=READ_ACCESS, fetch_size=-1
    ) as session:
        result = await session.run(statement, parameters)
        [[answer]] = await result.values()
    return Response(orjson.dumps(answer), media_type="application/json")


app = Starlette(
    routes=[Route("/works/{slug}", work_page), Route("/composers", composers)],
    lifespan=connected,
)
