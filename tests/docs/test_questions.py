"""Questions as they stand in the page on the API."""

from pathlib import Path

import pytest

from docs.questions import Question, printed, read_questions, title

FOLDER = Path(__file__).parents[2] / "web" / "questions"
ENDING = Question(FOLDER / "07-music" / "17-who-made-the-ending-theme.graphql")


def test_a_title_reads_as_in_the_playground() -> None:
    assert title("06-parts-of-a-voice-actor") == "Parts of a Voice Actor"


def test_a_question_is_its_sentence_its_text_and_its_variables() -> None:
    assert ENDING.topic == "07-music"
    assert ENDING.sentence == (
        "Who composed, wrote and arranged the songs a work uses, and what the sources disagree on."
    )
    assert ENDING.text.startswith("query EndingTheme(")
    assert ENDING.variables == {"slug": "memories"}


def test_what_fits_on_a_line_stands_on_one() -> None:
    assert printed({"a": [1, {"b": None}], "ü": "é"}) == '{"a": [1, {"b": null}], "ü": "é"}'


def test_what_does_not_fit_is_broken_from_the_outside() -> None:
    long = "x" * 85
    assert printed({"a": [{"b": long}, {"c": "short"}]}).splitlines() == [
        "{",
        '  "a": [',
        f'    {{"b": "{long}"}},',
        '    {"c": "short"}',
        "  ]",
        "}",
    ]


@pytest.mark.parametrize("question", read_questions(), ids=lambda question: question.name)
def test_every_question_says_in_words_what_it_asks(question: Question) -> None:
    assert question.sentence.endswith((".", "?"))
    assert not question.text.startswith("#")
