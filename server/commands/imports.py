"""filmograph import: the shipped catalogue, pages of the community wiki."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from graph.errors import FilmographError
from graph.settings import Settings
from ingest.catalog.load import load_catalog
from ingest.catalog.reading import read_catalog
from ingest.catalog.vocabulary import CATALOG
from ingest.franchises.derive import derive
from ingest.wiki.importing import import_pages
from server.commands.bangumi import import_bangumi
from server.commands.export import import_export
from server.commands.offline_database import import_offline_database
from server.commands.report import report
from server.console import messages, migrated, run, say

imports = typer.Typer(help="Bring data into the graph.", no_args_is_help=True)
imports.command("bangumi")(import_bangumi)
imports.command("offline-database")(import_offline_database)
imports.command("export")(import_export)


@imports.command("catalogue")
def import_catalogue(
    folder: Annotated[
        Path | None, typer.Argument(help="Another folder of the same form as catalog/.")
    ] = None,
) -> None:
    """Load the shipped catalogue, or a folder of the same form."""

    chosen = folder or CATALOG
    # What is wrong with the files shows before a database is started for them.
    read_catalog(chosen)

    async def work() -> None:
        async with migrated(Settings.from_environment()) as client:
            account = await load_catalog(client, chosen)
            account.add(await derive(client))
            report(account)

    run(work())


@imports.command("wiki-page")
def import_wiki_page(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Pages saved as text.")],
    work: Annotated[
        str | None, typer.Option(help="Slug of the work, where a page's title does not tell it.")
    ] = None,
) -> None:
    """Import pages of the community wiki; a page that is not of its form changes nothing."""
    if work and len(files) > 1:
        raise FilmographError("--work says what one page is about; give one FILE with it")

    async def task() -> None:
        async with migrated(Settings.from_environment()) as client:
            async for page in import_pages(client, files, work):
                about = f"{page.page.path}: {page.resolution.work}"
                say(f"{about} (new)" if page.resolution.is_new else about)
                for warning in page.warnings:
                    messages.print(f"[yellow]Not taken over:[/] {escape(warning)}")
                report(page.account)
            await derive(client)

    run(task())
