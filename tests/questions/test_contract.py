"""The questions that clients rely on, each asked in one request, each with its literal answer.

The questions are those of the playground; NN-….answer.json beside this file is what is answered.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Ask

ROOT = Path(__file__).parents[2]
QUESTIONS = sorted((ROOT / "web" / "questions").glob("*.graphql"))
CONTRACT = ROOT.parent / "shared" / "contract" / "questions"


def variables_of(question: Path) -> dict[str, Any]:
    path = question.with_suffix(".variables.json")
    return json.loads(path.read_text()) if path.exists() else {}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda path: path.stem)
async def test_question_has_its_answer(question: Path, ask: Ask) -> None:
    expected = json.loads((Path(__file__).parent / f"{question.stem}.answer.json").read_text())
    assert await ask(question.read_text(), **variables_of(question)) == expected


@pytest.mark.skipif(not CONTRACT.is_dir(), reason="the contract is not beside the repository")
def test_questions_of_the_contract_are_unchanged() -> None:
    shared = [question for question in QUESTIONS if (CONTRACT / question.name).exists()]
    assert len(shared) >= 8
    for question in shared:
        assert question.read_text() == (CONTRACT / question.name).read_text()
