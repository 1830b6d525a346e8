"""filmograph export and filmograph import export: the whole graph as a file, and back."""

from pathlib import Path
from typing import Annotated

import typer

from graph.settings import Settings
from ingest.export.mark import marks
from ingest.export.reading import checked, restore
from ingest.export.writing import count
from ingest.export.writing import export as write
from server.commands.feeds import progress_bar
from server.console import bring_up_to_date, migrated, run, say


def export(
    file: Annotated[
        Path, typer.Argument(help="Where to: .jsonl, or compressed as .jsonl.zst or .jsonl.gz.")
    ],
) -> None:
    """Write the whole graph to a file, which `filmograph import export` reads."""

    async def work() -> None:
        async with migrated(Settings.from_environment()) as client:
            header = await count(client)
            if await marks(client):
                say("A restore of this graph has not come to its end: only a part is exported.")
            with progress_bar() as bar:
                task = bar.add_task(f"Exporting to {file.name}", total=header.lines)
                await write(client, file, header, lambda lines: bar.advance(task, lines))
        say(f"{sum(header.nodes.values())} nodes, {sum(header.edges.values())} edges: {file}")

    run(work())


def import_export(
    file: Annotated[Path, typer.Argument(help="What `filmograph export` wrote.")],
) -> None:
    """Restore an exported graph into an empty database."""
    # What is wrong with the file shows before a database is started for it.
    header = checked(file)

    async def work() -> None:
        async with migrated(Settings.from_environment()) as client:
            with progress_bar() as bar:
                task = bar.add_task(f"Restoring {file.name}", total=header.lines - 1)
                await restore(client, file, header, lambda lines: bar.advance(task, lines))
            await bring_up_to_date(client)
        say(f"{sum(header.nodes.values())} nodes, {sum(header.edges.values())} edges restored.")

    run(work())
