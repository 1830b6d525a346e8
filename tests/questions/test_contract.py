"""The questions that clients rely on, each asked in one request, each with its literal answer.

The questions are those of the playground; NN-….answer.json beside this file is what is answered.
`pytest tests/questions --write-answers` writes the answers anew, for somebody who reads them.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from docs.questions import ROOT, Question, printed, read_questions
from tests.conftest import Ask

QUESTIONS = [question.path for question in read_questions()]
CONTRACT = ROOT.parent / "shared" / "contract" / "questions"


def variables_of(question: Path) -> dict[str, Any]:
    return Question(question).variables


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda path: path.stem)
async def test_question_has_its_answer(
    question: Path, ask: Ask, pytestconfig: pytest.Config
) -> None:
    answer = await ask(question.read_text(), **variables_of(question))
    assert isinstance(answer, dict), answer
    file = Question(question).answer
    if pytestconfig.getoption("--write-answers"):
        file.write_text(f"{printed(answer)}\n")
    assert answer == json.loads(file.read_text())


def test_every_question_has_a_number_of_its_own() -> None:
    numbers = [path.stem.partition("-")[0] for path in QUESTIONS]
    assert len(numbers) == len(set(numbers))


def test_every_answer_is_that_of_a_question() -> None:
    answers = Path(__file__).parent.glob("*.answer.json")
    assert set(answers) == {question.answer for question in read_questions()}


@pytest.mark.skipif(not CONTRACT.is_dir(), reason="the contract is not beside the repository")
def test_questions_of_the_contract_are_unchanged() -> None:
    shared = [question for question in QUESTIONS if (CONTRACT / question.name).exists()]
    assert len(shared) >= 8
    for question in shared:
        assert question.read_text() == (CONTRACT / question.name).read_text()
