"""An entry of the anime-offline-database."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.offline_database.anime import read_anime

ENTRY: dict[str, Any] = {
    "sources": ["https://myanimelist.net/anime/1462", "https://anidb.net/anime/262"],
    "title": "MEMORIES",
    "type": "MOVIE",
    "episodes": 1,
    "status": "FINISHED",
    "animeSeason": {"season": "FALL", "year": 1995},
    "picture": "https://cdn.example.org/1462.jpg",
    "thumbnail": "https://cdn.example.org/1462t.jpg",
    "duration": {"value": 6780, "unit": "SECONDS"},
    "score": {"arithmeticGeometricMean": 7.6, "arithmeticMean": 7.654, "median": 7.7},
    "synonyms": ["Kanojo no Omoide ", "メモリーズ", "MEMORIES"],
    "studios": ["studio 4°c"],
    "producers": ["shochiku"],
    "relatedAnime": ["https://anidb.net/anime/1", "https://example.org/2"],
    "tags": ["sci-fi"],
}


def test_an_entry() -> None:
    anime = read_anime(ENTRY)
    assert anime.title == "MEMORIES"
    assert anime.kind == "FILM"
    assert anime.year == 1995
    assert anime.synonyms == ("Kanojo no Omoide", "メモリーズ")
    assert anime.ids == {"mal": "1462", "anidb": "262"}
    assert anime.urls["anidb"] == "https://anidb.net/anime/262"
    assert anime.runtime_minutes == 113
    assert anime.rating == 7.65
    assert anime.picture == "https://cdn.example.org/1462.jpg"
    assert anime.studios == ("studio 4°c",)
    assert anime.producers == ("shochiku",)
    assert anime.tags == ("sci-fi",)
    assert anime.related == (("anidb", "1"),)
    assert anime.notes == ()


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (None, "no object"),
        ([ENTRY], "no object"),
        ({}, "no title"),
        ({**ENTRY, "title": " ", "synonyms": None}, "no title"),
        ({**ENTRY, "sources": []}, "no page of a site that is known"),
        ({**ENTRY, "sources": ["https://example.org/1"]}, "no page of a site that is known"),
        ({**ENTRY, "sources": "https://anidb.net/anime/1"}, "no page of a site that is known"),
    ],
)
def test_what_is_no_entry(row: object, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_anime(row)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"type": "PLAY"}, "type"),
        ({"type": None}, "type"),
        ({"animeSeason": {"year": 95}}, "animeSeason"),
        ({"animeSeason": "1995"}, "animeSeason"),
        ({"duration": {"value": "long"}}, "duration"),
        ({"duration": {"value": 1, "unit": "REELS"}}, "duration"),
        ({"score": {"arithmeticMean": 76}}, "score"),
        ({"score": "7.6"}, "score"),
        ({"picture": "no address"}, "picture"),
        ({"synonyms": "メモリーズ"}, "synonyms"),
        ({"tags": ["sci-fi", None]}, "tags"),
        ({"sources": [*ENTRY["sources"], "https://example.org/1"]}, "sources"),
        ({"sources": [*ENTRY["sources"], "https://anidb.net/anime/263"]}, "sources"),
        ({"title": 5}, "title"),
    ],
)
def test_what_cannot_be_read_is_noted_and_nothing_else_is_lost(
    change: dict[str, Any], field: str
) -> None:
    anime = read_anime({**ENTRY, **change})
    assert [note.split(":")[0] for note in anime.notes] == [field]
    assert anime.ids == {"mal": "1462", "anidb": "262"}


@pytest.mark.parametrize(
    "field",
    ["type", "animeSeason", "picture", "duration", "score", "synonyms", "studios", "producers",
     "relatedAnime", "tags", "episodes", "status"],
)  # fmt: skip
def test_older_files_lack_fields(field: str) -> None:
    read_anime({name: value for name, value in ENTRY.items() if name != field})
    read_anime({**ENTRY, field: None})


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://myanimelist.net/anime/1", {"mal": "1"}),
        ("https://anilist.co/anime/1", {"anilist": "1"}),
        ("https://kitsu.app/anime/1", {"kitsu": "1"}),
        ("https://kitsu.io/anime/1", {"kitsu": "1"}),
        ("https://anime-planet.com/anime/death-note", {"anime-planet": "death-note"}),
        ("https://anisearch.com/anime/3633", {"anisearch": "3633"}),
        ("https://livechart.me/anime/3437", {"livechart": "3437"}),
        ("https://notify.moe/anime/0-A-5Fimg", {"notify": "0-A-5Fimg"}),
        ("https://simkl.com/anime/37089", {"simkl": "37089"}),
        ("https://animecountdown.com/37089", {"animecountdown": "37089"}),
        ("https://animenewsnetwork.com/encyclopedia/anime.php?id=6592", {"ann": "6592"}),
    ],
)
def test_pages(url: str, expected: dict[str, str]) -> None:
    assert read_anime({**ENTRY, "sources": [url]}).ids == expected


def test_no_picture_is_none() -> None:
    url = "https://raw.githubusercontent.com/x/pics/no_pic.png"
    anime = read_anime({**ENTRY, "picture": url})
    assert (anime.picture, anime.notes) == (None, ())


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["value", "unit", "year", "arithmeticMean"]), inner)
    ),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(sorted(ENTRY)), ANYTHING))
def test_whatever_a_field_holds_the_entry_is_read_or_said_to_be_none(
    change: dict[str, Any],
) -> None:
    assert what_is(ENTRY | change) in ("read", "no title", "no page of a site that is known")


def what_is(row: dict[str, Any]) -> str:
    try:
        read_anime(row)
    except ValueError as error:
        return str(error)
    return "read"


def test_a_name_that_is_too_long_is_cut_and_told_of() -> None:
    anime = read_anime({**ENTRY, "title": "A" * 1001, "tags": ["B" * 2000]})
    assert (anime.title, anime.tags) == ("A" * 1000, ("B" * 1000,))
    assert anime.notes == (
        f"title: cut after 1000 characters: '{'A' * 80}'",
        f"tags: cut after 1000 characters: '{'B' * 80}'",
    )
