"""The documentation is true: its questions have the answers that it prints."""

import json
import re
from pathlib import Path

import pytest

from tests.conftest import Ask

ROOT = Path(__file__).parents[1]
EXAMPLE = re.compile(r"```graphql\n(.*?)```.*?```json\n(.*?)```", re.DOTALL)
EXAMPLES = [
    pytest.param(question, answer, id=f"{path.name}-{number}")
    for path in (ROOT / "README.md", ROOT / "docs" / "api.md")
    for number, (question, answer) in enumerate(EXAMPLE.findall(path.read_text()), 1)
]


@pytest.mark.parametrize(("question", "answer"), EXAMPLES)
async def test_the_answer_is_as_printed(question: str, answer: str, ask: Ask) -> None:
    assert await ask(question) == json.loads(answer)


def test_every_question_has_an_answer() -> None:
    for path in (ROOT / "README.md", ROOT / "docs" / "api.md"):
        text = path.read_text()
        assert len(EXAMPLE.findall(text)) == text.count("```graphql") > 0


@pytest.mark.parametrize(
    "path", [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))], ids=str
)
def test_links_lead_somewhere(path: Path) -> None:
    for link in re.findall(r"\]\(([^)#:]+)\)", path.read_text()):
        assert (path.parent / link).exists(), link
