"""filmograph migrate: constraints and indexes, and what is kept for reading."""

from typing import Annotated

import typer

from graph.database import open_database
from graph.migrations import migrate as run_migrations
from graph.settings import Settings
from ingest.spelling import spell
from ingest.ties import are_current, tie_all
from server.console import run, say


def migrate(
    ties: Annotated[bool, typer.Option("--ties", help="Also make all ties anew.")] = False,
) -> None:
    """Bring the graph's constraints and indexes up to date."""

    async def work() -> None:
        async with open_database(Settings.from_environment(), say) as client:
            applied = await run_migrations(client)
            for name in applied:
                say(f"Migrated: {name}")
            if ties or not await are_current(client):
                say("Tying together what is credited and related")
                await tie_all(client)
            if await spell(client):
                say("Spelt all names for search")
            say("Migrated." if applied else "Nothing to migrate.")

    run(work())
