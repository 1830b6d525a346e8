"""Names, made comparable: keys, slugs, identifiers, scripts.

Everything here is pure. A name is compared by its key, in which width, case, accents,
punctuation and the order of words make no difference. A name in Latin letters that may be
romanised Japanese is stored under a key of its own, marked by "~", in which the long o and u
are short as well: "Ootomo", "Ōtomo", "Ohtomo" and "Otomo" meet there, while the film "Soul"
does not meet "Sol". A query looks for both kinds of key.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from itertools import permutations
from typing import Final

ROMANIZED: Final = "~"

LONGEST_NAME: Final = 1000
"""Characters. What is made of longer names does not fit into Neo4j's indexes."""
_INDEXED: Final = 7500
"""Bytes of a key or slug, a little less than an index holds."""
_SURE: Final = 100
"""No character becomes more than 18 by folding, and so many fit in any case."""

BANGUMI: Final = "bangumi"
SITES: Final = (
    BANGUMI,
    "anidb",
    "mal",
    "anilist",
    "kitsu",
    "ann",
    "imdb",
    "tmdb",
    "tvdb",
    "musicbrainz",
    "wikidata",
    "anisearch",
    "livechart",
    "anime-planet",
    "notify",
    "simkl",
    "animecountdown",
)
"""Which site's identifier names an entity, the first first. Only ever append: ids are permanent."""

_CJK = (
    "\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u303b\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
    "\U0001b000-\U0001b16f\U00020000-\U0003fffd"
)
_PIECE: Final = re.compile(f"[{_CJK}]+|[^{_CJK}]+")
_CJK_PIECE: Final = re.compile(f"[{_CJK}]+")
_INITIALISM: Final = re.compile(r"(?<![^\W\d_])([^\W\d_])\.\s?(?=[^\W\d_](?![^\W\d_]))")
_ARTICLE: Final = re.compile(r"^(?:the|an?) (?=.)")
_MAX_PERMUTED = 4

# What Unicode does not decompose; katakana are brought to hiragana; a sign that is read as
# a word becomes that word.
_SPELLED: Final = {
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
    "ı": "i",
    "&": " and ",
    "×": " x ",
}
_HIRAGANA_OF: Final = {
    chr(kana): chr(kana - 0x60) for kana in (*range(0x30A1, 0x30F7), 0x30FD, 0x30FE)
}
# Dropped without parting the word: "Wolf's", "Jun'ichi", "4°C", and what selects a glyph.
_SILENT: Final = frozenset(
    "'`\u2018\u2019\u201b\u02bb\u02bc\u02b9\u00b0\u034f"
    + "".join(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
)
_SOUND_MARKS: Final = "\u3099\u309a"
_VOICED: Final = "\u3099"
_IDEOGRAPH: Final = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003fffd]")
_HIRAGANA: Final = re.compile("[\u3041-\u309e]")
_REPEATED: Final = {"々": _IDEOGRAPH, "〻": _IDEOGRAPH, "ゝ": _HIRAGANA, "ゞ": _HIRAGANA}
"""Iteration marks, and after what they repeat it."""

# Words that are nothing but syllables of romanised Japanese; only these have long vowels to fold.
_SYLLABLES: Final = re.compile(
    r"(?:(?:[kstpcbdgzj]?(?:ch|sh|ts|dz|[kgsztdnhbpmrjf]y|[kgsztdnhbpmyrwjfv]))?[aeiou]+h?"
    r"|n|m(?=[bmp]))+"
)
_SILENT_H: Final = re.compile(r"(?<=[ou])h+(?=$|[kgsztdnbpmrwjfc]+[aeiouy])")
_LONG_O: Final = re.compile(r"o[ou]+")
_LONG_U: Final = re.compile(r"u+")


def name_key(text: str) -> str:
    """The words of a name, folded and sorted: equal for spellings of one name.

    Chinese, Japanese and Korean are written with and without spaces, so their parts are joined
    in the order given. A text without a letter or digit ("!!!") keeps its signs.
    """
    plain, joined = _parts(text)
    words = sorted([*plain, *filter(None, [joined])])
    return " ".join(words) or _signs(text)


def shortened(text: str) -> str:
    """The name, or as much of a too long one as the graph can hold."""
    cut = text[:LONGEST_NAME]
    if len(cut) <= _SURE or _fits(cut):
        return cut
    return cut[:_SURE]


def _fits(text: str) -> bool:
    return all(len(made(text).encode()) <= _INDEXED for made in (name_key, slugify))


def romanized_key(text: str) -> str:
    """The key of a name as romanised Japanese: marked, with the long o and u short."""
    return key_as_romanized(name_key(text))


def key_as_romanized(key: str) -> str:
    """The key as a romanised name, of a name's plain key."""
    return ROMANIZED + " ".join(sorted(_short_vowels(word) for word in key.split()))


def stored_key(text: str, language: str | None, romanized: bool) -> str:
    """The key that a name is stored under.

    `romanized` says that the name may be romanised Japanese although its language does not
    say so: names of persons, organizations and characters.
    """
    if (romanized or language == "ja-Latn") and script_of(text) == "Latn":
        return romanized_key(text)
    return name_key(text)


def query_keys(text: str) -> tuple[str, ...]:
    """The keys under which a name written like this may be stored, without duplicates."""
    keys = [name_key(text), stored_key(text, None, romanized=True), *_reordered(text)]
    return tuple(dict.fromkeys(key for key in keys if key))


@lru_cache(maxsize=1024)  # An order's key is made of it.
def folded(text: str) -> str:
    """The words of a name, folded, in their order: for startsWith and contains."""
    runs: list[str] = []
    for piece in _pieces(text):
        if runs and is_cjk(piece) and is_cjk(runs[-1]):
            runs[-1] += piece
        else:
            runs.append(piece)
    return " ".join(_spelled_out(run) for run in runs) or _signs(text)


def words(text: str) -> list[str]:
    """The words of a name, folded, in their order, parted where the script changes."""
    return [_spelled_out(piece) for piece in _pieces(text)]


def is_cjk(word: str) -> bool:
    """Whether a folded word is Chinese, Japanese or Korean, so that spaces do not part it."""
    return _CJK_PIECE.match(word) is not None


def sort_name(text: str) -> str:
    """What a list of names is ordered by: the folded name without a leading English article."""
    return _ARTICLE.sub("", folded(text), count=1)


def slugify(text: str) -> str:
    """A name for addresses: folded words joined by "-"; letters of other scripts stay as they are.

    A text without a letter or digit gives the code points of its signs; a blank one "".
    """
    words = _words(text, _LETTERS_KEEPING_KANA).split()
    return "-".join(words) or "-".join(f"u{ord(sign):x}" for sign in _signs(text))


def entity_id(type_name: str, external_ids: Mapping[str, str], slug: str) -> str:
    """The permanent id: "<type>:<site>-<id>" by the first of SITES, else "<type>:<slug>"."""
    for site in SITES:
        if site in external_ids:
            return f"{type_name}:{site}-{external_ids[site]}"
    return f"{type_name}:{slug}"


def script_of(text: str) -> str:
    """The ISO 15924 code of a name's script, guessed from its letters.

    Jpan (any kana), Kore (any hangul), Hani, Latn, Cyrl; Zyyy without letters, Zzzz for any
    other script and for mixtures.
    """
    found = {_letter_script(letter) for letter in unicodedata.normalize("NFKC", text)} - {""}
    for script in ("Jpan", "Kore", "Hani"):
        if script in found:
            return script
    if len(found) == 1:
        return found.pop()
    return "Zzzz" if found else "Zyyy"


def language_of(text: str) -> str | None:
    """The language that a name's script alone gives away: ja by kana, ko by hangul, else None."""
    return {"Jpan": "ja", "Kore": "ko"}.get(script_of(text))


def _parts(text: str) -> tuple[list[str], str]:
    plain: list[str] = []
    joined: list[str] = []
    for piece in _pieces(text):
        (joined if is_cjk(piece) else plain).append(piece)
    return plain, _spelled_out("".join(joined))


@lru_cache(maxsize=1024)  # Key, folded form and order of a name follow each other.
def _pieces(text: str) -> tuple[str, ...]:
    """Words in order, parted where the script changes: "ガンダムF91" is two."""
    words = _words(text, _LETTERS).split()
    return tuple(piece for word in words for piece in _PIECE.findall(word))


class _Table(dict[int, str]):
    """What str.translate puts for a character, worked out once for each."""

    def __init__(self, of: Callable[[str], str]) -> None:
        self.of = of

    def __missing__(self, code: int) -> str:
        self[code] = found = self.of(chr(code))
        return found


def _words(text: str, letters: _Table) -> str:
    """Folded text in which everything but letters, digits and their marks is a space."""
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    text = _INITIALISM.sub(r"\1", text.translate(letters))
    text = _STRAY_MARKS.sub("", text.translate(_KEPT))
    return unicodedata.normalize("NFC", text).translate(_WITHOUT_SOUND_MARKS)


def _letter(char: str) -> str:
    """Without accents: overlays, Hebrew and Arabic points, and what stands above, below or
    attached; the other classes are part of the letter (kana's sound marks, virama, Thai vowels).
    """
    accent = unicodedata.combining(char)
    is_accent = accent == 1 or 10 <= accent <= 35 or accent >= 202
    return "" if is_accent else _SPELLED.get(char, char)


def _hiragana(char: str) -> str:
    return _HIRAGANA_OF.get(char) or _letter(char)


def _kept(char: str) -> str:
    category = unicodedata.category(char)
    if char in _SILENT or category == "Cf":
        return ""
    return char if category[0] in "LN" or category in ("Mn", "Mc") else " "


_LETTERS: Final = _Table(_hiragana)
_LETTERS_KEEPING_KANA: Final = _Table(_letter)
_KEPT: Final = _Table(_kept)
_WITHOUT_SOUND_MARKS: Final = dict.fromkeys(map(ord, _SOUND_MARKS))
_STRAY_MARKS: Final = re.compile(rf"(?<![^{_CJK}\s])[^\w\s{_SOUND_MARKS}]+")
"""Marks that belong to no letter, or to one that has none."""


def _spelled_out(word: str) -> str:
    """Iteration marks replaced by what they repeat: 佐々木 -> 佐佐木, いすゞ -> いすず."""
    word = unicodedata.normalize("NFC", word)
    if _REPEATED.keys().isdisjoint(word):
        return word
    spelled = ""
    for char in word:
        if char in _REPEATED and spelled and _REPEATED[char].match(spelled[-1]):
            base = unicodedata.normalize("NFD", spelled[-1])[0]
            voiced = unicodedata.normalize("NFC", base + _VOICED)
            char = {"ゝ": base, "ゞ": voiced if len(voiced) == 1 else base}.get(char, spelled[-1])
        spelled += char
    return spelled


def _short_vowels(word: str) -> str:
    if not _SYLLABLES.fullmatch(word):
        return word
    return _LONG_U.sub("u", _LONG_O.sub("o", _SILENT_H.sub("", word)))


def _reordered(text: str) -> Iterable[str]:
    """Keys of Chinese, Japanese and Korean names whose written parts stand in another order."""
    words = _words(text, _LETTERS).split()
    if 1 < len(words) <= _MAX_PERMUTED and all(_CJK_PIECE.fullmatch(word) for word in words):
        for order in permutations(words):
            yield _spelled_out("".join(order))


def _signs(text: str) -> str:
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(text.split())


@cache
def _letter_script(letter: str) -> str:
    if not letter.isalpha():
        return ""
    name = unicodedata.name(letter, "")
    for prefix, script in _SCRIPT_NAMES:
        if name.startswith(prefix):
            return script
    return "Zzzz"


_SCRIPT_NAMES: Final = (
    ("HIRAGANA", "Jpan"),
    ("KATAKANA", "Jpan"),
    ("HANGUL", "Kore"),
    ("CJK", "Hani"),
    ("IDEOGRAPHIC", "Hani"),
    ("LATIN", "Latn"),
    ("CYRILLIC", "Cyrl"),
)
