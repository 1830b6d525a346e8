"""The parts of a wiki page, told apart by the headings and prompts that every page has."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph.errors import SourceError
from ingest.wiki.text import Line, Note, is_chrome


@dataclass(frozen=True, slots=True)
class Sections:
    """The lines of each part, blank ones included, its heading left out.

    ``sidebar`` holds the parts below the general information, by heading.
    """

    title: Line
    prose: tuple[Line, ...]
    characters: tuple[Line, ...]
    credits: tuple[Line, ...]
    general: tuple[Line, ...]
    sidebar: Mapping[str, tuple[Line, ...]]
    notes: tuple[Note, ...]


_OPENING: Final = re.compile(r"The content below is entirely editable\.")
_CHARACTERS: Final = re.compile(r"Characters (?:&|and) Voice Actors(?: Edit)?")
_CREDITS: Final = re.compile(
    r"Add a credit to (?P<title>.+?)\.?(?: ?\((?:No|Add|\d+)\b[^()]*\bvoice actors?\b.*\))?"
)
_GENERAL: Final = re.compile(r"General Information(?: Edit)?")
_SIDEBAR: Final = re.compile(
    r"(?P<heading>Aliases|Top Rated Lists|Franchise|Similar|Associations|Top Editors)"
    r"(?P<edit> Edit)?(?: (?P<rest>.+))?"
)
# The value may stand on the heading's own line behind this one, and behind any "Edit".
_INLINE: Final = "Aliases"
_CLOSING: Final = ("Franchise", "Similar", "Associations", "Top Editors")


def split_page(lines: tuple[Line, ...], path: Path) -> Sections:
    """The page's parts. SourceError at the line where a part that every page has is missing."""
    reader = _Reader(lines, path)
    reader.until(_OPENING, '"The content below is entirely editable."', alone=True)
    prose, _ = reader.until(_CHARACTERS, 'the heading "Characters & Voice Actors"')
    characters, title = reader.until(_CREDITS, '"Add a credit to <title>."')
    credits, _ = reader.until(_GENERAL, 'the heading "General Information"')
    general, sidebar = _sidebar(reader.rest())
    if not any(heading in sidebar for heading in _CLOSING):
        raise SourceError(
            f"expected one of the headings {', '.join(_CLOSING)}; the page ends before it",
            path,
            lines[-1].number,
        )
    missing = [heading for heading in _CLOSING if heading not in sidebar]
    notes = [Note(lines[-1].number, f"no heading {heading!r} on the page") for heading in missing]
    return Sections(title, prose, characters, credits, general, sidebar, tuple(notes))


class _Reader:
    """The lines, taken part by part."""

    def __init__(self, lines: tuple[Line, ...], path: Path) -> None:
        self.lines = lines
        self.path = path
        self.position = 0

    def until(
        self, heading: re.Pattern[str], expected: str, *, alone: bool = False
    ) -> tuple[tuple[Line, ...], Line]:
        """The lines before the heading, and it: its title, if it has one. `alone`: none may be
        before it."""
        for position in range(self.position, len(self.lines)):
            line = self.lines[position]
            if match := heading.fullmatch(line.text):
                taken = self.lines[self.position : position]
                self.position = position + 1
                return taken, Line(line.number, match.groupdict().get("title", line.text))
            if alone and line.text:
                raise SourceError(
                    f"expected {expected}, found {line.text[:60]!r}", self.path, line.number
                )
        raise SourceError(
            f"expected {expected}; the page ends without it", self.path, self.lines[-1].number
        )

    def rest(self) -> tuple[Line, ...]:
        return self.lines[self.position :]


def _sidebar(lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], dict[str, tuple[Line, ...]]]:
    """The lines before the first heading of the sidebar, and those below each."""
    general: list[Line] = []
    sidebar: dict[str, list[Line]] = {}
    current = general
    for line in lines:
        match = _SIDEBAR.fullmatch(line.text)
        if match and (not match["rest"] or match["edit"] or match["heading"] == _INLINE):
            current = sidebar.setdefault(match["heading"], [])
            if match["rest"]:
                current.append(Line(line.number, match["rest"]))
        else:
            current.append(line)
    return tuple(general), {heading: tuple(found) for heading, found in sidebar.items()}


def content(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines that are neither blank nor the wiki's own words."""
    return tuple(line for line in lines if line.text and not is_chrome(line.text))


def blocks(lines: tuple[Line, ...]) -> Iterator[tuple[Line, ...]]:
    """Runs of content without a blank line between them."""
    block: list[Line] = []
    for line in (*lines, Line(0, "")):
        if line.text and not is_chrome(line.text):
            block.append(line)
        elif block and not line.text:
            yield tuple(block)
            block = []
