"""Pages for browsers: built by web/, served as files."""

from pathlib import Path

from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

STATIC = Path(__file__).parent / "static"
FOREVER = "public, max-age=31536000, immutable"
HEADERS = {
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


def page(name: str, **headers: str) -> Response:
    """One of the pages."""
    if not (STATIC / name).is_file():
        problem = "The pages for browsers are not built: run 'make setup'. The API works without."
        return PlainTextResponse(problem, 501, headers)
    return FileResponse(STATIC / name, media_type="text/html", headers=HEADERS | headers)
