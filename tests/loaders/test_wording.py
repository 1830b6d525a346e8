"""The forms of a text in which names are looked for."""

import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from loaders.wording import LONGEST_PATTERN, MOST_WORDS, sought


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
    one, both = re.findall(PATTERN, re.sub(r" fame:\S+", "", almost["words"]))
    assert almost["words"].startswith(f"+(words:(+(otomo* {one}) +(kon*)) joined:{both})")
    assert parts["words"].startswith("+words:(otomo* kon*)")


def test_a_name_may_stand_within_a_sentence() -> None:
    assert sought("what is akira")["runs"] == ["whatis", "whatisakira", "isakira", "akira"]
    assert sought("akira bike")["runs"] == []


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


def test_two_errors_are_looked_for_in_long_words() -> None:
    [distant] = sought("katsuhiro kon")["distant"]
    assert distant["words"].startswith("+words:(+(katsuhiro~2) +(kon*)) ")
    assert sought("otomo kon")["distant"] == []


PATTERN = r"/(?:\[a-z0-9\]\??|[a-z0-9|])+/"
LETTERS = st.text("abz09", min_size=1, max_size=1)


@given(st.text("abcxyz0", min_size=4, max_size=LONGEST_PATTERN), st.data())
def test_a_pattern_has_every_word_with_one_error(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 1))
    before, after, other = word[:place], word[place:], data.draw(LETTERS)
    asked = sought(word)["meant"][0]["words"]
    [pattern, *_] = re.findall(PATTERN, asked)
    for misspelt in (
        before + other + after,
        word + other,
        before + other + after[1:],
        before + after[1:],
        before + after[:2][::-1] + after[2:],
    ):
        assert re.fullmatch(pattern[1:-1], misspelt), misspelt
    assert not re.fullmatch(pattern[1:-1], f"{word}qq")


def clauses(found: dict[str, Any]) -> list[str]:
    asked = [*found["famous"], *found["complete"]]
    asked += [each["words"] for each in (*found["meant"], *found["distant"])]
    for half in found["halves"]:
        asked += [half["left"]["words"], half["right"]["words"]]
    return asked


@given(st.text())
def test_nothing_in_a_text_is_syntax(text: str) -> None:
    found = sought(text)
    assert len(found["words"]) <= MOST_WORDS
    for asked in clauses(found):
        asked = re.sub(PATTERN, " ", asked)
        for clause in re.sub(r"words:|joined:|fame:|[()]|(?<=[ (])\+|^\+", " ", asked).split():
            word = re.sub(r"\*$|^\^[\d.]+$|~[12]$", "", clause)
            assert word.isprintable()
            assert not set(word) & set('+-!(){}[]^"~*?:\\/&|')
