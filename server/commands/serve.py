"""filmograph serve: the API and the playground."""

import asyncio
import gc
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Annotated

import typer
import uvicorn
from starlette.types import ASGIApp

from graph.client import Client
from graph.errors import SettingsError
from graph.settings import Settings
from ingest.catalog.load import load_catalog
from ingest.franchises.derive import derive
from loaders.documents import Documents
from loaders.limits import LIMITS
from schema.schema import executable
from server.app import create_app
from server.cached import Caching
from server.commands.report import report
from server.console import migrated, run, say
from server.limits import check_document
from server.logging import configure_logging
from server.queue import Room
from server.registered import Registered
from server.store import read_store
from server.throttle import Throttle

COLLECTED_AFTER = 10_000  # objects more than before, which is as many as a large answer has


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
) -> None:
    """Serve the API and the playground, with the shipped catalogue."""
    settings = Settings.from_environment()
    settings = replace(
        settings, host=host or settings.host, port=settings.port if port is None else port
    )
    configure_logging(settings)
    run(_serve(settings))


async def _serve(settings: Settings) -> None:
    listening = _listen(settings)
    registered = _registered(settings)
    async with migrated(settings) as client:
        if settings.catalogue:
            say("Loading the shipped catalogue")
            account = await load_catalog(client)
            account.add(await derive(client))
            report(account)
        config = uvicorn.Config(
            _app(client, settings, registered),
            log_config=None,
            access_log=False,
            proxy_headers=bool(settings.trusted_proxies),
            forwarded_allow_ips=list(settings.trusted_proxies),
        )
        address, port = listening.getsockname()[:2]
        _spare_collector()
        say(f"Filmograph is ready: http://{address}:{port} (playground: /graphql)")
        await Server(config).serve(sockets=[listening])
        say("Stopping")


def _app(client: Client, settings: Settings, registered: Registered) -> ASGIApp:
    size, rate = settings.throttle_bucket, settings.throttle_rate
    return create_app(
        client,
        development=settings.development,
        origins=settings.origins,
        room=Room(settings.max_running, settings.max_waiting, settings.max_wait),
        throttle=Throttle(size, rate, settings.tokens) if rate else None,
        registered=registered,
        caching=Caching(settings.answer_cache, settings.cache_control, settings.staleness),
    )


class Server(uvicorn.Server):
    """uvicorn that ends on a signal without raising it again, so that the database is left in
    order.
    """

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        yield


def _spare_collector() -> None:
    """What is there by now stays. The collector would go through it again and again, because
    answers are many small objects: that takes as long as shaping them.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECTED_AFTER)


def _registered(settings: Settings) -> Registered:
    if settings.registered is None:
        return Registered()
    documents = Documents(executable, check_document, LIMITS.max_tokens)
    return Registered(read_store(settings.registered, documents), settings.registered_only)


def _listen(settings: Settings) -> socket.socket:
    """Take the port first: it is the quickest thing to fail."""
    try:
        family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        listening = socket.create_server((settings.host, settings.port), family=family)
    except OSError as error:
        problem = f"cannot listen on {settings.host}:{settings.port}: {error.strerror}"
        wrong = "FILMOGRAPH_HOST" if isinstance(error, socket.gaierror) else "FILMOGRAPH_PORT"
        raise SettingsError(wrong, problem) from error
    # Head and body of an answer are written apart: without this the body waits 40 ms for an ACK.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening
