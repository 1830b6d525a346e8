"""filmograph migrate: constraints and indexes."""

from graph.database import open_database
from graph.migrations import migrate as run_migrations
from graph.settings import Settings
from server.console import run, say


def migrate() -> None:
    """Bring the graph's constraints and indexes up to date."""

    async def work() -> None:
        async with open_database(Settings.from_environment(), say) as client:
            applied = await run_migrations(client)
            for name in applied:
                say(f"Migrated: {name}")
            say("Migrated." if applied else "Nothing to migrate.")

    run(work())
