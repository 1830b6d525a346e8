"""filmograph import bangumi: a dump of Bangumi."""

import asyncio
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from graph.settings import Settings
from ingest.bangumi.dump import Dump, open_dump
from ingest.bangumi.known import Known, recognize
from ingest.bangumi.staging import check_tables
from ingest.catalog.vocabulary import read_vocabulary
from ingest.vocabulary import load_vocabulary
from server.commands.feeds import Lists, check_report, run_feed
from server.console import messages, migrated, run, say

EXAMPLES = 5
SHORTLY = 2.0
"""Seconds."""


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
    check_report(report, dump)
    # What is no dump shows before a database is started for it.
    check_tables(dump)
    run(_import(dump, vocabulary, report))


async def _import(dump: Path, vocabulary: Path | None, report: Path | None) -> None:
    """The dump is read while the database starts."""
    with Reading() as reading, ExitStack() as files:

        def read() -> Dump:
            return files.enter_context(open_dump(dump, vocabulary, reading.tell))

        staging = asyncio.create_task(asyncio.to_thread(read))
        try:
            # What cannot be read mostly shows at once: then no database is started for it.
            await asyncio.wait({staging}, timeout=SHORTLY)
            if staging.done():
                staging.result()
            async with migrated(Settings.from_environment()) as client:
                await load_vocabulary(client, read_vocabulary())
                opened = await asyncio.shield(staging)
                reading.stop()
                known = await recognize(client, opened)
                _show(known)
                await run_feed(client, opened.feed(), report, _lists(known))
        finally:
            # The thread may still be reading: it ends before its files go.
            reading.ends = True
            await asyncio.gather(staging, return_exceptions=True)


def _show(known: Known) -> None:
    """What the graph has already; of what a person should look at, examples."""
    say(f"{len(known.matched)} of the dump's are in the graph under other ids")
    if known.doubtful:
        say(f"{len(known.doubtful)} may be, and are left for a person to decide")
    for own, candidates in known.doubtful[:EXAMPLES]:
        say(f"  {own} may be {', '.join(candidates)}")


def _lists(known: Known) -> Lists:
    return {
        "matched": ({"entity": own, "is": id_} for own, id_ in sorted(known.matched.items())),
        "doubtful": (each._asdict() for each in known.doubtful),
    }


class Reading(Progress):
    """A bar for each step of reading the dump."""

    def __init__(self) -> None:
        super().__init__(
            TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), console=messages
        )
        self.ends = False
        """Set to end the thread that reads."""

    def tell(self, what: str, done: int, total: int) -> None:
        if self.ends:
            raise asyncio.CancelledError
        known = next((task.id for task in self.tasks if task.description == what), None)
        task = self.add_task(what, total=total) if known is None else known
        self.update(task, completed=done)
