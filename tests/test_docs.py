"""The documentation is true: its questions have the answers that it prints."""

import json
import re
from pathlib import Path

import pytest

from docs.page import api_page
from docs.performance import performance_page
from docs.questions import CUT, printed
from docs.reference import own_types
from tests.conftest import Ask

ROOT = Path(__file__).parents[1]
EXAMPLE = re.compile(
    r"```graphql\n(?P<question>.*?)```"
    r"(?:\n\nVariables:\n\n```json\n(?P<variables>.*?)```)?"
    r".*?```json\n(?P<answer>.*?)```",
    re.DOTALL,
)
EXAMPLES = [
    pytest.param(*example.group("question", "variables", "answer"), id=f"{path.name}-{number}")
    for path in (ROOT / "README.md", ROOT / "docs" / "api.md")
    for number, example in enumerate(EXAMPLE.finditer(path.read_text()), 1)
]


@pytest.mark.parametrize(("question", "variables", "answer"), EXAMPLES)
async def test_the_answer_is_as_printed(
    question: str, variables: str | None, answer: str, ask: Ask
) -> None:
    answered = await ask(question, **json.loads(variables or "{}"))
    if answer.endswith(f"{CUT}\n"):
        assert printed(answered).startswith(answer.removesuffix(f"{CUT}\n"))
    else:
        assert answered == json.loads(answer)


def test_every_question_has_an_answer() -> None:
    for path in (ROOT / "README.md", ROOT / "docs" / "api.md"):
        text = path.read_text()
        assert len(EXAMPLE.findall(text)) == text.count("```graphql") > 0


def test_the_page_on_the_api_is_what_is_made() -> None:
    assert (ROOT / "docs" / "api.md").read_text() == api_page()


def test_the_page_on_performance_is_what_is_made() -> None:
    assert (ROOT / "docs" / "performance.md").read_text() == performance_page()


def test_the_page_tells_of_every_type() -> None:
    text = (ROOT / "docs" / "api.md").read_text()
    assert [name for name in sorted(own_types()) if f"**{name}**:" not in text] == []


PAGES = [path for path in (ROOT / "docs").rglob("*.md") if path.parent.name != "topics"]


@pytest.mark.parametrize("path", [ROOT / "README.md", *sorted(PAGES)], ids=str)
def test_links_lead_somewhere(path: Path) -> None:
    for link in re.findall(r"\]\(([^)#:]+)\)", path.read_text()):
        assert (path.parent / link).exists(), link
