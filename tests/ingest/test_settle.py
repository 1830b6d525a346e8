"""Which of several sources' values an entity has."""

from ingest.settle import Stated, settled_values


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
