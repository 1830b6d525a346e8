"""Chinese characters: simplified, traditional, Japanese."""

import pytest

from ingest.ideographs import chinese_language, is_japanese, may_be_japanese


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
