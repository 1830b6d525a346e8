"""What a visitor finds at /."""

from urllib.parse import urlsplit

import pytest
from playwright.async_api import Page

from .conftest import Account

pytestmark = pytest.mark.browser


async def test_it_says_what_this_is(page: Page) -> None:
    await page.goto("/")

    assert await page.title() == "Filmograph"
    text = await page.locator("body").inner_text()
    assert "a knowledge graph of films" in text
    assert "Which composers scored a segment that Katsuhiro Otomo directed?" in text


async def test_the_answer_that_it_prints_is_the_answer_that_the_server_gives(page: Page) -> None:
    await page.goto("/")
    question = await page.locator("pre code").inner_text()

    answer = await page.request.post("/graphql", data={"query": question})

    names = ("Hiroyuki Nagashima", "Makoto Kubota")
    nodes = [{"name": name} for name in names]
    assert (await answer.json())["data"] == {"people": {"nodes": nodes}}
    assert " and ".join(names) in await page.locator(".answer").inner_text()


async def test_its_links_lead_somewhere(page: Page) -> None:
    await page.goto("/")
    links = await page.locator("a").all()
    paths = {await link.get_attribute("href") or "" for link in links}

    assert paths == {"/graphql", "/graphql#reference", "/schema.graphql", "/health", "/ready"}
    for path in paths:
        answer = await page.goto(path)
        assert answer is None or answer.status == 200, path


async def test_the_schema_is_shown_as_text(page: Page) -> None:
    await page.goto("/schema.graphql")

    assert "type Query" in await page.locator("body").inner_text()


async def test_it_asks_no_other_host_and_complains_of_nothing(
    page: Page, server_url: str, account: Account
) -> None:
    await page.goto("/")

    assert account.hosts == {urlsplit(server_url).netloc}
    assert account.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_it_follows_the_visitors_colours(page: Page, scheme: str) -> None:
    await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    await page.goto("/")

    paper = await page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == {"light": "rgb(251, 249, 246)", "dark": "rgb(22, 21, 26)"}[scheme]


async def test_it_fits_a_narrow_screen(page: Page) -> None:
    await page.set_viewport_size({"width": 390, "height": 844})
    await page.goto("/")

    assert await page.evaluate("document.documentElement.scrollWidth") == 390
