"""filmograph merge and filmograph split: what is one thing, and what are two."""

from collections import Counter
from typing import Annotated

import typer

from graph.settings import Settings
from ingest.franchises.derive import derive
from ingest.merging.merge import merge as run_merge
from ingest.merging.split import split as run_split
from server.console import migrated, run, say


def merge(
    into: Annotated[str, typer.Argument(metavar="A", help="Id or slug of what stays.")],
    other: Annotated[str, typer.Argument(metavar="B", help="Id or slug of what goes into it.")],
) -> None:
    """Let B go into A: all that is said of B is said of A, and B's id and slug lead to A."""

    async def work() -> None:
        async with migrated(Settings.from_environment()) as client:
            done = await run_merge(client, into, other)
            if not (done.moved or done.joined):
                say(f"{done.alias} was merged into {done.into} before; nothing changed.")
                return
            await derive(client)
            say(f"{done.alias} went into {done.into} and means it from now on.")
            say(f"Moved: {_listed(done.moved)}. Said of both: {_listed(done.joined)}.")

    run(work())


def split(
    id_: Annotated[
        str, typer.Argument(metavar="ID", help="Id or slug of what was merged into another.")
    ],
) -> None:
    """Undo a merge: what was said of ID goes back to it."""

    async def work() -> None:
        async with migrated(Settings.from_environment()) as client:
            done = await run_split(client, id_)
            await derive(client)
            say(f"{done.id} is a thing of its own again, apart from {done.of}.")
            say(f"It has: {_listed(done.moved)}.")

    run(work())


def _listed(counts: Counter[str]) -> str:
    found = [f"{number} {what}" for what, number in sorted(counts.items())]
    return ", ".join(found) or "nothing"
