"""YAML files whose every value knows its line, and what is found wrong in them.

The files are read as YAML 1.2 reads them: only true and false are booleans, dates stay text, keys
are text. Keys that stand twice, aliases and tags are problems.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, NamedTuple

import yaml

from graph.errors import SourceError

Place = tuple[str | int, ...]
"""The way from the top of a file to a value: keys of mappings, indices of lists."""

_WORDS: Final = {"true": True, "false": False, "null": None, "~": None, "": None}
_INTEGER: Final = re.compile(r"-?(0|[1-9][0-9]*)")
_NUMBER: Final = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+")
_TAGS: Final = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map"))


class Problem(NamedTuple):
    """Something wrong in a file. `line` counts from 1."""

    path: Path
    line: int | None
    place: Place
    message: str

    def __str__(self) -> str:
        return f"{place_name(self.place)}: {self.message}" if self.place else self.message


def raise_problems(problems: Iterable[Problem]) -> None:
    """All problems in one SourceError, in the order of files and lines; nothing without any."""
    found = sorted(set(problems), key=lambda each: (str(each.path), each.line or 0, str(each)))
    if not found:
        return
    first, *others = found
    texts = [str(first), *(str(SourceError(str(each), each.path, each.line)) for each in others)]
    raise SourceError("\n".join(texts), first.path, first.line)


def place_name(place: Place) -> str:
    """A place as people write it: works[0].segments[2].names."""
    name = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return name.removeprefix(".")


def meant(word: str, known: Iterable[str]) -> str:
    """What somebody who wrote `word` may have meant: "; did you mean ...?", or nothing."""
    near = get_close_matches(word, list(known), n=3)
    return f"; did you mean {' or '.join(map(repr, near))}?" if near else ""


@dataclass(frozen=True)
class Document:
    """A file as plain data, with the line of every value, and what is wrong in it."""

    path: Path
    data: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def top(self) -> "Part":
        return Part(self, (), self.data)

    def report(self, place: Place, message: str) -> None:
        self.problems.append(Problem(self.path, self.lines.get(place), place, message))

    def is_sound(self, place: Place) -> bool:
        """Whether nothing is wrong with the value there, nor with anything in it."""
        return all(problem.place[: len(place)] != place for problem in self.problems)


class Part(NamedTuple):
    """A value in a document, which knows its place."""

    document: Document
    place: Place
    data: Any

    def get(self, key: str) -> "Part | None":
        if isinstance(self.data, dict) and key in self.data:
            return Part(self.document, (*self.place, key), self.data[key])
        return None

    def text(self, key: str) -> str | None:
        """The value under a key as text; numbers are written out."""
        found = self.get(key)
        return None if found is None else str(found.data)

    def entries(self, key: str) -> "Iterator[tuple[str, Part]]":
        """The keys and values of the mapping under a key, if there is one."""
        found = self.get(key)
        if found is not None and isinstance(found.data, dict):
            for name, value in found.data.items():
                yield name, Part(self.document, (*found.place, name), value)

    def members(self, key: str) -> "Iterator[Part]":
        """The members of the list under a key, if there is one."""
        found = self.get(key)
        if found is not None and isinstance(found.data, list):
            for index, value in enumerate(found.data):
                yield Part(self.document, (*found.place, index), value)

    def report(self, message: str) -> None:
        self.document.report(self.place, message)

    @property
    def is_sound(self) -> bool:
        return self.document.is_sound(self.place)

    @property
    def where(self) -> str:
        """File and line, for a problem elsewhere that this has a part in."""
        return f"{self.document.path.name}:{self.document.lines[self.place]}"


def read_document(path: Path) -> Document:
    """The file, with what is wrong in it by the rules of YAML. Raises nothing."""
    document = Document(path)
    try:
        node = _composed(path.read_text(encoding="utf-8"))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        document.problems.append(Problem(path, line, (), f"not YAML: {error.problem}"))
        return document
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        document.report((), f"cannot be read: {error}")
        return document
    if node is None:
        document.report((), "is empty")
        return document
    data = _Reading(document).value(node, ())
    return Document(path, data, document.lines, document.problems)


def _composed(text: str) -> yaml.Node | None:
    """The file's nodes. libyaml is ten times as fast; where it complains, PyYAML itself says what
    is wrong, in words that do not depend on the machine.
    """
    fast = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        return yaml.compose(text, Loader=fast)
    except yaml.YAMLError:
        return yaml.compose(text, Loader=yaml.BaseLoader)


class _Reading:
    """Turns the nodes of one file into plain data."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.seen: set[int] = set()

    def value(self, node: yaml.Node, place: Place) -> Any:
        line = node.start_mark.line + 1
        self.document.lines.setdefault(place, line)
        if id(node) in self.seen:
            self._report(line, place, "is an alias; write the value out")
            return None
        self.seen.add(id(node))
        if node.tag not in _TAGS:
            self._report(line, place, f"has the tag {node.tag}; tags are not used here")
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(each, (*place, index)) for index, each in enumerate(node.value)]
        return _scalar(node)

    def _mapping(self, node: yaml.MappingNode, place: Place) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            key = key_node.value
            if not isinstance(key, str):
                self._report(line, place, "a key must be text")
            elif key in found:
                first = self.document.lines[*place, key]
                self._report(line, (*place, key), f"stands twice, first in line {first}")
            else:
                self.document.lines[*place, key] = line
                found[key] = self.value(value_node, (*place, key))
        return found

    def _report(self, line: int, place: Place, message: str) -> None:
        self.document.problems.append(Problem(self.document.path, line, place, message))


def _scalar(node: yaml.Node) -> str | int | float | bool | None:
    text: str = node.value
    if isinstance(node, yaml.ScalarNode) and node.style:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _NUMBER.fullmatch(text) else text
