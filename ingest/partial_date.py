"""Dates as people write them, as ISO 8601 of the precision given: 1995, 1995-12, 1995-12-23."""

import re
from datetime import date
from typing import Final

EXPECTED: Final = 'a date such as "Dec. 23, 1995", "December 1995", "1995" or "1995-12-23"'

_MONTHS: Final = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_MONTH: Final = r"(?P<name>[a-z]{3,9})\.?"
_YEAR: Final = r"(?P<year>\d{4})"
_FORMS: Final = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_YEAR}(?:-(?P<month>\d{{1,2}})(?:-(?P<day>\d{{1,2}}))?)?",
        rf"(?P<month>\d{{1,2}})/(?P<day>\d{{1,2}})/{_YEAR}",
        rf"(?:{_MONTH}(?: {_DAY})?,? )?{_YEAR}",
        rf"{_DAY} {_MONTH},? {_YEAR}",
        rf"{_YEAR}年(?:(?P<month>\d{{1,2}})月(?:(?P<day>\d{{1,2}})日)?)?",
    )
)
_UNKNOWN: Final = frozenset({"", "tba", "tbd", "unknown", "n/a", "none", "-", "?"})


def parse_date(text: str) -> str | None:
    """The date, or None where the text says that it is not known. ValueError for anything else."""
    text = " ".join(text.split())
    if text.lower() in _UNKNOWN:
        return None
    for form in _FORMS:
        if match := form.fullmatch(text):
            found = match.groupdict()
            month = _month(found.get("name")) or found.get("month")
            return _partial(int(found["year"]), month, found.get("day"))
    raise ValueError(f"expected {EXPECTED}, found {text!r}")


def _month(name: str | None) -> int | None:
    if name is None:
        return None
    for number, month in enumerate(_MONTHS, start=1):
        if month.startswith(name.lower()):
            return number
    raise ValueError(f"expected {EXPECTED}, found no month {name!r}")


def _partial(year: int, month: int | str | None, day: str | None) -> str:
    if not 1850 <= year < 2200:
        raise ValueError(f"expected {EXPECTED}, found the year {year}")
    if month is None:
        return f"{year:04}"
    try:
        full = date(year, int(month), int(day or 1)).isoformat()
    except ValueError as error:
        raise ValueError(f"expected {EXPECTED}: {error}") from None
    return full if day else full[:7]
