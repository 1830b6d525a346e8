"""Names as people write them: which language each is in, and what is a name at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.bangumi.infobox import Alias
from ingest.bangumi.names import Spelling, is_name, original_language, spellings
from tests.examples import examples


@pytest.mark.parametrize(
    ("name", "countries", "language"),
    [
        ("メモリーズ", [], "ja"),
        ("大砲の街", ["中国"], "ja"),
        ("大友克洋", [], "ja"),
        ("攻殻機動隊", ["日本"], "ja"),
        ("大圣归来", ["中国"], "zh-Hans"),
        ("霹靂布袋戲", ["台湾"], "zh-Hant"),
        ("肆式青春", ["中国", "日本"], "ja"),
        ("变形金刚", ["欧美"], None),
        ("신암행어사", [], "ko"),
        ("MEMORIES", ["日本"], None),
        ("1984", [], None),
    ],
)
def test_the_language_of_an_original_name(
    name: str, countries: list[str], language: str | None
) -> None:
    assert original_language(name, countries) == language


@pytest.mark.parametrize(
    ("alias", "names"),
    [
        (Alias("", "みずき なな"), [("みずき なな", "ja-Hrkt", "ALIAS")]),
        (Alias("", "Mizuki Nana"), [("Mizuki Nana", "ja-Latn", "ROMANIZED")]),
        (Alias("英文名", "Nana Mizuki"), [("Nana Mizuki", "en", "ALIAS")]),
        (Alias("台湾", "水樹奈奈"), [("水樹奈奈", "zh-Hant", "ALIAS")]),
        (Alias("", "水树奈奈"), [("水树奈奈", "zh-Hans", "ALIAS")]),
        (Alias("", "水樹奈奈傳說"), [("水樹奈奈傳說", "zh-Hant", "ALIAS")]),
        (Alias("", "水樹戦"), [("水樹戦", "ja", "ALIAS")]),
        (Alias("", "Queen of Voices"), [("Queen of Voices", "en", "ALIAS")]),
        (Alias("", "NANA"), [("NANA", None, "ALIAS")]),
        (
            Alias("", "近藤奈々 (こんどう なな)"),
            [("近藤奈々", "ja", "ALIAS"), ("こんどう なな", "ja-Hrkt", "ALIAS")],
        ),
        (
            Alias("", "奈々ちゃん、お奈々"),
            [("奈々ちゃん", "ja", "ALIAS"), ("お奈々", "ja", "ALIAS")],
        ),
        (Alias("", "https://example.org"), []),
    ],
)
def test_an_alias(alias: Alias, names: list[tuple[str, str | None, str]]) -> None:
    first, *others = spellings("水樹奈々", (), [alias], "ja")
    assert first == Spelling("水樹奈々", "ja", "ORIGINAL")
    expected = [Spelling(*name) for name in names]
    # Nothing but the iteration mark says that a name in Chinese characters is Japanese.
    assert [each._replace(language="ja") if "々" in each.text else each for each in others] == (
        expected
    )


def test_what_has_no_name_of_its_own_is_called_by_another() -> None:
    assert spellings("", ["回忆三部曲"], (), None) == [
        Spelling("回忆三部曲", "zh-Hans", "OFFICIAL")
    ]
    assert spellings(" ", (), [Alias("", "Memories")], None) == [
        Spelling("Memories", None, "ALIAS")
    ]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("A", True),
        ("7", True),
        ("!!!", True),
        ("☆", True),
        ("", False),
        ("\u3000", False),
        ("\u200b", False),
    ],
)
def test_a_name_has_a_letter_a_digit_or_a_sign(text: str, is_one: bool) -> None:
    assert is_name(text) is is_one


@examples(300)
@given(st.text(), st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_whatever_there_is_gives_names_or_none(
    name: str, chinese: list[str], aliases: list[str]
) -> None:
    language = original_language(name, ())
    found = spellings(name, chinese, [Alias("", text) for text in aliases], language)
    assert all(is_name(each.text) for each in found)
    assert len({(each.text, each.language) for each in found}) == len(found)
    assert bool(found) or not is_name(name)


def test_other_names_of_japanese_people_are_japanese_if_japan_has_the_characters() -> None:
    aliases = [Alias("", "近藤奈奈"), Alias("", "水树奈奈"), Alias("中文名", "水樹奈奈子")]
    found = spellings("水樹奈々", (), aliases, "ja", is_person=True)
    assert [each.language for each in found] == ["ja", "ja", "zh-Hans", "zh-Hant"]
    abroad = spellings("周杰伦", (), [Alias("", "周杰倫")], "zh-Hans", is_person=True)
    assert [each.language for each in abroad] == ["zh-Hans", "zh-Hant"]
