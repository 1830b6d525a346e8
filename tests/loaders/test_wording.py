"""The forms of a text in which names are looked for."""

import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from loaders.wording import MOST_WORDS, sought


def complete(text: str) -> str:
    """What is asked of the index for names that have all words, without fame."""
    [words] = sought(text)["complete"]
    return re.sub(r" fame:\S+", "", words)


def test_a_word_may_go_on() -> None:
    assert complete("Otomo Kon") == "+(words:(+(otomo*) +(kon*)) joined:otomokon*)"


def test_a_word_is_also_looked_for_as_it_sounds() -> None:
    assert complete("Ootomo") == "+(words:(+(ootomo* otomo*)) joined:ootomo* joined:otomo*)"
    assert complete("コン") == "+(words:(+((+こん) kon*)) joined:kon*)"


def test_one_or_two_letters_are_the_beginning_of_a_word() -> None:
    assert complete("k") == "+(words:(+(_k)))"
    assert complete("k ot") == "+(words:(+(_k) +(_ot)) joined:kot*)"


def test_chinese_and_japanese_need_no_spaces() -> None:
    assert complete("大友克") == "+(words:(+((+大友 +友克))) joined:大友克*)"
    assert complete("愛") == "+(words:(+((_爱 爱))))"


def test_words_may_be_misspelt() -> None:
    almost, parts = sought("otomo kon")["meant"]
    assert almost["words"].startswith("+(words:(+(otomo* otomo~1) +(kon*)) joined:otomokon~1)")
    assert parts["words"].startswith("+words:(otomo* kon*)")


def test_the_words_in_two_for_two_things() -> None:
    found = [
        [half[side]["words"].partition(" fame")[0] for side in ("left", "right")]
        for half in sought("kon perfect blue")["halves"]
    ]
    assert found == [
        ["+words:(+(kon))", "+words:(+(perfect) +(blue))"],
        ["+words:(+(kon) +(perfect))", "+words:(+(blue))"],
    ]


def test_a_blank_text_means_nothing() -> None:
    for text in ("", " ", "\u3000"):
        found = sought(text)
        assert (found["keys"], found["folded"]) == ([], None)
        assert not any(found[each] for each in ("complete", "meant", "halves", "words", "joined"))


def test_signs_are_compared_as_whole_names_only() -> None:
    found = sought("!!!")
    assert (found["keys"], found["complete"], found["meant"]) == (["!!!"], [], [])


def clauses(found: dict[str, Any]) -> list[str]:
    asked = [*found["complete"], *(each["words"] for each in found["meant"])]
    for half in found["halves"]:
        asked += [half["left"]["words"], half["right"]["words"]]
    return asked


@given(st.text())
def test_nothing_in_a_text_is_syntax(text: str) -> None:
    found = sought(text)
    assert len(found["words"]) <= MOST_WORDS
    for asked in clauses(found):
        for clause in re.sub(r"words:|joined:|fame:|[()]|(?<=[ (])\+|^\+", " ", asked).split():
            word = re.sub(r"\*(\^[\d.]+)?$|~[12]$", "", clause)
            assert word.isprintable()
            assert not set(word) & set('+-!(){}[]^"~*?:\\/&|')
