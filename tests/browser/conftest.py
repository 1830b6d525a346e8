"""A real Chromium, and pages in it that keep account of what they ask for and complain about."""

import os
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright, expect

from graph.client import Client

COMMANDS = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 20_000  # milliseconds; the database may be warming up on the same cores
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass(frozen=True)
class Account:
    """What happened on a page: the URLs that it asked for, its errors and warnings."""

    urls: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @property
    def hosts(self) -> set[str]:
        """Host and port of every request that went out; data: URLs have none."""
        return {urlsplit(url).netloc for url in self.urls} - {""}

    def keep(self, page: Page) -> None:
        """Write down everything that happens on the page from now on."""

        def read_console(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning"):
                self.complaints.append(message.text)

        page.on("request", lambda request: self.urls.append(request.url))
        page.on("websocket", lambda socket: self.urls.append(socket.url))
        page.on("console", read_console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium, from FILMOGRAPH_CHROMIUM or PATH."""
    named = os.environ.get("FILMOGRAPH_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, COMMANDS)), None)
    if found is None:
        pytest.skip("no Chromium on PATH and FILMOGRAPH_CHROMIUM is not set")
    return found


@pytest.fixture(scope="session")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        await browser.close()


@pytest.fixture(autouse=True)
async def pages_have_data(catalogue: Client) -> None:
    """The server that the pages ask reads the same graph as other tests, who may have wiped it."""


@pytest.fixture
def account() -> Account:
    return Account()


@pytest.fixture
async def page(browser: Browser, server_url: str, account: Account) -> AsyncIterator[Page]:
    """A page of a visitor who has not been here before, on a wide screen."""
    context = await browser.new_context(
        base_url=server_url, viewport={"width": 1600, "height": 1200}
    )
    page = await context.new_page()
    account.keep(page)
    yield page
    await context.close()
