"""Structured logs: for a person's eyes on a terminal, or as JSON lines for a collector."""

import logging
import sys
from time import perf_counter
from typing import Any

import orjson
import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph.settings import Settings

log = structlog.get_logger()

WATCHED = frozenset({"/health", "/ready"})
"""Asked for every few seconds, and of no interest unless one looks for them."""


def configure_logging(settings: Settings) -> None:
    """Everything goes to standard error, at the level and in the format of the settings."""
    as_json = settings.log_format == "json"
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info if as_json else structlog.dev.set_exc_info,
            structlog.processors.JSONRenderer(_json)
            if as_json
            # Without the values of local variables: those are requests' and passwords.
            else structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
            ),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping()[settings.log_level.upper()]
        ),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def _json(event: dict[str, Any], **_: Any) -> str:
    return orjson.dumps(event, default=repr).decode()


class RequestLog:
    """One line for each request: what was asked for, how it ended, how long it took."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.log = log.bind()  # each call would look the configuration up again

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        start, status = perf_counter(), 500

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noting)
        finally:
            milliseconds = round((perf_counter() - start) * 1000, 1)
            request = {"method": scope["method"], "path": scope["path"]}
            note = self.log.debug if scope["path"] in WATCHED else self.log.info
            note("request", **request, status=status, milliseconds=milliseconds)
