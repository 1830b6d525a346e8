"""The forms of a text in which names are looked for."""

from hypothesis import given
from hypothesis import strategies as st

from loaders.wording import MOST_WORDS, forms


def test_a_word_may_go_on_or_be_misspelt() -> None:
    assert forms("Ootomo Kon")["fulltext"] == [
        "+(ootomo* ootomo~1 otomo* otomo~1) +(kon*)",
    ]


def test_chinese_and_japanese_need_no_spaces_and_may_be_a_character_off() -> None:
    assert forms("今敏")["fulltext"] == ['+(今敏* "今敏")']
    assert forms("大友克")["fulltext"] == [
        '+(大友克* "大友克" "友克"~1 "大克"~1 "大友"~1)',
    ]


def test_a_word_begins_after_a_space_except_where_writing_has_none() -> None:
    assert forms("Otomo 大友")["plain"]["words"] == [" otomo", "大友"]


def test_a_name_is_compared_by_its_pairs_of_letters() -> None:
    assert forms("Kon")["plain"]["pairs"] == [" k", "ko", "on"]


def test_a_blank_text_means_nothing() -> None:
    nothing: dict[str, list[str]] = {"words": [], "pairs": []}
    for text in ("", " ", "\u3000"):
        assert forms(text) == {
            "keys": [],
            "folded": None,
            "fulltext": [],
            "plain": nothing,
            "romanized": nothing,
        }


def test_signs_are_compared_as_whole_names_only() -> None:
    found = forms("!!!")
    assert (found["keys"], found["folded"], found["fulltext"]) == (["!!!"], "!!!", [])


@given(st.text())
def test_nothing_in_a_text_is_syntax(text: str) -> None:
    for query in forms(text)["fulltext"]:
        words = query.removeprefix("+(").removesuffix(")").split(") +(")
        assert len(words) <= MOST_WORDS
        for clause in " ".join(words).split(" "):
            word, _, distance = clause.rstrip("*").partition("~")
            assert word.strip('"').isprintable()
            assert not set(word.strip('"')) & set('+-!(){}[]^"~*?:\\/&|')
            assert distance in ("", "1", "2")
