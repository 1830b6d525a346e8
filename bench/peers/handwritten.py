"""The peer: what one would write by hand for two pages, and nothing else.

One statement for a page, over the official driver, its record sent on as it comes. The record
is nested lists in the page's order: maps repeat their keys in every row and take longer. Only
the reasons of what is similar are put into words here, in Filmograph's own.
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

from graph.similarity import sentences
from graph.similarity.evidence import EVIDENCE
from ingest.identity import query_keys

WORK_PAGE = Path(__file__).with_name("work_page.cypher").read_text()
SIMILAR = -2  # where the page has them
TOLD = [deed.role for deed in sentences.DEEDS]
MUSIC = [deed.role for deed in sentences.DEEDS if deed.music]
SAY = {each.kind: each.say for each in EVIDENCE}
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
    parameters = {"slug": request.path_params["slug"], "told": TOLD, "music": MUSIC}
    page = await _asked(request, WORK_PAGE, parameters)
    for _, _, reasons in page[SIMILAR]:
        reasons[:] = [[kind, SAY[kind](count, facts)] for kind, count, facts in reasons]
    return _sent(page)


async def composers(request: Request) -> Response:
    director = request.query_params["director"]
    return _sent(await _asked(request, COMPOSERS, {"keys": query_keys(director)}))


async def _asked(request: Request, statement: str, parameters: dict[str, Any]) -> list[Any]:
    driver: AsyncDriver = request.app.state.driver
    async with driver.session(
        database="neo4j", default_access_mode=READ_ACCESS, fetch_size=-1
    ) as session:
        result = await session.run(statement, parameters)
        answer: list[Any]
        [[answer]] = await result.values()
    return answer


def _sent(answer: list[Any]) -> Response:
    return Response(orjson.dumps(answer), media_type="application/json")


app = Starlette(
    routes=[Route("/works/{slug}", work_page), Route("/composers", composers)],
    lifespan=connected,
)
