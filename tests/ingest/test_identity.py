"""Names that are one name meet in their keys; names that are two do not."""

import unicodedata
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.identity import (
    entity_id,
    folded,
    language_of,
    name_key,
    query_keys,
    romanized_key,
    script_of,
    shortened,
    slugify,
    sort_name,
    stored_key,
)

names = st.text(max_size=30) | st.text(
    "aeiouāōūhknstmOTK '’-.・&×々ゝゞーかガｶﾞﾎﾟ大友克洋Ａé１½ﬁß🎬!가각किเพลงאָ\u0301\u3099\u200d",
    max_size=20,
)
words = st.lists(st.from_regex(r"[a-zA-Zéōü]{2,8}", fullmatch=True), min_size=1, max_size=5)


def finds(query: str, stored: str, language: str | None = None, romanized: bool = False) -> bool:
    return stored_key(stored, language, romanized) in query_keys(query)


@pytest.mark.parametrize(
    ("query", "stored"),
    [
        ("Ootomo Katsuhiro", "Katsuhiro Otomo"),
        ("Katsuhiro Ōtomo", "Katsuhiro Otomo"),
        ("OTOMO, Katsuhiro", "Katsuhiro Ōtomo"),
        ("Ohtomo Katsuhiro", "Katsuhiro Otomo"),
        ("Katsuhiro Otomo", "Katsuhiro Ôtomo"),
        ("Kouji Morimoto", "Koji Morimoto"),
        ("Koji Morimoto", "Kōji Morimoto"),
        ("Hayashi Yuu", "Yu Hayashi"),
        ("Kanno Yoko", "Yōko Kanno"),
        ("Yohko Kanno", "Yoko Kanno"),
        ("Toshiyuki Inōe", "Toshiyuki Inoue"),
        ("Junichi Sato", "Jun'ichi Satou"),
        ("Studio 4C", "STUDIO 4℃"),
        ("JC Staff", "J.C.STAFF"),
        ("Ｍａｄｈｏｕｓｅ", "Madhouse"),
    ],
)
def test_spellings_of_one_contributor_meet(query: str, stored: str) -> None:
    assert finds(query, stored, romanized=True)


@pytest.mark.parametrize(
    ("query", "stored", "language"),
    [
        ("Saishuu Heiki", "Saishū Heiki", "ja-Latn"),
        ("Saishu Heiki", "Saishū Heiki", "ja-Latn"),
        ("Neo Tokyo", "Neo-Tokyo", "en"),
        ("wolfs rain", "Wolf's Rain", "en"),
        ("Hunter x Hunter", "HUNTER×HUNTER", None),
        ("Spirited Away, The", "The Spirited Away", None),
        ("ﾒﾓﾘｰｽﾞ", "メモリーズ", "ja"),
        ("めもりーず", "メモリーズ", "ja"),
        ("機動戦士ガンダム Ｆ９１", "機動戦士ガンダムF91", "ja"),
        ("!!!", "！！！", None),
    ],
)
def test_spellings_of_one_title_meet(query: str, stored: str, language: str | None) -> None:
    assert finds(query, stored, language)


@pytest.mark.parametrize(
    ("query", "stored"), [("Soul", "Sol"), ("Moon", "Mon"), ("Neo Tokyo", "Neo Osaka")]
)
def test_english_titles_keep_their_vowels(query: str, stored: str) -> None:
    assert not finds(query, stored, "en")


@pytest.mark.parametrize(
    ("query", "stored"),
    [("Lou Reed", "Lo Red"), ("Masaaki Yuasa", "Masaki Yuasa"), ("Hideo Ohara", "Hideo Oara")],
)
def test_only_long_o_and_u_of_japanese_syllables_are_short(query: str, stored: str) -> None:
    assert not finds(query, stored, romanized=True)


@pytest.mark.parametrize(
    ("query", "stored"),
    [
        ("大友 克洋", "大友克洋"),
        ("大友\u3000克洋", "大友克洋"),
        ("克洋 大友", "大友克洋"),
        ("佐佐木", "佐々木"),
        ("ハインツ・ベックナー", "ハインツ ベックナー"),
        ("봉 준호", "봉준호"),
    ],
)
def test_names_written_without_spaces_meet_those_with(query: str, stored: str) -> None:
    assert finds(query, stored, romanized=True)


def test_a_romanised_name_is_marked_and_others_are_not() -> None:
    assert stored_key("Katsuhiro Ōtomo", None, romanized=True) == "~katsuhiro otomo"
    assert stored_key("Saishū Heiki", "ja-Latn", romanized=False) == "~heiki saishu"
    assert stored_key("Stink Bomb", "en", romanized=False) == "bomb stink"
    assert stored_key("大友克洋", "ja", romanized=True) == "大友克洋"
    assert query_keys("Ootomo") == ("ootomo", "~otomo")
    assert query_keys("  ") == ()


def test_folded_keeps_the_order_of_words() -> None:
    assert folded("Katsuhiro Ōtomo") == "katsuhiro otomo"
    assert folded("大友 克洋") == "大友克洋"
    assert folded("AKIRA アキラ") == "akira あきら"


def test_sort_name_leaves_the_article_out() -> None:
    assert sort_name("The Wall") == "wall"
    assert sort_name("A Silent Voice") == "silent voice"
    assert sort_name("The") == "the"
    assert sort_name("Theatre") == "theatre"


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Magnetic Rose", "magnetic-rose"),
        ("Yōko Kanno", "yoko-kanno"),
        ("Wolf's Rain", "wolfs-rain"),
        ("2001: A Space Odyssey", "2001-a-space-odyssey"),
        ("彼女の想いで", "彼女の想いで"),
        ("メモリーズ", "メモリーズ"),
        ("!!!", "u21-u21-u21"),
        ("", ""),
    ],
)
def test_slugs(name: str, slug: str) -> None:
    assert slugify(name) == slug


def test_ids_come_from_the_first_site_of_the_precedence() -> None:
    assert entity_id("work", {"mal": "1462", "bangumi": "3627"}, "memories") == "work:bangumi-3627"
    assert entity_id("work", {"mal": "1462"}, "memories") == "work:mal-1462"
    assert entity_id("work", {"elsewhere": "1"}, "memories") == "work:memories"
    assert entity_id("segment", {}, "magnetic-rose") == "segment:magnetic-rose"


@pytest.mark.parametrize(
    ("name", "script", "language"),
    [
        ("メモリーズ", "Jpan", "ja"),
        ("彼女の想いで", "Jpan", "ja"),
        ("AKIRA アキラ", "Jpan", "ja"),
        ("大友克洋", "Hani", None),
        ("봉준호", "Kore", "ko"),
        ("Katsuhiro Ōtomo", "Latn", None),
        ("Ｍａｄｈｏｕｓｅ", "Latn", None),
        ("Сталкер", "Cyrl", None),
        ("เพลง", "Zzzz", None),
        ("Αkira", "Zzzz", None),
        ("2001", "Zyyy", None),
        ("", "Zyyy", None),
    ],
)
def test_scripts_and_languages(name: str, script: str, language: str | None) -> None:
    assert (script_of(name), language_of(name)) == (script, language)


@given(names)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert name_key(name_key(text)) == name_key(text)
    assert folded(folded(text)) == folded(text)
    assert slugify(slugify(text)) == slugify(text)
    assert romanized_key(romanized_key(text)[1:]) == romanized_key(text)


@given(words, st.randoms(use_true_random=False))
def test_word_order_makes_no_difference(parts: list[str], random: Random) -> None:
    shuffled = random.sample(parts, len(parts))
    assert name_key(" ".join(shuffled)) == name_key(" ".join(parts))
    assert romanized_key(", ".join(shuffled)) == romanized_key(" ".join(parts))


@given(names)
def test_unicode_form_and_surrounding_space_make_no_difference(text: str) -> None:
    for form in ("NFC", "NFD"):
        assert name_key(f"  {unicodedata.normalize(form, text)} ") == name_key(text)


@given(st.text("abcdefghijklmnopqrstuvwxyz0123456789 -:!", max_size=30))
def test_width_case_and_accents_make_no_difference(text: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
    accented = "".join(c + "\u0301" if c.isalpha() else c for c in text)
    assert name_key(wide) == name_key(text.upper()) == name_key(accented) == name_key(text)


@given(names)
def test_a_stored_name_is_found_by_itself(text: str) -> None:
    for romanized in (False, True):
        key = stored_key(text, None, romanized)
        assert key in query_keys(text) or not key.strip("~")


@given(names)
def test_a_key_is_empty_only_for_a_blank_text(text: str) -> None:
    assert bool(name_key(text)) == bool(text.split())
    assert bool(slugify(text)) == bool(text.split())


@pytest.mark.parametrize(
    ("text", "length"),
    [("A" * 1000, 1000), ("A" * 1001, 1000), ("想" * 1001, 1000), ("!" * 1001, 1000)],
)
def test_a_name_is_cut_where_indexes_end(text: str, length: int) -> None:
    assert shortened(text) == text[:length]


@given(st.text(max_size=40), st.sampled_from(["", "A", "\ufdfa", "힣", "\U0001f600", "\U0010ffff"]))
def test_what_is_made_of_a_name_fits_into_an_index(text: str, letter: str) -> None:
    name = shortened(text + letter * 1000)
    for made in (slugify(name), name_key(name), romanized_key(name)):
        assert len(made.encode(errors="surrogatepass")) <= 7600
