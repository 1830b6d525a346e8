"""The names of people in infoboxes: several in one text, with labels, remarks and episodes.

    小林治；脚本：今敏、大河内一楼（第1話）

What is read as nobody's name is told, too, so that a person can look at it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from ingest.bangumi.infobox import Infobox
from ingest.bangumi.names import is_name

_BRACKETS: Final = re.compile(
    r"[（(][^（()）]*[)）]|【[^】]*】|[\[［][^\]］]*[\]］]|「[^」]*」|『[^』]*』|《[^》]*》|〔[^〕]*〕"
)
_OPENED, _CLOSED = "（([［【「『《〔", "）)]］】」』》〕"
_KIND: Final = dict(zip(_OPENED + _CLOSED, "(([[【「『《〔" * 2, strict=True))
"""Brackets of full and of half width are of one kind."""
_ANY: Final = re.compile("[" + re.escape(_OPENED + _CLOSED) + "]")
_OPENING: Final = re.compile(r"[（(【\[［「『《〔]")
_TITLE: Final = re.compile(r"\s*(?:「[^」]*」|『[^』]*』|《[^》]*》)\s*(?=\w)")
_GROUPS: Final = re.compile(r"[；;‖\n\r]")
_BETWEEN: Final = re.compile(
    r"[、，／/×＆&→+＋|｜]|,(?!\s*(?:Ltd|Inc|LLC|Corp|Co|Jr|Sr|I{2,3})\b)|\s(?:and|x)\s",
    re.IGNORECASE,
)
_DOT: Final = "・"
_COLON: Final = re.compile(r"：|(?<![A-Za-z)]):|:(?![A-Za-z])")
"""An English one within a word is part of a name (QP:flapper)."""
_AFTER_NAMES: Final = re.compile(r"(.*[\u3040-\u9fff\0])\s+([^\sA-Za-z]+)")
_BRACKETED: Final = re.compile(r"\s*[（(\[［]([^（()）\[\]］]+)[)）\]］]")
_SCOPE: Final = re.compile(
    r"(?=.*\d)(?:第|#|＃|ep|no|[\d\s,，、・.~～〜–—\-&/+话話集回幕])+", re.IGNORECASE
)
_NOBODY: Final = re.compile(r"他|等|另|及|和|与|など|ほか|不明|未知|无|無")
_NO_NAME: Final = re.compile(
    r"[。！？!?：<>｢｣＜＞…※@]|:(?![A-Za-z])|https?|www\.|(?:19|20)\d\d|\d年|^[“\"]|[”\"]$|\sby\s"
    r"|^[作画絵え文著編](?:[・·]|$)|^(?:原作|作者|運営.*|(?:実行|製作|制作)委員会)$"
    r"|(?:など|ほか|等人?|より|名義|名义|刊|連載|连载|掲載|放送中?|工作室|制作[组組]|團隊|团队|シリーズ|ゲーム|小説|小说|漫画|\s[作画絵文編])$"
)
_AUTHORED: Final = re.compile(r"\s*著\s*$")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_FULL: Final = 4
"""So many signs are a name of their own, where a space parts them from as many others."""
_LONGEST: Final = 40


class PersonText(NamedTuple):
    """A name as an infobox has it. `other` is what stands in brackets behind it, mostly another
    name, and `scope` the episodes that do.
    """

    role: str
    name: str
    other: str
    scope: str


class Unread(NamedTuple):
    """A piece of the text under a key that names nobody, or in no role that is known: `why`."""

    key: str
    text: str
    why: str


def person_texts(
    infobox: Infobox, keys: Mapping[str, str], labels: Mapping[str, str]
) -> Iterator[PersonText | Unread]:
    """The names under the keys, in their order, each once in a role and scope. `labels` are roles
    by what they are called: a label before a name wins over the key, and holds until the next one.
    """
    seen: set[PersonText | Unread] = set()
    for key, role in keys.items():
        for text in infobox.values(key):
            for group in _outside(text, _GROUPS):
                for found in _listed(group, key, role, labels):
                    said = found._replace(other="") if isinstance(found, PersonText) else found
                    if said not in seen:
                        seen.add(said)
                        yield found


def _listed(
    group: str, key: str, role: str, labels: Mapping[str, str]
) -> Iterator[PersonText | Unread]:
    for label, pieces in _labelled(group, labels):
        named = labels.get(label) if label else role
        if named is not None:
            for piece in pieces:
                yield from _read(piece, key, named)
        elif text := "、".join(filter(None, map(str.strip, pieces))):
            yield Unread(key, text, f"no role is called {label!r}")


def _labelled(group: str, labels: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """The pieces behind each label, and before them those that have none."""
    label = ""
    pieces: list[str] = []
    for piece in _outside(group, _BETWEEN):
        before, found, rest = _parted(piece, labels)
        if found:
            yield label, [*pieces, before]
            label, pieces = found, []
        pieces.append(rest)
    yield label, pieces


def _parted(piece: str, labels: Mapping[str, str]) -> tuple[str, str, str]:
    """Names before a label, the label, and the rest. In brackets only a role's name is one."""
    bracketed = _BRACKETED.match(piece)
    if bracketed and bracketed[1] in labels:
        return "", bracketed[1], piece[bracketed.end() :]
    colon = _COLON.search(_hidden(piece)) if _COLON.search(piece) else None
    if colon is None:
        return "", "", piece
    before, rest = piece[: colon.start()].strip(), piece[colon.end() :]
    after_names = _AFTER_NAMES.fullmatch(_hidden(before))
    place = after_names.start(2) if after_names else 0
    return before[:place].strip(), before[place:], rest


def _read(piece: str, key: str, role: str) -> Iterator[PersonText | Unread]:
    people = list(_people(piece, role))
    if people:
        yield from people
    elif not _is_nobody(piece):
        yield Unread(key, piece.strip(), "no name")


def _is_nobody(piece: str) -> bool:
    plain = piece.strip()
    return not is_name(plain) or bool(_NOBODY.fullmatch(plain) or _SCOPE.fullmatch(plain))


def _outside(text: str, between: re.Pattern[str]) -> Iterator[str]:
    """The pieces between separators that stand in no brackets."""
    start = 0
    for match in between.finditer(_hidden(text)):
        yield text[start : match.start()]
        start = match.end()
    yield text[start:]


def _hidden(text: str) -> str:
    """As long, with nothing in brackets, also in brackets within brackets; what is not closed
    reaches to the end. In one pass, as texts may be long.
    """
    opened: list[tuple[str, int]] = []
    hidden: list[tuple[int, int]] = []
    waiting: Counter[str] = Counter()
    for bracket in _ANY.finditer(text):
        kind = _KIND[bracket[0]]
        if bracket[0] in _OPENED:
            opened.append((kind, bracket.start()))
            waiting[kind] += 1
        elif waiting[kind]:
            start = _closed(kind, opened, waiting)
            while hidden and hidden[-1][0] > start:
                hidden.pop()
            hidden.append((start, bracket.end()))
    if opened:
        start = opened[0][1]
        hidden = [*(each for each in hidden if each[0] < start), (start, len(text))]
    return _without(text, hidden)


def _closed(kind: str, opened: list[tuple[str, int]], waiting: Counter[str]) -> int:
    """Where the last bracket of the kind was opened; what was opened after it is closed, too."""
    while True:
        last, start = opened.pop()
        waiting[last] -= 1
        if last == kind:
            return start


def _without(text: str, hidden: Sequence[tuple[int, int]]) -> str:
    found, shown = "", 0
    for start, end in hidden:
        found += text[shown:start] + "\0" * (end - start)
        shown = end
    return found + text[shown:]


def _people(piece: str, role: str) -> Iterator[PersonText]:
    """The names in a piece, of which the last one has what stands in brackets or after it. A title
    before them is that of what they made.
    """
    title = _TITLE.match(piece)
    piece = piece[title.end() :] if title else piece
    bare, *_ = _OPENING.split(piece, maxsplit=1)
    before, _, last = bare.strip().rpartition(" ")
    remarks = [found[0].strip("（()）【】[]［］〔〕 ") for found in _BRACKETS.finditer(piece)]
    if before and _SCOPE.fullmatch(last) and not last.isdigit():
        bare, remarks = before, [last, *remarks]
    names = [" ".join(name.split()) for name in _several(_AUTHORED.sub("", bare).strip())]
    if not all(map(_is_sound, names)):
        return
    scope = next((each for each in remarks if _SCOPE.fullmatch(each)), "")
    others = (each for each in remarks if each != scope and len(each) > 1)
    other = next(filter(_is_sound, others), "")
    for place, name in enumerate(names, 1):
        is_last = place == len(names)
        yield PersonText(role, name, other if is_last else "", scope if is_last else "")


def _several(text: str) -> list[str]:
    """Names that a dot or a space parts; both also stand within one name (藤子・F・不二雄)."""
    names = text.split(_DOT) if _HAN.search(text) else [text]
    if not all(len(name.strip()) > 1 for name in names):
        names = [text]
    return [part for name in names for part in _at_space(name.strip())]


def _at_space(name: str) -> list[str]:
    parts = name.split()
    is_many = len(parts) > 1 and all(len(part) >= _FULL and _HAN.search(part) for part in parts)
    return parts if is_many else [name]


def _is_sound(name: str) -> bool:
    return (
        (1 < len(name) <= _LONGEST or _HAN.fullmatch(name) is not None)
        and is_name(name)
        and any(map(str.isalpha, name))
        and not _NOBODY.fullmatch(name)
        and not _NO_NAME.search(name)
        and not _SCOPE.fullmatch(name)
    )
