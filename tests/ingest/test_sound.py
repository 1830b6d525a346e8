"""Which spellings of a name sound alike, and what a search finds a name by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sound import LONGEST_JOINED, MOST_WORDS, spelled


def sound(text: str) -> str:
    return spelled(text)["sound"]


@pytest.mark.parametrize(
    ("sounds", "spellings"),
    [
        ("otomo katsuhiro", "Ōtomo Katsuhirō|Ootomo Katsuhiro|ohtomo katuhiro|おおとも かつひろ"),
        ("shinichiro", "Shin'ichirō|sin'itiroo|シンイチロウ|しんいちろう|ｼﾝｲﾁﾛｳ"),
        ("kauboi bibapu", "カウボーイ・ビバップ|kaubōi bibappu|かうぼーい びばっぷ"),
        ("hayao miyazaki", "Hayao Miyazaki|Хаяо Миядзаки"),
        ("jun", "Jun|じゅん|zyun|ジュン"),
        ("chachu", "ちゃちゅう|tyatyuu|chachū"),
        ("fiana", "フィアナ|fiana"),
        ("wichi", "ウィッチ|witchi"),
        ("macros 2", "Macross II|MACROSS 2|ｍａｃｒｏｓｓ　Ⅱ"),
        ("攻壳机动队", "攻殻機動隊|攻殼機動隊|攻壳机动队"),
        ("strasse", "Straße|STRASSE|strasse"),
    ],
)
def test_spellings_that_sound_alike(sounds: str, spellings: str) -> None:
    found = {text: sound(text) for text in spellings.split("|")}
    assert set(found.values()) == {sounds}, found


def test_other_words_keep_their_letters() -> None:
    assert sound("Ghost in the Shell") == "ghost in the shell"
    assert sound("Soul") == "soul"


def test_words_with_their_beginnings_and_pairs_of_characters() -> None:
    assert spelled("Perfect 大友 克洋") == {
        "sound": "perfect 大友 克洋",
        "words": "perfect _p _pe _大 大 友 大友 _克 克 洋 克洋 友克",
        "joined": "perfect大友克洋",
    }
    assert spelled("カウボーイ")["joined"] == "かうぼーい kauboi"


def test_signs_have_no_sound() -> None:
    assert spelled("!!!") == {"sound": "", "words": "", "joined": ""}


@given(st.text(max_size=1000))
def test_any_name_has_a_bounded_number_of_words(text: str) -> None:
    found = spelled(text)
    assert len(found["words"].split(" ")) <= MOST_WORDS
    assert all(len(each) <= LONGEST_JOINED for each in found["joined"].split(" "))
    assert spelled(text.upper())["words"] or not found["words"]
