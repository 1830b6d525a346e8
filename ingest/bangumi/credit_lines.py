"""Credits that people write into the description of an episode, line by line.

    監督・シナリオ：大友克洋
    音楽　鷺巣 詩郎

A line counts only if all that stands before the names are labels of roles, so that prose is never
taken for a credit.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

_COLON: Final = re.compile(r"\s*[：:]\s*")
_WORD: Final = re.compile(r"\S+\s*")
_BETWEEN_LABELS: Final = re.compile(r"[・、/／&＆\s-]+")
_BETWEEN_NAMES: Final = re.compile(r"\s*[、,，/／]\s*")
_WIDE_SPACE: Final = "\u3000"
_DOT: Final = "・"
_REMARK: Final = re.compile(r"\s*[（(「].*?[)）」]")
_NO_NAME: Final = re.compile(r"[。！？!?：:『』「」（）()<>＜＞【】\[\]…]|https?|より$|ほか$")
_INNER_SPACE: Final = re.compile(r"(?<=[^\x00-\x7f])\s(?=[^\x00-\x7f])")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_LONGEST: Final = 30
_HALF_A_NAME: Final = 3


class CreditLine(NamedTuple):
    role: str
    name: str


def credit_lines(text: str, roles: Mapping[str, str]) -> Iterator[CreditLine]:
    """The credits in a description, in its order, none twice. `roles` are roles by label."""
    seen: set[CreditLine] = set()
    for line in text.replace("\r", "\n").splitlines():
        labels, names = _parted(line.strip(), roles)
        for role in labels:
            for name in _names(names, roles):
                credit = CreditLine(role, name)
                if credit not in seen:
                    seen.add(credit)
                    yield credit


def _parted(line: str, roles: Mapping[str, str]) -> tuple[list[str], str]:
    """The roles that a line begins with, and the rest of it."""
    before, colon, after = _split(line)
    if colon:
        return _roles(before, roles), after
    found: list[str] = []
    place = 0
    for word in _WORD.finditer(line):
        more = _roles(word[0], roles)
        if not more:
            break
        found += more
        place = word.end()
    return found, line[place:]


def _split(line: str) -> tuple[str, bool, str]:
    match = _COLON.search(line)
    return (line[: match.start()], True, line[match.end() :]) if match else (line, False, "")


def _roles(labels: str, roles: Mapping[str, str]) -> list[str]:
    """The roles of all labels; none if one of them is no role."""
    words = [word for word in _BETWEEN_LABELS.split(_REMARK.sub("", labels)) if word]
    whole = roles.get("".join(words))
    if whole is not None:
        return [whole]
    found = [roles[word] for word in words if word in roles]
    return found if len(found) == len(words) else []


def _names(text: str, roles: Mapping[str, str]) -> list[str]:
    """The names; none if the text is no list of names."""
    pieces = _BETWEEN_NAMES.split(_REMARK.sub("", text).strip().removeprefix("-"))
    names = [name for piece in pieces for name in _several(piece.strip()) if name]
    sound = all(
        len(name) <= _LONGEST and not _NO_NAME.search(name) and name not in roles for name in names
    )
    return [_INNER_SPACE.sub("", name) for name in names] if sound else []


def _several(text: str) -> list[str]:
    """Names that only a wide space or a dot parts; both also stand within one name."""
    parts = [part.strip() for part in text.split(_WIDE_SPACE)]
    if len(parts) == 2 and all(len(part) <= _HALF_A_NAME for part in parts):
        return ["".join(parts)]
    return [name for part in parts for name in _at_dots(part)]


def _at_dots(text: str) -> list[str]:
    return text.split(_DOT) if _HAN.search(text) else [text]
