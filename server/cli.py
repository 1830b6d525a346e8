"""The command line: serve, import, migrate, plan, schema."""

import asyncio
import json
import signal
import socket
import sys
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer
import uvicorn
import uvloop
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from graph.client import Client
from graph.database import open_database
from graph.errors import FilmographError, SettingsError, SourceError
from graph.migrations import migrate as run_migrations
from graph.settings import Settings
from ingest.catalog.load import load_catalog
from ingest.catalog.reading import read_catalog
from ingest.catalog.vocabulary import CATALOG
from ingest.upsert import Account
from ingest.wiki.importing import import_pages
from schema.plans import explain
from schema.schema import schema as public_schema
from server.app import create_app
from server.logging import configure_logging

app = typer.Typer(
    help="A GraphQL knowledge graph of films and what surrounds them.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
imports = typer.Typer(help="Bring data into the graph.", no_args_is_help=True)
app.add_typer(imports, name="import")

messages = Console(stderr=True, highlight=False, soft_wrap=True)
output = Console(highlight=False, soft_wrap=True)

INTERRUPTED = 130


def main() -> None:
    """Run the command; what a user did wrong ends with its message and exit code 1."""
    try:
        app()
    except FilmographError as error:
        messages.print("[bold red]Error:[/]", end=" ")
        messages.print(str(error), markup=False)
        sys.exit(1)


def run(work: Coroutine[Any, Any, None]) -> None:
    """Run to the end; Ctrl-C and SIGTERM leave the graph as it last was and exit with 130."""

    async def interruptible() -> None:
        task = asyncio.current_task()
        assert task is not None
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
        await work

    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(interruptible())
    except (KeyboardInterrupt, asyncio.CancelledError):
        messages.print("Interrupted.")
        sys.exit(INTERRUPTED)


def say(message: str) -> None:
    messages.print(message, markup=False)


@asynccontextmanager
async def migrated(settings: Settings) -> AsyncIterator[Client]:
    """The database, with its constraints and indexes."""
    async with open_database(settings, say) as client:
        for name in await run_migrations(client):
            say(f"Migrated: {name}")
        yield client


@app.command()
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
    async with migrated(settings) as client:
        if settings.catalogue:
            say("Loading the shipped catalogue")
            _report(await load_catalog(client))
        served = create_app(client, development=settings.development, origins=settings.origins)
        config = uvicorn.Config(served, log_config=None, access_log=False)
        address, port = listening.getsockname()[:2]
        say(f"Filmograph is ready: http://{address}:{port} (playground: /graphql)")
        await Server(config).serve(sockets=[listening])
        say("Stopping")


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


@app.command()
def migrate() -> None:
    """Bring the graph's constraints and indexes up to date."""

    async def work() -> None:
        async with open_database(Settings.from_environment(), say) as client:
            applied = await run_migrations(client)
            for name in applied:
                say(f"Migrated: {name}")
            say("Migrated." if applied else "Nothing to migrate.")

    run(work())


@imports.command("catalogue")
def import_catalogue(
    folder: Annotated[
        Path | None, typer.Argument(help="Another folder of the same form as catalog/.")
    ] = None,
) -> None:
    """Load the shipped catalogue, or a folder of the same form."""

    chosen = folder or CATALOG
    # What is wrong with the files shows before a database is started for them.
    read_catalog(chosen)

    async def work() -> None:
        async with migrated(Settings.from_environment()) as client:
            _report(await load_catalog(client, chosen))

    run(work())


@imports.command("wiki-page")
def import_wiki_page(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Pages saved as text.")],
    work: Annotated[
        str | None, typer.Option(help="Slug of the work, where a page's title does not tell it.")
    ] = None,
) -> None:
    """Import pages of the community wiki; a page that is not of its form changes nothing."""
    if work and len(files) > 1:
        raise FilmographError("--work says what one page is about; give one FILE with it")

    async def task() -> None:
        async with migrated(Settings.from_environment()) as client:
            async for page in import_pages(client, files, work):
                about = f"{page.page.path}: {page.resolution.work}"
                say(f"{about} (new)" if page.resolution.is_new else about)
                for warning in page.warnings:
                    messages.print(f"[yellow]Not taken over:[/] {escape(warning)}")
                _report(page.account)

    run(task())


def _report(account: Account) -> None:
    """How many nodes of each label were written, and how many were already right."""
    columns = {
        "created": account.created,
        "updated": account.updated,
        "unchanged": account.unchanged,
        "removed": account.removed,
    }
    if not account.writes:
        say(f"Nothing changed: {account.unchanged.total()} nodes are as they should be.")
        return
    table = Table("", *columns)
    labels = sorted(set().union(*columns.values()))
    for label in labels:
        table.add_row(label, *(str(counts[label]) for counts in columns.values()))
    table.add_row("all", *(str(counts.total()) for counts in columns.values()), style="bold")
    messages.print(table)


@app.command()
def plan(
    file: Annotated[Path, typer.Argument(help="A GraphQL document.")],
    variables: Annotated[str, typer.Option(help="Its variables, as JSON.")] = "{}",
    operation: Annotated[str | None, typer.Option(help="Which operation, if several.")] = None,
) -> None:
    """Print the Cypher statements that answer a question, and their parameters."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"cannot be read: {error}", file) from error
    try:
        given = json.loads(variables)
    except json.JSONDecodeError as error:
        raise FilmographError(f"--variables is not JSON: {error}") from error
    if not isinstance(given, dict):
        raise FilmographError("--variables must be a JSON object")
    for name, statement, parameters in explain(text, given, operation):
        output.print(f"// {name}\n{statement}", markup=False)
        output.print(f"// parameters: {json.dumps(parameters, ensure_ascii=False)}\n", markup=False)


@app.command()
def schema() -> None:
    """Print the API's schema (SDL)."""
    output.print(public_schema.as_str(), markup=False)
