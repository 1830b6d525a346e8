"""Tables of Bangumi's subjects and the same works' ids on other sites, as links."""

from collections.abc import Iterator
from pathlib import Path

import orjson

from ingest.identity import BANGUMI
from ingest.matching import PAGES, Link
from ingest.pieces import pieces


class Links:
    """The rows of a table. `problems` says, once all are read, which could not be."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows = 0
        self.problems: list[str] = []

    def __iter__(self) -> Iterator[Link]:
        """Raises SourceError where the file is of another form, damaged or cut off."""
        for piece in pieces(self.path, None):
            self.rows += 1
            try:
                yield Link(piece.number, read_link(orjson.loads(piece.text)))
            except ValueError as error:
                self.problems.append(f"{self.path.name}:{piece.number}: {error}")


def read_link(row: object) -> dict[str, str]:
    """The ids by site of a row such as {"bgm_id": "8", "mal_id": "2904"}, of sites with a page for
    every work. ValueError says why there are none.
    """
    if not isinstance(row, dict):
        raise ValueError("no object")
    fields = {site: f"{'bgm' if site == BANGUMI else site}_id" for site in PAGES}
    found = {site: _id(field, row[field]) for site, field in fields.items() if row.get(field)}
    if BANGUMI not in found:
        raise ValueError("no bgm_id")
    return found


def _id(field: str, value: object) -> str:
    text = str(value).strip()
    if isinstance(value, str | int) and not isinstance(value, bool) and text.isdecimal():
        return str(int(text))
    raise ValueError(f"{field}: no number: {text[:40]!r}")
