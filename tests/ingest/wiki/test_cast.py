"""Lines that name people, in the forms that the wiki and its editors give them."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ingest.catalog.vocabulary import CATALOG
from ingest.wiki.cast import (
    WikiCharacter,
    WikiVoice,
    parse_characters,
    parse_credit,
    parse_credits,
)
from ingest.wiki.roles import ROLES
from ingest.wiki.text import Line

PROSE = "For the keeper Jonas Vale, haunted by his daughter Mina's letters, the sea is a grave."


def credit(text: str) -> list[tuple[str, str, str]]:
    return [(each.name, each.role, each.biography) for each in parse_credit(Line(1, text))]


def characters(*texts: str) -> list[WikiCharacter]:
    lines = [Line(number, text) for number, text in enumerate(texts, 1)]
    found, notes = parse_characters(lines, PROSE)
    assert not notes
    return list(found)


def test_the_wikis_roles_are_roles_of_the_catalogue() -> None:
    known = yaml.safe_load((CATALOG / "roles.yaml").read_text())["roles"]
    assert set(ROLES.values()) <= set(known)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Aya Tanaka Director", [("Aya Tanaka", "director", "")]),
        (
            "Aya Tanaka Director She was Art Director of Kite.",
            [("Aya Tanaka", "director", "She was Art Director of Kite.")],
        ),
        ("Aya Tanaka Character Artist/Designer", [("Aya Tanaka", "character-designer", "")]),
        ("Aya Tanaka Art Director A painter.", [("Aya Tanaka", "art-director", "A painter.")]),
        ("Aya Tanaka Chief Animation Director", [("Aya Tanaka", "chief-animation-director", "")]),
        ("Aya Tanaka Music Did the score.", [("Aya Tanaka", "score-composer", "Did the score.")]),
        ("Aya Tanaka Executive Producer", [("Aya Tanaka", "executive-producer", "")]),
        (
            "Aya Tanaka Director, Writer Born in Kobe.",
            [
                ("Aya Tanaka", "director", "Born in Kobe."),
                ("Aya Tanaka", "screenwriter", "Born in Kobe."),
            ],
        ),
        ("Aya Tanaka Director/Producer", [("Aya Tanaka", r, "") for r in ("director", "producer")]),
        ("Aya Tanaka Writer and painter.", [("Aya Tanaka", "screenwriter", "and painter.")]),
        ("Aya Tanaka - Editor - Cuts.", [("Aya Tanaka", "editor", "Cuts.")]),
        ("Rintaro Director", [("Rintaro", "director", "")]),
        ("Toru de la Vega Key Animator", [("Toru de la Vega", "key-animator", "")]),
        ("大友 克洋 Director 監督。", [("大友 克洋", "director", "監督。")]),
        ("Studio 4°C Studio", [("Studio 4°C", "animation-studio", "")]),
        ("Toei Animation Animation Studio", [("Toei Animation", "animation-studio", "")]),
        ("Production I.G Production", [("Production I.G", "production", "")]),
    ],
)
def test_a_credit_is_split_at_its_first_role(text: str, found: list[tuple[str, str, str]]) -> None:
    assert credit(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Mary Major Gaffer She was the Director of Smooth Cut.",
        "Ann Other Sub Director",
        "Director",
        "aya tanaka director",
    ],
)
def test_a_credit_without_a_known_role_is_not_guessed(text: str) -> None:
    assert credit(text) == []


def test_a_biography_may_run_over_lines_and_an_unknown_credit_is_noted() -> None:
    lines = [
        Line(7, "Aya Tanaka Director A painter"),
        Line(8, "of lighthouses."),
        Line(9, "Bo Lee Gaffer"),
    ]
    [found], [note] = parse_credits(lines)
    assert found.biography == "A painter of lighthouses."
    assert (note.line, note.text) == (9, "no known role in the credit 'Bo Lee Gaffer'")


@pytest.mark.parametrize(
    "text",
    [
        "Jonas Vale Voiced by Ken Arimura",
        "Jonas Vale voiced by: Ken Arimura",
        "Jonas Vale (voiced by Ken Arimura)",
        "Jonas Vale Voice Actor: Ken Arimura",
        "Jonas Vale (Ken Arimura)",
        "Jonas Vale - Ken Arimura",
        "Jonas Vale: Ken Arimura",
        "Jonas Vale | Ken Arimura",
        "Ken Arimura as Jonas Vale",
        "Jonas Vale Ken Arimura",
    ],
)
def test_a_character_and_its_voice_may_be_written_in_many_ways(text: str) -> None:
    assert characters(text) == [WikiCharacter(1, "Jonas Vale", (WikiVoice("Ken Arimura"),))]


@pytest.mark.parametrize(
    "text",
    [
        "Jonas Vale Voiced by Ken Arimura (Japanese), Paul Reed (English) The keeper.",
        "Jonas Vale Japanese Voiced by Ken Arimura English Voiced by Paul Reed The keeper.",
        "Jonas Vale Voiced by Japanese: Ken Arimura, English: Paul Reed. The keeper.",
    ],
)
def test_voices_may_have_a_language(text: str) -> None:
    voices = (WikiVoice("Ken Arimura", "ja"), WikiVoice("Paul Reed", "en"))
    assert characters(text) == [WikiCharacter(1, "Jonas Vale", voices, "The keeper.")]


def test_voices_and_description_may_stand_on_lines_of_their_own() -> None:
    assert characters(
        "Jonas Vale", "Voiced by Ken Arimura", "He keeps the light and the letters."
    ) == [
        WikiCharacter(
            1, "Jonas Vale", (WikiVoice("Ken Arimura"),), "He keeps the light and the letters."
        )
    ]


@pytest.mark.parametrize(
    ("text", "name", "description"),
    [
        ("Jonas Vale", "Jonas Vale", ""),
        ("Mina The daughter, lost at sea.", "Mina", "The daughter, lost at sea."),
        ("Mina Daughter of the keeper.", "Mina", "Daughter of the keeper."),
        ("Mina: the daughter whom the sea took", "Mina", "the daughter whom the sea took"),
        ("駅長", "駅長", ""),
    ],
)
def test_a_character_may_have_no_voice(text: str, name: str, description: str) -> None:
    assert characters(text) == [WikiCharacter(1, name, description=description)]


@pytest.mark.parametrize("text", ["Bob Loblaw Ken Watanabe", "Carlo (tenor)"])
def test_a_line_that_may_mean_two_things_is_noted(text: str) -> None:
    found, [note] = parse_characters([Line(4, text)], PROSE)
    assert found == ()
    assert (note.line, note.text) == (4, f"no character can be told from {text!r}")


@given(st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc", "Z")), min_size=1)))
def test_no_line_is_lost_and_none_is_too_strange(words: list[str]) -> None:
    text = " ".join(words)
    if text:
        found, notes = parse_characters([Line(1, text)], PROSE)
        assert found or notes
        credited, notes = parse_credits([Line(1, text)])
        assert credited or notes
