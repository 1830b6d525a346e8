"""The import of a source in parts: its progress, its account as a table, and the report."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from graph.client import Client
from graph.errors import SourceError
from ingest.account import Account, Outcome
from ingest.franchises.derive import derive
from ingest.importing import import_feed
from ingest.ledger import Ledger
from ingest.parts import Feed, Skipped
from server.commands.report import report
from server.console import messages, say

SHOWN = 10

Lists = Mapping[str, Iterable[Any]]
"""What a report lists, by name."""
NO_LISTS: Lists = {}


class RateColumn(ProgressColumn):
    """Rows a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed or 0:,.0f}/s", style="progress.data.speed")


def progress_bar() -> Progress:
    """A bar with count, rate, elapsed and remaining time; without a terminal, a line at its end."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        RateColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=messages,
    )


async def run_feed(
    client: Client, feed: Feed, path: Path | None = None, lists: Lists = NO_LISTS
) -> None:
    """Import, show what became of every row, and write the report, with ``lists``, to ``path``."""
    with Ledger() as ledger:
        with progress_bar() as bar:
            task = bar.add_task(f"Importing {feed.file}", total=sum(feed.rows.values()))
            account = await import_feed(client, feed, ledger, lambda n: bar.advance(task, n))
        account.add(await derive(client, ledger))
        _show(account, ledger)
        if path:
            found = {"skipped": told(ledger.skipped()), "notes": ledger.notes(), **lists}
            write_report(path, _head(feed, account), found)


def check_report(path: Path | None, *read: Path | None) -> None:
    """Say before a long import that its report cannot be written, or would replace what is
    ``read``.
    """
    if path and path.resolve() in {each.resolve() for each in read if each}:
        raise SourceError("is read: the report needs a file of its own", path)
    if path and not path.absolute().parent.is_dir():
        raise SourceError("the report's folder does not exist", path)
    if path:
        try:
            path.open("a").close()
        except OSError as error:
            raise SourceError(f"cannot be written: {error.strerror}", path) from error


def _show(account: Account, ledger: Ledger) -> None:
    table = Table("rows", "read", *Outcome)
    total: Counter[Outcome] = Counter()
    for name, outcomes in account.rows.items():
        table.add_row(name.removesuffix(".jsonlines"), *_numbers(outcomes))
        total.update(outcomes)
    table.add_row("all", *_numbers(total), style="bold")
    messages.print(table)
    for name, reason, number, line in ledger.reasons():
        say(f"Skipped {number} of {name}, first in line {line}: {reason}")
    notes = list(ledger.notes(SHOWN + 1))
    for note in notes[:SHOWN]:
        say(f"Note: {note}")
    if len(notes) > SHOWN:
        say("More notes are in the report (--report FILE).")
    report(account)


def _numbers(outcomes: Mapping[Outcome, int]) -> Iterator[str]:
    yield str(sum(outcomes.values()))
    for outcome in Outcome:
        yield str(outcomes.get(outcome, 0))


def write_report(path: Path, head: Mapping[str, Any], lists: Lists) -> None:
    """One JSON object; its lists, which may be long, are written as they are read."""
    try:
        with path.open("w", encoding="utf-8") as file:
            file.write(json.dumps(head, ensure_ascii=False, indent=1)[:-2])
            for name, items in lists.items():
                _dump_list(file, name, items)
            file.write("\n}\n")
    except OSError as error:
        raise SourceError(f"cannot be written: {error}", path) from error
    say(f"Report: {path}")


def _head(feed: Feed, account: Account) -> Mapping[str, Any]:
    nodes = {
        name: getattr(account, name) for name in ("created", "updated", "unchanged", "removed")
    }
    return {"origin": feed.origin, "file": feed.file, "rows": account.tables(), "nodes": nodes}


def told(skipped: Iterable[Skipped]) -> Iterator[Mapping[str, Any]]:
    """Skipped rows as a report lists them."""
    return ({**each.row._asdict(), "reason": each.reason} for each in skipped)


def _dump_list(file: IO[str], name: str, items: Iterable[Any]) -> None:
    file.write(f',\n "{name}": [')
    between = ""
    for item in items:
        file.write(f"{between}\n  {json.dumps(item, ensure_ascii=False)}")
        between = ","
    file.write("\n ]")
