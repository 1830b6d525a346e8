"""filmograph import bangumi: a dump of Bangumi."""

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from graph.settings import Settings
from ingest.bangumi.dump import open_dump
from ingest.bangumi.known import Known, recognize
from ingest.catalog.vocabulary import read_vocabulary
from ingest.vocabulary import load_vocabulary
from server.commands.feeds import Lists, check_report, run_feed
from server.console import messages, migrated, run, say

EXAMPLES = 5


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
    with Reading() as reading, open_dump(dump, vocabulary, reading.tell) as opened:
        reading.stop()

        async def work() -> None:
            async with migrated(Settings.from_environment()) as client:
                await load_vocabulary(client, read_vocabulary())
                known = await recognize(client, opened)
                _show(known)
                await run_feed(client, opened.feed(), report, _lists(known))

        run(work())


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

    def tell(self, what: str, done: int, total: int) -> None:
        known = next((task.id for task in self.tasks if task.description == what), None)
        task = self.add_task(what, total=total) if known is None else known
        self.update(task, completed=done)
