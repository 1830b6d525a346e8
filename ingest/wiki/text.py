"""The text of a wiki page: numbered lines, and which of them are no content."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph.errors import SourceError


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page, counted from 1, with single spaces between its words."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something on a line that could not be taken over, and why: a warning."""

    line: int
    text: str


# The wiki's own words around the content: buttons, prompts, footers.
_CHROME: Final = re.compile(
    r"The content below is entirely editable\."
    r"|Add (?:a|an|another|new)(?: new)?"
    r" (?:character|voice actor|genre|theme|alias|release|list|franchise|movie|association|editor"
    r"|image|name|thing)s?(?: to this \w+)?[.!]?"
    r"|Mandatory Network"
    r"|Submissions can take several hours to be approved\."
    r"|Save Changes ?(?:Cancel)?|Cancel|Edit|Comment and Save|Use your keyboard!"
    r"|(?:This edit will also create new pages|Beware, you are proposing to add brand new pages) .*"
    r"|Until you earn \d+ points all your submissions .*",
    re.IGNORECASE,
)
_EMPTY: Final = re.compile(r"We don['’]t have any\b.*|Help us fill it in!", re.IGNORECASE)


def is_chrome(text: str) -> bool:
    """Whether a line is the wiki's editing surface, or its phrase for an empty section."""
    return bool(_CHROME.fullmatch(text) or _EMPTY.fullmatch(text))


def numbered(text: str) -> tuple[Line, ...]:
    """Lines by any line ending, with a byte order mark and superfluous space gone."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return tuple(
        Line(number, " ".join(line.split())) for number, line in enumerate(text.split("\n"), 1)
    )


def read_text(path: Path) -> str:
    """The file as UTF-8 text. SourceError if it cannot be read, or is no text in UTF-8."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror}", path, None) from error
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SourceError("expected UTF-8, found UTF-16", path, 1)
    if (position := content.find(b"\0")) >= 0:
        raise SourceError("expected text, found a NUL byte", path, _line_of(content, position))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = _line_of(content, error.start)
        raise SourceError(
            f"expected UTF-8, found the byte 0x{content[error.start]:02x}", path, line
        ) from error


def _line_of(content: bytes, position: int) -> int:
    return len(re.findall(rb"\r\n|\r|\n", content[:position])) + 1
