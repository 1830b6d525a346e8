"""Evidence in words: facts in, the sentence out."""

from typing import Any

import pytest

from graph.similarity import sentences

DEED = {deed.role: place for place, deed in enumerate(sentences.DEEDS)}
WROTE = [DEED["screenwriter"]] * 3
APART = [None, DEED["director"], DEED["author"]]
ALIKE = [None, DEED["original-creator"], DEED["screenwriter"]]
SCORED = [DEED["score-composer"], DEED["score-composer"], DEED["composer"]]
ANIMATED = [DEED["animation-studio"], None, None]
HELPED = [None, None, None]


@pytest.mark.parametrize(
    ("count", "facts", "sentence"),
    [
        (1, [["Otomo", *WROTE]], "Otomo wrote both"),
        (2, [["Otomo", *WROTE], ["Kon", *WROTE]], "Otomo and Kon wrote both"),
        (3, [["A", *WROTE], ["B", *WROTE], ["C", *WROTE]], "A, B and C wrote both"),
        (
            4,
            [["A", *WROTE], ["B", *WROTE], ["C", *WROTE], ["D", *WROTE]],
            "A, B and 2 more wrote both",
        ),
        (
            3,
            [["Otomo", *WROTE], ["Kon", *HELPED], ["Inoue", *HELPED]],
            "Otomo wrote both, 2 more worked on both",
        ),
        (1, [["Kon", *APART]], "Kon directed one and wrote the other"),
        (1, [["Otomo", *ALIKE]], "Otomo created one and wrote the other"),
        (1, [["Kon", None, DEED["director"], None]], "Kon worked on both"),
        (2, [["Kon", *HELPED], ["Inoue", *HELPED]], "Kon and Inoue worked on both"),
        (1, [["Kanno", *SCORED]], "Kanno scored both"),
        (1, [["Madhouse", *ANIMATED]], "Madhouse did animation for both"),
        (1, [["Hayashibara", DEED["performance"], None, None]], "Hayashibara performed in both"),
        (
            40,
            [["A", *HELPED], ["B", *HELPED], ["C", *HELPED]],
            "A, B and 38 more worked on both",
        ),
    ],
)
def test_makers(count: int, facts: list[Any], sentence: str) -> None:
    assert sentences.makers(count, [[*each, True] for each in facts]) == sentence


@pytest.mark.parametrize(
    ("count", "facts", "sentence"),
    [
        (1, [["Otomo", *WROTE]], "Otomo wrote both"),
        (40, [["A", *WROTE], ["B", *HELPED]], "A wrote both, others worked on both"),
        (
            4,
            [["A", *WROTE], ["B", *WROTE], ["C", *WROTE], ["D", *WROTE]],
            "A, B and others wrote both",
        ),
    ],
)
def test_of_some_makers_no_number_is_told(count: int, facts: list[Any], sentence: str) -> None:
    assert sentences.makers(count, [[*each, False] for each in facts]) == sentence


@pytest.mark.parametrize(
    ("count", "names", "sentence"),
    [
        (1, ["Space"], "both tagged Space"),
        (2, ["Space", "Opera"], "both tagged Space and Opera"),
        (12, ["Space", "Opera", "War"], "12 shared tags, among them Space and Opera"),
    ],
)
def test_terms(count: int, names: list[str], sentence: str) -> None:
    assert sentences.terms(count, names) == sentence


@pytest.mark.parametrize(
    ("count", "facts", "sentence"),
    [
        (1, [["Alien", True]], "both belong to Alien"),
        (2, [["Alien", True], ["Predator", True]], "both belong to Alien and Predator"),
        (1, [["Alien vs. Predator", False]], "Alien vs. Predator belongs to both"),
        (2, [["One", False], ["Two", False]], "One and Two belong to both"),
    ],
)
def test_franchises(count: int, facts: list[Any], sentence: str) -> None:
    assert sentences.franchises(count, facts) == sentence


@pytest.mark.parametrize(
    ("count", "kind", "sentence"),
    [
        (1, "sequel", "B is the sequel of A"),
        (1, "prequel", "A is the sequel of B"),
        (1, "referenced-by", "B refers to A"),
        (2, "references", "A refers to B, and 1 more"),
        (1, "art-book", "A and B are tied: its name"),
    ],
)
def test_relations(count: int, kind: str, sentence: str) -> None:
    assert sentences.relations(count, [["A", kind, "B", "Its name"]]) == sentence


def test_lists() -> None:
    assert sentences.lists(1, ["Best of"]) == "both on the list Best of"
    assert sentences.lists(3, ["A", "B", "C"]) == "both on 3 lists, among them A and B"


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (["1995", "1995", None], "both from 1995"),
        (["1997", "1995", None], "from 1995 and 1997"),
        (["1997", "1995", "FILM"], "both films from 1995 and 1997"),
        (["1995", "1995", "SERIES"], "both series from 1995"),
        (["1995", "1995", "MUSIC_VIDEO"], "both music videos from 1995"),
    ],
)
def test_years(facts: list[str | None], sentence: str) -> None:
    assert sentences.years(1, [facts]) == sentence


def test_votes() -> None:
    assert sentences.votes(1, [1120]) == "rated by 1,120 people"


@pytest.mark.parametrize(
    ("line", "deed"),
    [
        (["chief-director", "director", "direction"], 0),
        (["theme-song-composer", "composer", "music"], 6),
        (["color-designer", "art"], None),
    ],
)
def test_what_somebody_in_a_role_is_told_to_have_done(line: list[str], deed: int | None) -> None:
    assert sentences.told(line) == deed
