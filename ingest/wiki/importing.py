"""Wiki pages into the graph."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.client import Client
from ingest.account import Account
from ingest.upsert import upsert
from ingest.wiki.match import Resolution, resolve_page
from ingest.wiki.page import WikiPage, read_page


@dataclass(frozen=True, slots=True)
class ImportedPage:
    """A page that is in the graph now: what it stated, and what that changed."""

    page: WikiPage
    resolution: Resolution
    account: Account

    @property
    def warnings(self) -> tuple[str, ...]:
        """What of the page could not be taken over, each as "path:line: what and why"."""
        return tuple(f"{self.page.path}:{note.line}: {note.text}" for note in self.resolution.notes)


async def import_pages(
    client: Client, paths: Sequence[Path], work: str | None = None
) -> AsyncIterator[ImportedPage]:
    """Write the pages one after another, all of a page or nothing of it.

    `work` is the slug of the work that a single page is about, where its title does not tell.
    SourceError where a file is not of the form, before anything is written, or where several works
    may be meant; FilmographError where no work has the slug.
    """
    for page in [read_page(path) for path in paths]:
        resolution = await resolve_page(page, client, work)
        account = await upsert(client, resolution.dataset)
        yield ImportedPage(page, resolution, account)
