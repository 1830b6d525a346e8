"""The questions of the contract, as the playground asks them."""

from pathlib import Path
from typing import NamedTuple

import orjson

QUESTIONS = Path(__file__).parent.parent / "web" / "questions"
CONTRACT = 18
"""So many of the questions are the contract's; they are numbered first."""


class Question(NamedTuple):
    """Its name, and its request's body."""

    name: str
    body: bytes


def question(number: str) -> Question:
    """By its number, of two digits."""
    [file] = QUESTIONS.glob(f"*/{number}-*.graphql")
    variables = file.with_suffix(".variables.json")
    asked = {"query": file.read_text()}
    if variables.exists():
        asked["variables"] = orjson.loads(variables.read_bytes())
    return Question(file.stem, orjson.dumps(asked))


def contract() -> list[Question]:
    return [question(f"{number:02}") for number in range(1, CONTRACT + 1)]
