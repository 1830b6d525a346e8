"""How far two descriptions of works agree."""

import pytest

from ingest.likeness import Description, Forms, Titles, Years, contradiction, likeness
from ingest.matching import titles_of


def described(title: str, year: int | None, kind: str | None) -> Description:
    return Description(kind, frozenset([year] if year else []), frozenset(titles_of(title)))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Mahou Shoujo", "Mahō Shōjo", Titles.ALIKE),
        ("Bakuman 2", "BAKUMAN. 2", Titles.ALIKE),
        ("Noragami Aragoto", "Noragami ARAGOTO OVA", Titles.CLOSE),
        ("機動戦士ガンダム", "機動戦士ガンダム THE ORIGIN", Titles.CLOSE),
        ("雕龙记", "雕龍記", Titles.CLOSE),
        ("Mononoke", "Mokke", Titles.UNLIKE),
        ("X", "X-Men", Titles.UNLIKE),
        ("星辰变", "Melt", Titles.UNLIKE),
    ],
)
def test_titles(one: str, other: str, expected: Titles) -> None:
    found = likeness(described(one, None, None), described(other, None, None))
    assert found.titles == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (1995, 1995, Years.SAME),
        (1995, 1996, Years.NEAR),
        (1995, 1997, Years.APART),
        (1995, None, Years.UNKNOWN),
    ],
)
def test_years(one: int, other: int | None, expected: Years) -> None:
    assert likeness(described("A", one, None), described("A", other, None)).years == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("FILM", "FILM", Forms.SAME),
        ("FILM", "OVA", Forms.SIMILAR),
        ("SERIES", "SPECIAL", Forms.SIMILAR),
        ("FILM", "SERIES", Forms.OTHER),
        ("FILM", "MANGA", Forms.FOREIGN),
        ("MANGA", "NOVEL", Forms.SIMILAR),
        ("FILM", None, Forms.UNKNOWN),
        ("OTHER", "FILM", Forms.UNKNOWN),
    ],
)
def test_forms(one: str, other: str | None, expected: Forms) -> None:
    assert likeness(described("A", None, one), described("A", None, other)).forms == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # A translated title, the same year and form.
        (("小铁柱", 1995, "FILM"), ("Iron Pillar", 1995, "FILM"), None),
        # A preview was shown the year before.
        (("ももへの手紙", 2012, "FILM"), ("ももへの手紙", 2011, "FILM"), None),
        # No year known, but the title is.
        (("Usavich", None, None), ("Usavich", 2006, "SERIES"), None),
        # No year known, and a title in the other Chinese script.
        (("谁的本领大", None, None), ("誰的本領大", None, "FILM"), None),
        # A film and the series it was made of, in one year.
        (
            ("デジモンアドベンチャー", 1999, "FILM"),
            ("デジモンアドベンチャー", 1999, "SERIES"),
            "another form",
        ),
        # A remake.
        (("Dororo", 1969, "SERIES"), ("Dororo", 2019, "SERIES"), "another year"),
        # What it is based on.
        (("Akira", 1988, "MANGA"), ("Akira", 1988, "FILM"), "another form"),
        (
            ("学园帅哥", 2015, "OVA"),
            ("Gakuen Handsome", 2016, "SPECIAL"),
            "another title, and another year",
        ),
        (
            ("星辰变", 2022, "ONA"),
            ("Melt", None, None),
            "another title, and nothing else that agrees",
        ),
    ],
)
def test_contradictions(
    one: tuple[str, int | None, str | None],
    other: tuple[str, int | None, str | None],
    expected: str | None,
) -> None:
    found = likeness(described(*one), described(*other))
    assert contradiction(found) == expected
    assert contradiction(likeness(described(*other), described(*one))) == expected
