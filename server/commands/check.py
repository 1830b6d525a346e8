"""filmograph check: what in the graph looks wrong."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from graph.errors import SourceError
from graph.settings import Settings
from ingest.check.running import Result, run_checks
from server.commands.feeds import check_report
from server.console import messages, migrated, run, say


def check(
    report: Annotated[Path | None, typer.Option(help="Write all of it as JSON.")] = None,
    examples: Annotated[int, typer.Option(min=0, help="How many examples of each.")] = 5,
    strict: Annotated[bool, typer.Option(help="Exit with 1 if anything is found.")] = False,
) -> None:
    """Report what in the graph looks wrong, with counts and examples."""
    check_report(report)
    results: list[Result] = []

    async def work() -> None:
        async with migrated(Settings.from_environment()) as client:
            async for result in run_checks(client, examples):
                results.append(result)

    run(work())
    _show(results)
    if report:
        _write(report, results)
        say(f"Report: {report}")
    if strict and any(result.number for result in results):
        raise typer.Exit(1)


def _show(results: list[Result]) -> None:
    table = Table("check", "found", "meaning")
    for result in results:
        table.add_row(result.check.name, str(result.number), result.check.meaning)
    messages.print(table)
    for result in results:
        for finding in result.examples:
            say(f"{result.check.name}: {finding.what} ({', '.join(finding.ids)})")


def _write(path: Path, results: list[Result]) -> None:
    found = [result.report() for result in results]
    try:
        path.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise SourceError(f"cannot be written: {error.strerror}", path) from error
