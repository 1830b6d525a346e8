"""Weights: what each kind of evidence counts, as the client wishes or by default."""

from collections.abc import Mapping
from fractions import Fraction
from math import isfinite
from typing import Any

from graph.similarity.evidence import EVIDENCE


def read_weights(given: Mapping[str, Any] | None) -> dict[str, float]:
    """Each kind's share of the score; they add up to 1. Raises ValueError."""
    weights = {each.kind: _weight(each.key, each.weight, given or {}) for each in EVIDENCE}
    total = sum(weights.values())
    if not total:
        raise ValueError("must leave at least one kind above 0")
    return {kind: float(weight / total) for kind, weight in weights.items()}


def _weight(key: str, default: float, given: Mapping[str, Any]) -> Fraction:
    """Exactly: no sum of finite numbers is too large, and halves stay halves."""
    found = given.get(key)
    if found is None:
        return Fraction(default)
    if not isfinite(found) or found < 0:
        raise ValueError(f"must have weights of 0 and up, '{key}' is {found:g}")
    return Fraction(found)


def read_likes(given: list[str]) -> list[str]:
    """The ids, each once. Raises ValueError."""
    if not 1 <= len(given) <= 100:
        raise ValueError(f"must hold 1 to 100 ids, not {len(given)}")
    return list(dict.fromkeys(given))


def read_dislikes(given: list[str] | None) -> list[str]:
    """The ids, each once. Raises ValueError."""
    if given and len(given) > 100:
        raise ValueError(f"must hold at most 100 ids, not {len(given)}")
    return list(dict.fromkeys(given or ()))
