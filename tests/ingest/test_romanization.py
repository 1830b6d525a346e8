"""Japanese names in Latin letters, as English texts write them."""

import pytest

from ingest.romanization import Readings, is_romanized, latin_of_kana, shortened

PEOPLE = [
    ("大友克洋", ["おおとも　かつひろ"]),
    ("森本晃司", ["もりもと こうじ", "Morimoto Kouji"]),
    ("森田宏幸", ["もりた ひろゆき"]),
    ("佐藤大", ["さとう だい"]),
    ("佐藤竜雄", ["さとう たつお"]),
    ("佐藤卓哉", ["さとう たくや"]),
    ("佐藤順一", ["ひかわ さくら", "さとう じゅんいち"]),
    ("石川順一", ["いしかわ じゅんいち"]),
    ("木村真二", ["きむら しんじ"]),
    ("木村隆一", ["きむら りゅういち"]),
]
READINGS = Readings(PEOPLE)


@pytest.mark.parametrize(
    ("kana", "latin"),
    [
        ("おおとも", "ootomo"),
        ("しんいちろう", "shinichirou"),
        ("たっきゅう", "takkyuu"),
        ("キートン", None),
        ("今", None),
        ("", None),
    ],
)
def test_kana(kana: str, latin: str | None) -> None:
    assert latin_of_kana(kana) == latin


@pytest.mark.parametrize(
    ("word", "short"),
    [
        ("ootomo", "otomo"),
        ("Kouji", "koji"),
        ("Yūki", "yuki"),
        ("Shuuhei", "shuhei"),
        ("Inoue", "inoue"),
        ("Matsuura", "matsuura"),
        ("Kubooka", "kubooka"),
    ],
)
def test_long_vowels(word: str, short: str) -> None:
    assert shortened(word) == short


def test_what_can_be_japanese() -> None:
    assert is_romanized("Meikyuu Monogatari")
    assert not is_romanized("Steamboy")


@pytest.mark.parametrize(
    ("reading", "name"),
    [
        ("おおとも　かつひろ", "Katsuhiro Otomo"),
        ("Kimura Shinji", "Shinji Kimura"),
        ("Shinji Kimura", "Shinji Kimura"),
        ("おおともかつひろ", None),
        ("Gabriela Robin", None),
    ],
)
def test_family_name_last(reading: str, name: str | None) -> None:
    assert READINGS.western(reading) == name


def test_a_pen_names_reading_is_not_taken_for_the_name() -> None:
    assert READINGS.best("佐藤順一", ["ひかわ さくら", "さとう じゅんいち"]) == "Junichi Sato"
    assert READINGS.best("佐藤順一", ["ひかわ さくら"]) is None


def test_kana_in_a_name_are_read_as_they_stand() -> None:
    assert READINGS.best("菅野よう子", ["かんの ようこ"]) == "Yoko Kanno"
    assert READINGS.best("マオラムド", ["おおはし まなぶ"]) is None
