"""Chinese characters: simplified, traditional, Japanese."""

import pytest

from ingest.ideographs import chinese_language, is_japanese, is_rewritten, may_be_japanese


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("机动战士高达", "zh-Hans"),
        ("機動戰士鋼彈", "zh-Hant"),
        ("后宫", "zh-Hans"),
        ("後宮", "zh-Hant"),
        ("大友克洋", "zh-Hans"),
        ("進撃的巨人", "zh-Hant"),
        ("Re:從零開始的異世界生活", "zh-Hant"),
        ("", "zh-Hans"),
    ],
)
def test_which_chinese_it_is(text: str, language: str) -> None:
    assert chinese_language(text) == language


@pytest.mark.parametrize(
    ("text", "may_be", "is_"),
    [
        ("沢城美雪", True, True),
        ("機動戦士", True, True),
        ("泽城美雪", False, False),
        ("大友克洋", True, False),
        ("水樹奈奈", True, False),
        ("佐々木", True, False),
    ],
)
def test_whether_it_is_japanese(text: str, may_be: bool, is_: bool) -> None:
    assert (may_be_japanese(text), is_japanese(text)) == (may_be, is_)


@pytest.mark.parametrize(
    ("one", "other", "is_"),
    [
        ("雕龙记", "雕龍記", True),
        ("熊出没原始时代", "熊出沒原始時代", True),
        # The same text, another length, nothing in common, both scripts on one side.
        ("雕龍記", "雕龍記", False),
        ("雕龙记", "雕龍記一", False),
        ("龙", "龍", False),
        ("龍的记", "龙的記", False),
        # Neither script, so another word.
        ("大红花", "小红花", False),
        ("", "", False),
    ],
)
def test_whether_it_is_the_other_chinese_script(one: str, other: str, is_: bool) -> None:
    assert is_rewritten(one, other) is is_
    assert is_rewritten(other, one) is is_
