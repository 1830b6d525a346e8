"""Weights: what the client wishes, as shares of the score."""

from math import fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.similarity.evidence import EVIDENCE
from graph.similarity.weights import read_dislikes, read_likes, read_weights

KEYS = [each.key for each in EVIDENCE]
FINITE = st.floats(min_value=0, allow_infinity=False, allow_nan=False)
NOTHING = dict.fromkeys(KEYS, 0.0)


def test_the_defaults() -> None:
    assert read_weights(None) == {
        "STAFF": 4 / 41,
        "CAST": 1 / 41,
        "MUSIC": 2 / 41,
        "STUDIO": 1 / 41,
        "TERM": 17 / 41,
        "FRANCHISE": 4 / 41,
        "RELATION": 4 / 41,
        "LIST": 1 / 41,
        "ERA": 3 / 41,
        "POPULARITY": 4 / 41,
    }


def test_a_kind_left_out_or_null_keeps_its_default() -> None:
    assert read_weights({"era": 26, "cast": None})["ERA"] == 26 / 64
    assert read_weights({"era": 26, "cast": None})["CAST"] == 1 / 64


def test_one_kind_alone() -> None:
    assert read_weights({**NOTHING, "music": 0.1})["MUSIC"] == 1


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(KEYS, st.none() | FINITE)))
def test_shares_add_up_to_one(given: dict[str, float | None]) -> None:
    if any(given.get(key) != 0 for key in KEYS):
        assert fsum(read_weights(given).values()) == pytest.approx(1)


def test_all_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="must leave at least one kind above 0"):
        read_weights(NOTHING)


@pytest.mark.parametrize("wrong", [-1.0, float("nan"), float("inf")])
def test_what_is_no_share_is_refused_by_name(wrong: float) -> None:
    with pytest.raises(ValueError, match=f"weights of 0 and up, 'staff' is {wrong:g}"):
        read_weights({"staff": wrong})


def test_likes_are_1_to_100_ids_each_once() -> None:
    assert read_likes(["b", "a", "b"]) == ["b", "a"]
    with pytest.raises(ValueError, match="must hold 1 to 100 ids, not 0"):
        read_likes([])
    with pytest.raises(ValueError, match="must hold 1 to 100 ids, not 101"):
        read_likes(["a"] * 101)


def test_dislikes_are_at_most_100_ids_each_once() -> None:
    assert read_dislikes(None) == []
    assert read_dislikes(["b", "a", "b"]) == ["b", "a"]
    with pytest.raises(ValueError, match="must hold at most 100 ids, not 101"):
        read_dislikes(["a"] * 101)
