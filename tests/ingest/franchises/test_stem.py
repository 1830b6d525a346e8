"""What titles have in common."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.franchises.lines import Work
from ingest.franchises.stem import line_names, stem


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (["機動戦士ガンダム", "機動戦士ガンダムII", "機動戦士Ζガンダム"], "機動戦士ガンダム"),
        (["Mobile Suit Gundam", "Mobile Suit Gundam 00"], "Mobile Suit Gundam"),
        ([".hack//SIGN", ".hack//Liminality", ".hack//Roots"], ".hack"),
        (["Ghost in the Shell", "Ghost in the Shell 2: Innocence"], "Ghost in the Shell"),
        (["機動警察パトレイバー 劇場版", "機動警察パトレイバー2"], "機動警察パトレイバー"),
        (["劇場版 とある科学の超電磁砲", "とある科学の超電磁砲S"], "とある科学の超電磁砲"),
        (["ちはやふる2", "ちはやふる3"], "ちはやふる"),
        (["K-On!", "K-On!!"], "K-On!"),
        (["それいけ!アンパンマン", "それいけ!アンパンマン ゴミラの星"], "それいけ!アンパンマン"),
        (["梦幻书院 第三季", "梦幻书院 第四季"], "梦幻书院"),
        (
            ["ふたりはプリキュア", "フレッシュプリキュア", "Yes!プリキュア5", "プリキュア2"],
            "プリキュア",
        ),
        (["Macross", "Something else"], "Macross"),
        (["サイボーグ009", "サイボーグ009 怪獣戦争"], "サイボーグ009"),
        (["Titan Season 2", "Titan Season 2 Part 2"], "Titan"),
        (["1984", "1984 II"], "1984"),
        (["!!!"], "!!!"),
    ],
)  # fmt: skip
def test_stem(titles: list[str], expected: str) -> None:
    assert stem(titles) == expected


@given(st.lists(st.text(min_size=1).filter(str.strip), min_size=1, max_size=5))
def test_there_always_is_one(titles: list[str]) -> None:
    assert stem(titles).strip()


def work(id_: str, **names: str) -> Work:
    return Work(id_, next(iter(names.values())), names, None)


def test_a_line_has_a_name_in_each_language_of_its_first_work() -> None:
    first = work("a", ja="攻殻機動隊", en="Ghost in the Shell")
    second = work("b", ja="攻殻機動隊2.0", zh="攻壳机动队2.0")
    assert line_names([first, second]) == {"ja": "攻殻機動隊", "en": "Ghost in the Shell"}


def test_a_language_that_most_works_share_counts_too() -> None:
    others = [work(id_, zh=f"名侦探柯南 {id_}", ja="コナン") for id_ in "bcd"]
    first = work("a", ja="コナン")
    assert line_names([first, *others]) == {"ja": "コナン", "zh": "名侦探柯南"}


def test_without_a_known_language_the_display_name_is_taken() -> None:
    assert line_names([Work("a", "Odd 1", {}, None), Work("b", "Odd 2", {}, None)]) == {None: "Odd"}
