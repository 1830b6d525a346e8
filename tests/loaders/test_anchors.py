"""Which of a filter's conditions a search starts at."""

from typing import Any

import pytest

from graph.model import KINDS
from loaders.anchors import Strength, anchor

OTOMO: dict[str, Any] = {"contributor": {"name": {"is": "Otomo"}}}
DIRECTOR: dict[str, Any] = {"role": {"is": "director"}}

FOUND: dict[str, tuple[str, dict[str, Any], tuple[Strength, int] | None]] = {
    "a key": ("Work", {"id": {"in": ["work:a"]}}, (Strength.KEY, 0)),
    "what is not the key says nothing": ("Work", {"id": {"not": "work:a"}}, None),
    "the whole name rather than a role": (
        "Work",
        {"credits": {"some": {**DIRECTOR, **OTOMO}}},
        (Strength.KEY, 1),
    ),
    "what lies nearer, of two keys": (
        "Person",
        {"credits": {"some": {"on": {"name": {"is": "x"}, "credits": {"some": OTOMO}}}}},
        (Strength.KEY, 1),
    ),
    "a term leads to many works": (
        "Work",
        {"terms": {"some": {"id": {"is": "term:x"}}}},
        (Strength.HUB, 1),
    ),
    "few works have relations": ("Work", {"relations": {"some": {}}}, (Strength.SPARSE, 1)),
    "the only one is one of several": (
        "Work",
        {"credits": {"single": DIRECTOR}},
        (Strength.ROLE, 1),
    ),
    "none leads nowhere": ("Work", {"credits": {"none": OTOMO}}, None),
    "within and": (
        "Work",
        {"and": [{"nsfw": True}, {"name": {"startsWith": "a"}}]},
        (Strength.PREFIX, 0),
    ),
    "the weaker branch of or": (
        "Work",
        {"or": [{"id": {"is": "work:a"}}, {"credits": {"some": DIRECTOR}}]},
        (Strength.ROLE, 1),
    ),
    "an or with a branch that leads nowhere": (
        "Work",
        {"or": [{"id": {"is": "work:a"}}, {"nsfw": True}]},
        None,
    ),
    "a range of what it belongs to": (
        "Segment",
        {"work": {"released": {"gte": "1990"}}},
        (Strength.RANGE, 0),
    ),
    "a null asks for nothing": ("Work", {"id": None}, None),
}


@pytest.mark.parametrize(("kind", "where", "expected"), FOUND.values(), ids=FOUND)
def test_anchor(kind: str, where: dict[str, Any], expected: tuple[int, int] | None) -> None:
    assert anchor(KINDS[kind], where) == expected
