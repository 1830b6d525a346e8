"""The playground's questions, with their variables and answers, as Markdown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "web" / "questions"
ANSWERS = ROOT / "tests" / "questions"
HITS = ANSWERS / "hits.yaml"
WIDTH = 100
LONGEST = 60  # lines of an answer that is shown as a whole
BEGINNING = 30  # lines of a longer one that are shown
CUT = "…"
MINOR = re.compile("a|an|and|as|at|but|by|for|from|in|not|of|on|or|the|to|with")


@dataclass(frozen=True)
class Question:
    """What one file asks; ``name`` is the file's without its suffix: 03-work-page."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def topic(self) -> str:
        """The name of its folder: 01-works-and-pages."""
        return self.path.parent.name

    @property
    def title(self) -> str:
        return title(self.name)

    @property
    def sentence(self) -> str:
        """The comment on top, as one line."""
        return " ".join(" ".join(line.strip("# ") for line in self._comment()).split())

    @property
    def text(self) -> str:
        """The query without the comment on top."""
        return "".join(self._lines()[len(self._comment()) :])

    @property
    def variables(self) -> dict[str, Any]:
        path = self.path.with_suffix(".variables.json")
        found: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}
        return found

    @property
    def answer(self) -> Path:
        return ANSWERS / f"{self.name}.answer.json"

    def example(self) -> str:
        """The question as a section: its sentence, its text, its variables and what is answered."""
        parts = [f"### {self.title}\n\n{self.sentence}", _block("graphql", self.text)]
        if self.variables:
            parts += ["Variables:", _block("json", printed(self.variables))]
        shown, note = self._shown()
        return "\n\n".join([*parts, "Answer:", _block("json", shown), *note])

    def entry(self) -> str:
        """The question as a line of a list, with links from docs/."""
        asked, answered = (f"../{path.relative_to(ROOT)}" for path in (self.path, self.answer))
        return f"- [{self.title}]({asked}): {self.sentence} ([answer]({answered}))"

    def _shown(self) -> tuple[str, list[str]]:
        """The answer or, of a long one, its beginning and where the rest is."""
        lines = self.answer.read_text().splitlines(keepends=True)
        if len(lines) <= LONGEST:
            return "".join(lines), []
        link = f"../{self.answer.relative_to(ROOT)}"
        note = f"This is how it begins; [the whole answer]({link}) has {len(lines)} lines."
        return "".join(lines[:BEGINNING]) + CUT, [note]

    def _lines(self) -> list[str]:
        return self.path.read_text().splitlines(keepends=True)

    def _comment(self) -> list[str]:
        lines = self._lines()
        length = next(place for place, line in enumerate(lines) if not line.startswith("#"))
        return lines[:length]


def read_questions() -> list[Question]:
    """All of them, topic by topic."""
    return [Question(path) for path in sorted(FOLDER.glob("*/*.graphql"))]


def title(name: str) -> str:
    """`06-parts-of-a-voice-actor` gives `Parts of a Voice Actor`, as in the playground."""
    first, *rest = name.split("-")[1:]
    return " ".join(
        [first.capitalize(), *(w if MINOR.fullmatch(w) else w.capitalize() for w in rest)]
    )


def printed(value: Any, indent: int = 0, taken: int = 0) -> str:
    """JSON in which what fits on a line stands on one; ``taken`` is what its line has already."""
    line = json.dumps(value, ensure_ascii=False)
    if indent + taken + len(line) <= WIDTH or not isinstance(value, list | dict):
        return line
    rows = list(_rows(value, indent + 2))
    margin = " " * indent
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return "\n".join([opening, ",\n".join(f"{margin}  {row}" for row in rows), margin + closing])


def _rows(value: list[Any] | dict[str, Any], indent: int) -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield f"{json.dumps(key)}: {printed(each, indent, len(key) + 5)}"
    else:
        for each in value:
            yield printed(each, indent, 1)


def _block(language: str, text: str) -> str:
    return f"```{language}\n{text.rstrip()}\n```"
