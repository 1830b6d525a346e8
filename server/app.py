"""The Starlette application: GraphQL, the pages for browsers, and what operators watch."""

from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from graph.client import Client
from graph.errors import DatabaseError
from graph.migrations import pending
from loaders.answer import Context
from schema.schema import executable, schema
from server.http import ANSWERS, METHODS, GraphQLEndpoint, accepted, refuse
from server.logging import RequestLog
from server.media_types import HTML, negotiate

log = structlog.get_logger()

STATIC = Path(__file__).parent / "static"
PREFLIGHT_KEPT = 7200  # seconds; browsers keep one no longer
FOREVER = "public, max-age=31536000, immutable"
PAGE_HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": (
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
}


class Assets(StaticFiles):
    """Files whose names change with their content."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = FOREVER
        return response


def create_app(
    client: Client, *, development: bool = False, origins: Sequence[str] = ("*",)
) -> Starlette:
    """The application on an open database, migrated and filled by whoever opened it. Pages of
    ``origins`` may ask it from browsers, without credentials.
    """
    endpoint = GraphQLEndpoint(executable, Context(client), development=development)

    async def graphql(request: Request) -> Response:
        # One address, two answers: caches must tell them apart.
        wants_page = negotiate(accepted(request), (*ANSWERS, HTML)) == HTML
        asks = request.method == "POST" or "query" in request.query_params
        if wants_page and not asks and request.method != "OPTIONS":
            response = _page("playground.html")
        else:
            response = await endpoint(request)
        response.headers["Vary"] = "Accept"
        return response

    async def start_page(_: Request) -> Response:
        return _page("index.html")

    async def sdl(_: Request) -> Response:
        return PlainTextResponse(schema.as_str(), media_type="text/plain; charset=utf-8")

    async def health(_: Request) -> Response:
        return JSONResponse({"status": "alive", "version": version("filmograph")})

    async def ready(_: Request) -> Response:
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
            Route("/graphql", graphql, methods=METHODS),
            Route("/schema.graphql", sdl),
            Route("/health", health),
            Route("/ready", ready),
            Mount("/assets", GZipMiddleware(Assets(directory=STATIC / "assets", check_dir=False))),
        ],
        middleware=[
            Middleware(RequestLog),
            Middleware(
                CORSMiddleware,
                allow_origins=origins,
                allow_methods=["GET", "HEAD", "POST"],
                allow_headers=["*"],
                max_age=PREFLIGHT_KEPT,
            ),
        ],
        exception_handlers={HTTPException: refuse},
    )


def _page(name: str) -> Response:
    if not (STATIC / name).is_file():
        problem = "The pages for browsers are not built: run 'make setup'. The API works without."
        return PlainTextResponse(problem, 501)
    return FileResponse(STATIC / name, media_type="text/html", headers=PAGE_HEADERS)
