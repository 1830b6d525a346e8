"""When the parts of a work came out, where no source says it of the part itself.

The parts of a film came out with it, so they have its date, and those who state that date state
theirs. The parts of other anthologies may have come out volume by volume: of their date only the
year is taken over, and that it holds for the part is this catalogue's own word. Parts of a series
are not dated, as it may have run for years.
"""

from collections.abc import Mapping
from typing import Any, Final

from ingest.extraction.facts import OWN, SUBJECT, Fact, value
from ingest.identity import BANGUMI

YEAR: Final = slice(4)
BEFORE: Final = ("slug", "ids", "names", "position")


def date_parts(work: Fact, ranks: Mapping[str, int]) -> None:
    """Gives every segment without a date what its work's date says of it.

    `ranks`: of sources by id, 0 is best; the date and kind in use are those of the best source.
    """
    date = _part_date(work, ranks)
    if date is not None:
        work["segments"] = [
            segment if segment.get("released") else _dated(segment, date)
            for segment in work.get("segments", ())
        ]


def _part_date(work: Fact, ranks: Mapping[str, int]) -> Fact | None:
    released, kind = (_in_use(work, name, ranks) for name in ("released", "kind"))
    if released is None or kind is None or kind["value"] == "SERIES":
        return None
    if kind["value"] != "FILM":
        return value(str(released["value"])[YEAR], OWN)
    # The plain source would mean the part's own page.
    pages = {BANGUMI: SUBJECT} if SUBJECT in work.get("sources", {}) else {}
    return value(released["value"], *(pages.get(by, by) for by in released["by"]))


def _in_use(work: Fact, name: str, ranks: Mapping[str, int]) -> Fact | None:
    """The value that the best of its sources states."""
    sources = work.get("sources", {})

    def rank(stated: Fact) -> int:
        return min(ranks[sources.get(by, {}).get("source", by)] for by in stated["by"])

    return min(work.get(name, ()), key=rank, default=None)


def _dated(segment: Fact, date: Fact) -> dict[str, Any]:
    """The segment with the date where dates stand in the files."""
    first = {key: given for key, given in segment.items() if key in BEFORE}
    return {**first, "released": [date], **segment}
