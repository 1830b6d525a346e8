"""Weights: what each kind of evidence counts for similarity."""

from typing import Any

import strawberry

from graph.similarity.evidence import EVIDENCE
from schema.fields import key

_DEFAULTS = {each.key: each.weight for each in EVIDENCE}


def _weight(name: str, description: str) -> Any:
    return key(f"{description} {_DEFAULTS[name]:g} if left out.")


@strawberry.input(
    description="Shares of the score, 0 and up; they are normalised. A kind left out keeps its "
    "default, 0 turns a kind off."
)
class SimilarityWeights:
    staff: float | None = _weight("staff", "The same people made both.")
    cast: float | None = _weight("cast", "The same people perform in both.")
    music: float | None = _weight("music", "The same people made the music of both.")
    studio: float | None = _weight("studio", "The same organizations stand behind both.")
    terms: float | None = _weight("terms", "Genres, themes and tags apply to both.")
    franchise: float | None = _weight("franchise", "Both belong to the same line of works.")
    relations: float | None = _weight("relations", "One is tied to the other.")
    lists: float | None = _weight("lists", "People put both on their lists.")
    era: float | None = _weight("era", "Both came out at about the same time.")
    popularity: float | None = _weight("popularity", "Many people know it.")
