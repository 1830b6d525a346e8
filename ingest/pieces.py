"""The elements of a list in a JSON file, or of a file of JSON lines, one by one.

A file is never in memory as a whole, and an element that is no JSON spoils no other one.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

import orjson

from graph.errors import SourceError
from ingest.compressed import uncompressed

BLOCK: Final = 1 << 20
_MARK: Final = b"\xef\xbb\xbf"
"""What some programs write at the beginning of UTF-8."""
_TOKEN: Final = re.compile(rb'"(?:[^"\\]|\\.)*+("?)|[\[\]{}]', re.DOTALL)


class Piece(NamedTuple):
    """``number`` is the element's place in the list, or its line; from 1. ``text`` is the JSON of
    an element, whether right or wrong.
    """

    number: int
    text: bytes


def pieces(path: Path, name: str | None) -> Iterator[Piece]:
    """The elements of the list ``name`` of the object in the file, or of the list that the file is
    where ``name`` is None; or the file's lines after a first one about the file.

    The file may be compressed. Raises SourceError, at the latest at its end, where it is of
    another form, damaged or cut off.
    """
    with uncompressed(path) as file:
        first = file.readline(BLOCK).removeprefix(_MARK)
        if name is not None and _is_line(first, name):
            yield from _lines(file, first, path, name)
        else:
            yield from _elements(file, first, path, name)


def _is_line(text: bytes, name: str) -> bool:
    found = _parsed(text)
    return isinstance(found, dict) and not isinstance(found.get(name), list)


def _parsed(text: bytes) -> object:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return None


def _lines(file: BinaryIO, first: bytes, path: Path, name: str) -> Iterator[Piece]:
    """The first line is of an entry too if the file begins with one."""
    number, text = 1, first
    about = _parsed(first)
    if isinstance(about, dict) and "sources" not in about:
        number, text = 2, file.readline()
    if not text:
        raise SourceError(_expected(name), path)
    while text:
        if not text.endswith(b"\n") and _parsed(text) is None:
            raise SourceError("is cut off in this line", path, number)
        if not text.isspace():
            yield Piece(number, text)
        number, text = number + 1, file.readline()


def _expected(name: str | None) -> str:
    wanted = "a list" if name is None else f'an object with a list "{name}", or lines of JSON'
    return f"is not of its form: expected {wanted}"


def _elements(file: BinaryIO, first: bytes, path: Path, name: str | None) -> Iterator[Piece]:
    cutter = _Cutter(name)
    block, number = first, 0
    while block:
        for text in cutter.cut(block):
            number += 1
            yield Piece(number, text)
        block = file.read(BLOCK)
    if problem := cutter.problem(number):
        raise SourceError(problem, path)


class _Cutter:
    """Cuts the elements of one list out of JSON that is given block by block."""

    def __init__(self, name: str | None) -> None:
        self._name = name
        self._wanted = None if name is None else orjson.dumps(name)
        self._data = b""
        self._sought = 0
        """Up to here, tokens were found."""
        self._cut = 0
        """Up to here, elements were cut."""
        self._start = 0
        """Where the open element begins."""
        self._depth = 0
        self._inside: int | None = None
        """How deep the elements of the list stand, while it is open."""
        self._was_found = False
        self._last = b""

    def cut(self, block: bytes) -> Iterator[bytes]:
        self._data = self._data[self._cut :] + block
        self._sought -= self._cut
        self._start -= self._cut
        self._cut = 0
        for token in _TOKEN.finditer(self._data, self._sought):
            if token[1] == b"":
                self._sought = token.start()
                return
            yield from self._take(token)
        self._sought = len(self._data)
        if self._inside is None:
            self._cut = self._sought

    def problem(self, number: int) -> str | None:
        """What is wrong with what ended here, after so many elements."""
        if self._depth > 0:
            if self._inside is not None and self._depth > self._inside:
                return f"is cut off in entry {number + 1}"
            return f"is cut off after entry {number}" if number else "is cut off"
        return None if self._was_found else _expected(self._name)

    def _take(self, token: re.Match[bytes]) -> Iterator[bytes]:
        sign = token[0]
        if sign in b"[{":
            self._open(token)
        elif sign in b"]}":
            yield from self._close(token)
        elif self._depth == self._inside:
            yield from self._between(token.start())
            yield sign
            self._cut = token.end()
        self._last = sign

    def _open(self, token: re.Match[bytes]) -> None:
        if self._depth == self._inside:
            self._start = token.start()
        self._depth += 1
        if token[0] == b"[" and not self._was_found and self._is_wanted():
            self._was_found = True
            self._inside = self._depth
            self._cut = token.end()

    def _is_wanted(self) -> bool:
        if self._wanted is None:
            return self._depth == 1
        return self._depth == 2 and self._last == self._wanted

    def _close(self, token: re.Match[bytes]) -> Iterator[bytes]:
        if self._depth == self._inside:
            yield from self._between(token.start())
            self._inside = None
        self._depth -= 1
        if self._depth == self._inside:
            yield from self._between(self._start)
            yield self._data[self._start : token.end()]
            self._cut = token.end()

    def _between(self, end: int) -> Iterator[bytes]:
        """Numbers and words between what was cut and ``end``."""
        for text in self._data[self._cut : end].split(b","):
            if text.strip():
                yield text.strip()
