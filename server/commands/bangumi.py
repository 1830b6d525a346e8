"""filmograph import bangumi: a dump of Bangumi."""

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from graph.settings import Settings
from ingest.bangumi.dump import open_dump
from ingest.catalog.vocabulary import read_vocabulary
from ingest.vocabulary import load_vocabulary
from server.commands.feeds import check_report, run_feed
from server.console import messages, migrated, run


def import_bangumi(
    dump: Annotated[Path, typer.Argument(metavar="DUMP.zip", help="A dump of Bangumi.")],
    vocabulary: Annotated[
        Path | None,
        typer.Option(help="A folder with bangumi-common's files, for codes that are not known."),
    ] = None,
    report: Annotated[
        Path | None, typer.Option(help="Write what became of the rows to this file, as JSON.")
    ] = None,
) -> None:
    """Import a dump of Bangumi: works, albums, people, characters, and how they are tied."""
    check_report(report)
    with Reading() as reading, open_dump(dump, vocabulary, reading.tell) as feed:
        reading.stop()

        async def work() -> None:
            async with migrated(Settings.from_environment()) as client:
                await load_vocabulary(client, read_vocabulary())
                await run_feed(client, feed, report)

        run(work())


class Reading(Progress):
    """A bar for each step of reading the dump."""

    def __init__(self) -> None:
        super().__init__(
            TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), console=messages
        )

    def tell(self, what: str, done: int, total: int) -> None:
        known = next((task.id for task in self.tasks if task.description == what), None)
        task = self.add_task(what, total=total) if known is None else known
        self.update(task, completed=done)
