"""Which works a text names: in a graph of many works, most capitalised words are a title."""

import pytest

from ingest.identity import folded
from ingest.wiki.parts import Part, Passage
from ingest.wiki.references import KnownWork, phrase_keys, phrases, references

PART = Part("part", ("Salt Letters",))
OWN = ("Lantern Tides", "Salt Letters", "Haruo Mikage", "Jonas Vale")


def work(title: str, year: str | None = None, **details: object) -> KnownWork:
    kind = str(details.get("kind", "FILM"))
    makers = frozenset(str(details.get("makers", "")).split())
    surnames = frozenset(str(details.get("surnames", "")).split())
    id_ = str(details.get("id", title))
    return KnownWork(id_, id_, kind, year, frozenset({folded(title)}), makers, surnames)


WORKS = (
    work("Glass Harbor", "1975"),
    work("Paper Moons", "1979", id="paper-moons-1979"),
    work("Paper Moons", "1999", id="paper-moons-1999"),
    work("Kite", "1988", makers="mikage"),
    work("Kite", "1982", id="kite-manga", kind="MANGA", makers="mikage"),
    work("Kite", "1998", id="other-kite"),
    work("Umbra", "1960"),
    work("Deepsignal", "1984", surnames="Tanaka"),
    work("Norma", kind="STAGE"),
    work("The Wall", "1982"),
    work("2046: A Sea Odyssey", "1968"),
    work("A Sea Odyssey", "1970"),
    *map(work, ("Earth", "Tokyo", "Letters", "Boy", "It", "Salt", "Vale", "Haruo Mikage")),
    work("Lantern Tides"),
    work("Twins", "1950", id="twins-1950"),
    work("Twins", "1960", id="twins-1960"),
    work("Two Shores", "1950", id="two-1950"),
    work("Two Shores", "1960", id="two-1960"),
)


def named(text: str) -> list[str]:
    found, _ = references(phrases([Passage(1, PART, text)]), WORKS, OWN, ["mikage"])
    assert all(each.part == PART and each.passage == text for each in found)
    return [each.work for each in found]


@pytest.mark.parametrize(
    ("text", "works"),
    [
        ("A film in the tradition of Glass Harbor and others.", ["Glass Harbor"]),
        ("Glass Harbor did it first.", ["Glass Harbor"]),
        ("It owes much to Glass-Harbor.", ["Glass Harbor"]),
        ("It is no GlassHarbor, and no glass harbor.", []),
        ("The scenes from Paper Moons (1979) return.", ["paper-moons-1979"]),
        ("The scenes from Paper Moons (Lee, 1999) return.", ["paper-moons-1999"]),
        ("The scenes from Paper Moons (1980) return.", []),
        ("The scenes from Paper Moons return.", []),
        ("As in 2046: A Sea Odyssey (1968), it ends.", ["2046: A Sea Odyssey"]),
        ("It was the first film Mikage directed after Kite.", ["Kite"]),
        ("It was an experiment for Deep Signal.", ["Deepsignal"]),
        ("Tanaka's Deep Signal is quoted.", ["Deepsignal"]),
        ("It ends like Glass Harbor and Norma do.", ["Glass Harbor", "Norma"]),
        ('He hums "Umbra" to himself.', ["Umbra"]),
        ("It recalls Pink Floyd's The Wall (1982) at times.", ["The Wall"]),
        ("He leans on The Wall.", []),
    ],
)
def test_titles_are_found_where_they_are_written_like_titles(text: str, works: list[str]) -> None:
    assert named(text) == works


@pytest.mark.parametrize(
    "text",
    [
        "He walks from Earth to Tokyo.",
        "Boy meets girl. It rains.",
        "Salt Letters is read to Haruo Mikage by Jonas Vale.",
        "Vale sings of Umbra.",
        "The Umbra Society meets.",
        "Lantern Tides begins.",
        "A boy, the earth, it.",
    ],
)
def test_other_words_are_no_titles(text: str) -> None:
    assert named(text) == []


def test_what_may_be_a_title_is_noted_once() -> None:
    passages = [Passage(3, None, "He flees to Umbra."), Passage(5, None, "In Umbra, Two Shores.")]
    found, notes = references(phrases(passages), WORKS, OWN, [])
    assert found == ()
    assert [(note.line, note.text) for note in notes] == [
        (3, "'Umbra' may be Umbra (1960): not taken for a reference"),
        (
            5,
            "'Two Shores' may be two-1950 (1950) or two-1960 (1960): not taken for a reference",
        ),
    ]


def test_of_works_with_one_title_the_film_is_meant_only_if_something_speaks_for_it() -> None:
    passage = Passage(1, None, "It was the first film Mikage directed after Kite.")
    found, _ = references(phrases([passage]), WORKS, OWN, ["nobody"])
    assert found == ()


def test_a_work_is_named_once_by_each_part() -> None:
    text = "It recalls Glass Harbor."
    passages = [Passage(1, None, text), Passage(2, PART, text), Passage(3, PART, f"{text} Yes.")]
    found, _ = references(phrases(passages), WORKS, OWN, [])
    assert [(each.part, each.work, each.line) for each in found] == [
        (None, "Glass Harbor", 1),
        (PART, "Glass Harbor", 2),
    ]


def test_words_are_looked_up_apart_and_as_one() -> None:
    assert {"boy steam", "steamboy", "boy"} <= phrase_keys(
        phrases([Passage(1, None, "An experiment for Steam Boy.")])
    )
