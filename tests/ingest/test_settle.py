"""Which of several sources' values an entity has."""

import pytest

from ingest.settle import Stated, display_names, settled_values


def test_a_rating_and_how_many_gave_it_come_from_one_source() -> None:
    better = Stated(0, {"origin": "a", "rating": 7.5})
    other = Stated(1, {"origin": "b", "rating": 8.0, "ratingCount": 1000})
    assert settled_values([other, better]) == {"rating": 7.5}
    assert settled_values([other]) == {"rating": 8.0, "ratingCount": 1000}


def test_a_description_keeps_its_language() -> None:
    better = Stated(0, {"origin": "a", "kind": "FILM"})
    other = Stated(1, {"origin": "b", "description": "故事", "descriptionLanguage": "zh"})
    last = Stated(2, {"origin": "c", "description": "A tale", "descriptionLanguage": "en"})
    assert settled_values([last, other, better]) == {
        "kind": "FILM",
        "description": "故事",
        "descriptionLanguage": "zh",
    }


def test_the_language_of_no_description_says_nothing() -> None:
    assert settled_values([Stated(0, {"origin": "a", "descriptionLanguage": "zh"})]) == {}


def test_an_original_name_of_unknown_language_is_shown_rather_than_its_translation() -> None:
    original = Stated(1, {"text": "Metal Slug", "kind": "ORIGINAL"})
    chinese = Stated(1, {"text": "合金弹头", "kind": "OFFICIAL", "language": "zh-Hans"})
    alias = Stated(1, {"text": "メタルスラッグ", "kind": "ALIAS", "language": "ja"})
    assert display_names([chinese, original])["name"] == "Metal Slug"
    assert display_names([chinese, original])["nameZh"] == "合金弹头"
    assert display_names([chinese, original, alias])["name"] == "メタルスラッグ"


@pytest.mark.parametrize(
    ("english", "others", "shown"),
    [
        (["MOBILE SUIT GUNDAM UNICORN", "GUNDAM UC"], ["Mobile Suit Gundam UC"], 0),
        (["The Legend of Luo Xiaohei", "THE LEGEND OF LUOXIAOHEI"], [], 0),
        (["Tonikawa: Over the Moon for You", "FLY ME TO THE MOON"], [], 0),
        (
            [
                "My Hero Academia: World Heroes' Mission",
                "Boku no Hero Academia the Movie: World Heroes' Mission",
            ],
            ["Boku no Hero Academia the Movie 3"],
            0,
        ),
        (["Seven of Seven", "Nana 7 of 7"], ["Nana 7", "Nana of 7"], 1),
        (["NGNL", "No Game, No Life"], ["No Game No Life"], 1),
        (["James Bond", "Dr. No"], ["Dr No"], 1),
    ],
)
def test_of_english_aliases_the_one_like_the_title(
    english: list[str], others: list[str], shown: int
) -> None:
    names = [Stated(1, {"text": text, "kind": "ALIAS", "language": "en"}) for text in english]
    names += [Stated(2, {"text": text, "kind": "ALIAS"}) for text in others]
    for order in (names, names[::-1]):
        assert display_names(order)["nameEn"] == english[shown]


def test_an_official_name_is_shown_however_odd() -> None:
    official = Stated(3, {"text": "GUNDAM UC", "kind": "OFFICIAL", "language": "en"})
    alias = Stated(1, {"text": "Gundam Unicorn", "kind": "ALIAS", "language": "en"})
    assert display_names([alias, official])["nameEn"] == "GUNDAM UC"
