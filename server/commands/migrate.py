"""filmograph migrate: constraints and indexes, and what is kept for reading."""

from typing import Annotated

import typer

from graph.database import open_database
from graph.settings import Settings
from server.console import bring_up_to_date, run, say


def migrate(
    ties: Annotated[bool, typer.Option("--ties", help="Also make all ties anew.")] = False,
) -> None:
    """Bring the graph's constraints and indexes up to date."""

    async def work() -> None:
        async with open_database(Settings.from_environment(), say) as client:
            done = await bring_up_to_date(client, ties=ties)
            say("Migrated." if done else "Nothing to migrate.")

    run(work())
