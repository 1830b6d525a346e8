"""How a topic becomes a section of the page on the API."""

import pytest

from docs.page import section
from docs.questions import read_questions

QUESTIONS = read_questions()


def test_a_comment_becomes_the_question_with_its_answer() -> None:
    text = section(
        "16-paging", "## Paging\n\n<!-- question: 18-roll-up -->\n\nSo it is.", QUESTIONS
    )

    assert text.startswith("## Paging\n\n### Roll Up\n\nA work's own credits, and the same with")
    assert "\nVariables:\n\n```json\n" in text
    assert "\nAnswer:\n\n```json\n{" in text
    assert "So it is." in text


def test_questions_of_the_topic_that_it_does_not_show_are_listed_at_its_end() -> None:
    text = section("07-music", "## Music\n\n<!-- question: 40-an-album -->", QUESTIONS)

    _, listed = text.split("### More questions")
    assert "- [Who Made the Ending Theme](../web/questions/07-music/17-who-made" in listed
    assert "An Album" not in listed


def test_a_comment_becomes_the_tables_of_types() -> None:
    text = section("x", "<!-- reference: Query.catalog MusicUse -->", [])

    assert "| `catalog` | `Catalog!` |" in text
    assert "**MusicUse**:" in text


def test_a_question_that_is_not_there_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"topics/x\.md shows a question that is not there: 00-no"):
        section("x", "<!-- question: 00-no -->", QUESTIONS)
