"""The parts of an anthology, as a page's words tell them apart."""

import pytest

from ingest.wiki.parts import Part, introduced, limits, passages, sentences
from ingest.wiki.text import Line

SALT = Part("salt", ("Salt Letters",))
STORM = Part("storm", ("Storm Sisters",))
BOY = Part("boy", ("Boy", "Chico"))
PARTS = (SALT, STORM, BOY)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("It recalls Roujin Z. Nobody minds.", ["It recalls Roujin Z.", "Nobody minds."]),
        ("Drawn by J. Michael Orr. Fine.", ["Drawn by J. Michael Orr.", "Fine."]),
        ("An S.O.S. from Dr. Vale.", ["An S.O.S. from Dr. Vale."]),
        ("一つ。二つ。", ["一つ。", "二つ。"]),
        ("", []),
    ],
)
def test_sentences(text: str, found: list[str]) -> None:
    assert list(sentences(text)) == found


def test_a_sentence_speaks_of_the_part_named_last_in_its_paragraph() -> None:
    lines = [
        Line(5, "An anthology. For Salt Letters, a keeper reads. He weeps."),
        Line(7, "The sea rises. In storm sisters two race, as in Salt Letters. All drown."),
        Line(9, "A boy runs. Boy ends it."),
    ]
    assert [(each.line, each.part and each.part.id) for each in passages(lines, PARTS)] == [
        (5, None),
        (5, "salt"),
        (5, "salt"),
        (7, None),
        (7, None),
        (7, None),
        (9, None),
        (9, "boy"),
    ]


def test_titles_that_the_prose_introduces_as_parts_are_parts_in_its_order() -> None:
    prose = [
        "Kite is like no other. For Salt Letters (Shio), a keeper reads.",
        "The second sequence, Storm Sisters, is a race. It ends with the Last Hull segment.",
    ]
    aliases = ["Kite", "Last Hull", "Storm sisters", "Salt Letters", "Low Water"]
    assert introduced(aliases, prose) == ("Salt Letters", "Storm Sisters", "Last Hull")


def test_a_single_part_is_none() -> None:
    assert introduced(["Kite", "Low Water"], ["The Kite segment is fine, says Low Water."]) == ()


@pytest.mark.parametrize(
    ("biography", "parts"),
    [
        ("Did the Soundtrack to the Salt Letters Segment.", ["salt"]),
        ('Did the music of the "Salt Letters" segment', ["salt"]),
        ("Directed Salt Letters.", ["salt"]),
        ("Directed the segment Salt Letters", ["salt"]),
        ("She wrote the screenplay for Storm Sisters.", ["storm"]),
        ("Designed the characters of the Salt Letters and Storm Sisters parts.", ["salt", "storm"]),
        ("Best known for the Boy episode.", ["boy"]),
        ("Known for Salt Letters.", []),
        ("Wrote the novel which Salt Letters is based on.", []),
        ("Did many shows with a boy.", []),
        ("", []),
    ],
)
def test_a_biography_may_limit_a_credit_to_parts(biography: str, parts: list[str]) -> None:
    assert [part.id for part in limits(biography, PARTS).parts] == parts


def test_a_biography_may_limit_music_to_songs_and_say_more() -> None:
    found = limits(
        'Did the Soundtrack to the Boy Segment and the ending theme "Low Water". Born in Kobe.',
        PARTS,
    )
    assert [part.id for part in found.parts] == ["boy"]
    assert found.songs == ("Low Water",)
    assert found.scope == 'Did the Soundtrack to the Boy Segment and the ending theme "Low Water".'
    assert found.rest == "Born in Kobe."
