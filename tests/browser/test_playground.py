"""What a browser gets at /graphql: a playground that needs nothing but this server."""

import asyncio
import json
import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Locator, Page, Response, expect

from docs.questions import Question, read_questions

from .conftest import Account

pytestmark = pytest.mark.browser


QUESTIONS = sorted(read_questions(), key=lambda question: question.name)
FIRST = QUESTIONS[0]
WORK_PAGE = next(question for question in QUESTIONS if question.name == "03-work-page")
TABS_ARE_KEPT = """async (title) => {
  while (!localStorage["graphiql:tabState"]?.includes(title))
    await new Promise((resume) => setTimeout(resume, 50));
}"""


async def open_playground(page: Page, path: str = "/graphql") -> None:
    await page.goto(path)
    await expect(page.locator(".graphiql-query-editor .view-line").first).to_be_visible()


def questions_panel(page: Page) -> Locator:
    return page.get_by_role("region", name="Questions")


async def choose(page: Page, question: Question) -> None:
    panel = questions_panel(page)
    await panel.get_by_role("searchbox").fill(question.title)
    await panel.get_by_text(question.title, exact=True).click()


async def expect_tabs(page: Page, *titles: str) -> None:
    await expect(page.get_by_role("tab")).to_have_text(titles, use_inner_text=True)


def is_answer(response: Response) -> bool:
    """Not a file, nor what the playground asks of its own to know the schema."""
    asked = response.request.post_data
    return asked is not None and "IntrospectionQuery" not in asked


async def run(page: Page) -> tuple[Any, Any]:
    """Press the button; what was sent, and what came back."""
    async with page.expect_response(is_answer) as waiting:
        await page.get_by_role("button", name="Execute query").click()
    response = await waiting.value
    return response.request.post_data_json, await response.json()


def answer_pane(page: Page) -> Locator:
    return page.locator(".graphiql-response")


async def test_the_first_question_is_open_at_the_first_visit(page: Page) -> None:
    await open_playground(page)

    await expect_tabs(page, "ComposersOfSegmentsOtomoDirected")
    assert await page.title() == "Playground · Filmograph"


async def test_the_first_question_is_answered_at_the_press_of_the_button(page: Page) -> None:
    await open_playground(page)

    sent, answer = await run(page)

    assert sent["query"] == FIRST.path.read_text()
    await expect(answer_pane(page)).to_contain_text("Hiroyuki Nagashima")
    await expect(answer_pane(page)).to_contain_text("Cannon Fodder")
    assert "Yoko Kanno" not in json.dumps(answer)


async def test_a_chosen_question_comes_in_a_tab_with_its_variables(page: Page) -> None:
    await open_playground(page)

    await choose(page, WORK_PAGE)

    await expect_tabs(page, "ComposersOfSegmentsOtomoDirected", "WorkPage")
    await expect(page.get_by_role("region", name="Variables")).to_contain_text(
        '{ "slug": "memories" }'
    )


async def test_questions_stand_under_their_topics(page: Page) -> None:
    await open_playground(page)
    panel = questions_panel(page)

    await panel.get_by_text(re.compile(r"^Music \d+$")).click()

    await expect(panel.get_by_role("button", name="Who Made the Ending Theme")).to_be_visible()
    await expect(panel.get_by_text("Who composed, wrote and arranged the songs")).to_be_visible()


async def test_questions_are_found_by_their_words(page: Page) -> None:
    await open_playground(page)
    panel = questions_panel(page)

    await panel.get_by_role("searchbox").fill("segments count directed MOST")

    await expect(panel.get_by_role("button")).to_have_count(0)
    await expect(panel.get_by_role("status")).to_have_text("No question says that.")

    await panel.get_by_role("searchbox").fill("segments directed MOST")

    await expect(panel.get_by_role("button")).to_contain_text(["Who directed the most segments?"])


@pytest.mark.parametrize("topic", sorted({question.topic for question in QUESTIONS}))
async def test_every_question_of_a_topic_is_answered_as_it_stands(page: Page, topic: str) -> None:
    await open_playground(page)
    for question in QUESTIONS:
        if question.topic == topic:
            await choose(page, question)

            sent, answer = await run(page)

            assert sent["query"] == question.path.read_text()
            assert sent.get("variables", {}) == question.variables
            assert answer["data"] == json.loads(question.answer.read_text())


async def test_tabs_are_still_there_at_the_next_visit(page: Page) -> None:
    await open_playground(page)
    await choose(page, WORK_PAGE)
    async with asyncio.timeout(10):
        await page.evaluate(TABS_ARE_KEPT, "WorkPage")

    await page.reload()

    await expect_tabs(page, "ComposersOfSegmentsOtomoDirected", "WorkPage")


async def test_the_reference_opens_from_the_sidebar(page: Page) -> None:
    await open_playground(page)

    await page.get_by_role("button", name="Show Documentation Explorer").click()

    await expect(page.get_by_text("Root Types")).to_be_visible()


async def test_the_reference_opens_by_its_address_and_knows_the_fields(page: Page) -> None:
    await open_playground(page, "/graphql#reference")

    await page.locator(".graphiql-doc-explorer").get_by_role("link", name="Query").click()

    await expect(page.locator(".graphiql-doc-explorer")).to_contain_text("people")


async def test_the_logo_leads_to_the_start_page(page: Page, server_url: str) -> None:
    await open_playground(page)

    await page.get_by_role("link", name="Filmograph").click()

    await expect(page).to_have_url(f"{server_url.rstrip('/')}/")


async def test_no_request_leaves_the_origin_and_the_console_stays_clean(
    page: Page, server_url: str, account: Account
) -> None:
    await open_playground(page)
    await run(page)
    await choose(page, WORK_PAGE)
    await page.get_by_role("button", name="Prettify").click()
    await page.get_by_role("button", name="Show Documentation Explorer").click()
    await expect(page.get_by_text("Root Types")).to_be_visible()

    assert account.hosts == {urlsplit(server_url).netloc}
    assert account.complaints == []


@pytest.mark.parametrize("width", [390, 1280])
async def test_it_fits_the_screen(page: Page, width: int) -> None:
    await page.set_viewport_size({"width": width, "height": 844})
    await open_playground(page)

    assert await page.evaluate("document.documentElement.scrollWidth") == width
    await expect(page.get_by_role("button", name="Execute query")).to_be_in_viewport()
