"""filmograph import offline-database: the anime-offline-database, merged into what is there."""

from collections import Counter
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from graph.settings import Settings
from ingest.catalog.vocabulary import read_vocabulary
from ingest.matching import Reason
from ingest.offline_database.feed import OfflineDatabase
from ingest.offline_database.links import Links
from ingest.vocabulary import load_vocabulary
from server.commands.feeds import Lists, check_report, run_feed, told, write_report
from server.console import migrated, run, say

EXAMPLES = 5


def import_offline_database(
    file: Annotated[
        Path, typer.Argument(help="JSON or JSON lines; plain, or compressed by gzip or zstd.")
    ],
    links: Annotated[
        Path | None,
        typer.Option(help="A table of Bangumi's subjects and the same works' ids elsewhere."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Write nothing; say what would merge, and why.")
    ] = False,
    report: Annotated[
        Path | None, typer.Option(help="A JSON file for what became of every entry.")
    ] = None,
) -> None:
    """Import the anime-offline-database, merging its works into those that are there."""
    check_report(report, file, links)
    table = Links(links) if links else None
    # What is wrong with the files shows before a database is started for them.
    database = OfflineDatabase(file, table or ())

    async def work() -> None:
        async with migrated(Settings.from_environment()) as client:
            await database.match(client)
            _show(database, table)
            feed = database.feed()
            if not dry_run:
                await load_vocabulary(client, read_vocabulary())
                if number := await database.unite(client):
                    say(f"{number:>8} works merged into others")
                await run_feed(client, feed, report, _lists(database, table))
            elif report:
                head = {"origin": feed.origin, "file": feed.file, "rows": feed.rows}
                write_report(
                    report, head, {**_lists(database, table), "skipped": told(feed.skipped)}
                )

    try:
        run(work())
    finally:
        database.close()


def _show(database: OfflineDatabase, links: Links | None) -> None:
    """How many entries are which works and why; of what a person should look at, examples."""
    matching = database.matching
    reasons = Counter(each.reason for each in matching.decisions())
    doubts = Counter(each.doubt for each in matching.doubtful())
    for reason, about in ABOUT.items():
        say(f"{reasons[reason]:>8} {about}")
    for doubt, number in sorted(doubts.items()):
        say(f"{number:>8} {doubt}")
        examples = (each for each in matching.doubtful() if each.doubt == doubt)
        for example in islice(examples, EXAMPLES):
            say(f"         {example.entry} is not {example.work}: {example.why}")
    for problem in links.problems[:EXAMPLES] if links else ():
        say(f"Link not read: {problem}")


ABOUT: Mapping[Reason, str] = {
    Reason.ITSELF: "entries are works that an earlier import made of them",
    Reason.EXTERNAL_ID: "entries are works with an id of theirs",
    Reason.LINK: "entries are works that the links name",
    Reason.TITLE: "entries are works of their title, year and form",
    Reason.NEW: "entries are new works",
}


def _lists(database: OfflineDatabase, links: Links | None) -> Lists:
    matching = database.matching
    return {
        "matched": (each._asdict() for each in matching.decisions()),
        "doubtful": (each._asdict() for each in matching.doubtful()),
        "same": (each._asdict() for each in matching.same()),
        "broken links": links.problems if links else (),
    }
