"""The application: GraphQL, the pages for browsers, and what operators watch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from string import punctuation
from urllib.parse import quote

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request as PageRequest
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from graph.client import Client
from graph.errors import DatabaseError
from graph.migrations import pending
from loaders.answer import Context
from schema.schema import executable, schema
from server.cached import NOT_KEPT, Caching
from server.http import ANSWERS, VARIES, GraphQLEndpoint, response
from server.logging import RequestLog
from server.media_types import HTML, JSON, negotiate
from server.pages import STATIC, Assets, page
from server.question import is_asked
from server.queue import USUAL, Queue, Room
from server.registered import Registered
from server.request import Request
from server.revision import Revision
from server.throttle import Throttle

log = structlog.get_logger()

EXPOSED = ("Retry-After", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset")
"""What pages of other sites may see of how much they may ask."""
PREFLIGHT_KEPT = 7200  # seconds; browsers keep one no longer


@dataclass(frozen=True)
class Paths:
    """Applications by their exact paths, and what answers on all others."""

    applications: Mapping[str, ASGIApp]
    others: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"] if scope["type"] == "http" else ""
        await self.applications.get(path, self.others)(scope, receive, send)


@dataclass(frozen=True)
class GraphQL:
    """Answers to questions, and the playground for browsers that ask none."""

    endpoint: GraphQLEndpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        if _wants_page(request):
            answer = page("playground.html", **VARIES)
        else:
            answer = await self.endpoint.respond(request)
        await answer(scope, receive, send)


def create_app(
    client: Client,
    *,
    development: bool = False,
    origins: Sequence[str] = ("*",),
    room: Room = USUAL,
    throttle: Throttle | None = None,
    registered: Registered | None = None,
    caching: Caching = NOT_KEPT,
) -> ASGIApp:
    """The application on an open database, migrated and filled by whoever opened it. Pages of
    ``origins`` may ask it from browsers, without credentials.
    """
    endpoint = GraphQLEndpoint(
        executable,
        Context(Queue(client, room)),
        Revision(client, caching.staleness),
        throttle=throttle,
        development=development,
        registered=registered,
        caching=caching,
    )
    # A question does not go through a framework's routing, which takes as long as shaping a page.
    answering = CORSMiddleware(
        Paths({"/graphql": GraphQL(endpoint)}, _pages(client)),
        allow_origins=origins,
        allow_methods=["GET", "HEAD", "POST"],
        allow_headers=["*"],
        expose_headers=EXPOSED if throttle else (),
        max_age=PREFLIGHT_KEPT,
    )
    return RequestLog(answering)


def _wants_page(request: Request) -> bool:
    return (
        request.method in ("GET", "HEAD")
        and negotiate(request.accept, (*ANSWERS, HTML)) == HTML
        and not is_asked(request)
    )


def _pages(client: Client) -> Starlette:
    async def start_page(_: PageRequest) -> Response:
        return page("index.html")

    async def slash(request: PageRequest) -> Response:
        asked = quote(request.scope["query_string"], safe=punctuation)
        return RedirectResponse(f"/graphql?{asked}" if asked else "/graphql")

    async def sdl(_: PageRequest) -> Response:
        return PlainTextResponse(f"{schema.as_str()}\n", media_type="text/plain; charset=utf-8")

    async def health(_: PageRequest) -> Response:
        return JSONResponse({"status": "alive", "version": version("filmograph")})

    async def ready(_: PageRequest) -> Response:
        try:
            await client.verify()
            missing = [migration.name for migration in await pending(client)]
        except DatabaseError as error:
            log.warning("not ready", cause=str(error))
            return JSONResponse({"status": "no database"}, 503)
        if missing:
            return JSONResponse({"status": "not migrated", "missing": missing}, 503)
        return JSONResponse({"status": "ready"})

    return Starlette(
        routes=[
            Route("/", start_page),
            Route("/graphql/", slash, methods=["GET", "HEAD", "POST"]),
            Route("/schema.graphql", sdl),
            Route("/health", health),
            Route("/ready", ready),
            Mount("/assets", GZipMiddleware(Assets(directory=STATIC / "assets", check_dir=False))),
        ],
        exception_handlers={HTTPException: _refuse},
    )


async def _refuse(request: PageRequest, error: Exception) -> Response:
    """What the routing refuses, in the form of all errors."""
    assert isinstance(error, HTTPException)
    media_type = negotiate(request.headers.get("accept", "*/*"), ANSWERS) or JSON
    body = {"errors": [{"message": f"{error.detail}."}]}
    return response(error.status_code, body, media_type, error.headers or {})
