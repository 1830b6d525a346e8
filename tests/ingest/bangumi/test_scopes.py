"""What people write about the parts that they worked on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.bangumi.scopes import NumberedPart, NumberedParts
from tests.examples import examples

MEMORIES = [
    NumberedPart("rose", 1, ("彼女の想いで", "她的回忆")),
    NumberedPart("bomb", 2, ("最臭兵器",)),
    NumberedPart("cannon", 3, ("大砲の街", "大炮之街")),
]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("1", ("rose",)),
        ("2-3", ("bomb", "cannon")),
        ("1,3", ("rose", "cannon")),
        ("1、2-3", ("rose", "bomb", "cannon")),
        ("1 3", ("rose", "cannon")),
        ("第2話", ("bomb",)),
        ("第 2 話", ("bomb",)),
        ("第1~3話", ("rose", "bomb", "cannon")),
        ("第1話-第2話", ("rose", "bomb")),
        ("第2集", ("bomb",)),
        ("#3", ("cannon",)),
        ("#1-#2", ("rose", "bomb")),
        ("EP 2", ("bomb",)),
        ("Ep.1", ("rose",)),
        ("１，３", ("rose", "cannon")),
        ("大砲の街", ("cannon",)),
        ("彼女の想いで、大砲の街", ("rose", "cannon")),
        ("最臭兵器,3", ("bomb", "cannon")),
        ("她的回忆", ("rose",)),
    ],
)
def test_what_means_certain_parts(text: str, parts: tuple[str, ...]) -> None:
    assert NumberedParts(MEMORIES).in_scope(text) == parts


@pytest.mark.parametrize(
    "text",
    ["OP", "4", "1-4", "3-1", "0-2", "1-2-3", "前半", "1話まで", "全話", "2クール", "-1", ","],
)
def test_what_means_none_or_something_else(text: str) -> None:
    assert NumberedParts(MEMORIES).in_scope(text) is None


def test_a_number_that_two_parts_have_means_neither() -> None:
    discs = [NumberedPart("a", 1, ("A",)), NumberedPart("b", 1, ("B",))]
    assert NumberedParts(discs).in_scope("1") is None
    assert NumberedParts(discs).in_scope("B") == ("b",)


def test_a_title_that_two_parts_have_means_neither() -> None:
    assert (
        NumberedParts([NumberedPart("a", 1, ("A",)), NumberedPart("b", 2, ("A",))]).in_scope("A")
        is None
    )


def test_a_range_with_a_gap_is_not_certain() -> None:
    later = [NumberedPart("a", 1, ("A",)), NumberedPart("c", 3, ("C",))]
    assert NumberedParts(later).in_scope("1-3") is None


def test_an_episode_between_two_others() -> None:
    recap = [NumberedPart(str(number), number, ()) for number in (1, 1.5, 2)]
    assert NumberedParts(recap).in_scope("1.5") == ("1.5",)
    assert NumberedParts(recap).in_scope("1-2") == ("1", "1.5", "2")


@examples(300)
@given(st.text(max_size=40), st.lists(st.integers(0, 30), max_size=8))
def test_no_text_breaks_it_and_only_known_parts_are_meant(text: str, numbers: list[int]) -> None:
    parts = [NumberedPart(f"part {number}", number, (text,)) for number in numbers]
    assert set(NumberedParts(parts).in_scope(text) or ()) <= {part.id for part in parts}


@examples(300)
@given(st.sets(st.integers(1, 40), min_size=1))
def test_numbers_written_one_by_one_are_all_meant(numbers: set[int]) -> None:
    parts = [NumberedPart(str(number), number, ()) for number in range(1, 41)]
    text = ",".join(map(str, sorted(numbers)))
    assert NumberedParts(parts).in_scope(text) == tuple(map(str, sorted(numbers)))
    joined = "、".join(f"第{number}話" for number in sorted(numbers))
    assert NumberedParts(parts).in_scope(joined) == tuple(map(str, sorted(numbers)))


@examples(200)
@given(st.integers(1, 40), st.integers(1, 40))
def test_a_range_is_all_that_is_in_it(first: int, last: int) -> None:
    parts = [NumberedPart(str(number), number, ()) for number in range(1, 41)]
    expected = tuple(str(number) for number in range(first, last + 1)) or None
    assert NumberedParts(parts).in_scope(f"{first}-{last}") == expected
