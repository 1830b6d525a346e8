"""Dates and lengths as Bangumi's users write them, in digits of any width."""

import re
import unicodedata
from datetime import date
from typing import Final

_DATE: Final = re.compile(
    r"(?P<year>[12]\d{3})\s*(?:[-/.年]\s*(?P<month>\d{1,2})(?:\s*[-/.月]\s*(?P<day>\d{1,2}))?)?",
    re.ASCII,
)
_CLOCK: Final = re.compile(
    r"(?:(?P<hours>\d{1,2}):)?(?P<minutes>\d{1,3}):(?P<seconds>\d{2})", re.ASCII
)
_UNITS: Final = re.compile(
    r"約?\s*(?:(?P<hours>\d)\s*(?:h|hr|小时|時間))?\s*"
    r"(?:(?P<minutes>\d{1,3})\s*(?:m|min|mins|minutes|分|分钟|分鐘|′))?\s*"
    r"(?:(?P<seconds>\d{1,2})\s*(?:s|秒))?",
    re.ASCII | re.IGNORECASE,
)


def partial_date(text: str) -> str | None:
    """1995, 1995-12 or 1995-12-23 from "1995年12月23日" and the like; None without a year."""
    found = _DATE.search(_plain(text))
    if found is None:
        return None
    year, month, day = found["year"], found["month"], found["day"]
    if month is None or not 1 <= int(month) <= 12:
        return year
    if day is None:
        return f"{year}-{int(month):02}"
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return f"{year}-{int(month):02}"


def date_numbers(text: str) -> tuple[str, ...]:
    """Year, month and day as far as they are written, whether the calendar has them or not."""
    found = _DATE.search(_plain(text))
    return () if found is None else tuple(part for part in found.groups() if part is not None)


def seconds(text: str) -> int | None:
    """A length in seconds from "00:44:00", "24m", "1h40m", "110分" and the like."""
    text = _plain(text)
    found = _CLOCK.fullmatch(text) or _UNITS.fullmatch(text)
    if found is None:
        return None
    parts = {name: int(value or 0) for name, value in found.groupdict().items()}
    return parts["hours"] * 3600 + parts["minutes"] * 60 + parts["seconds"] or None


def minutes(text: str) -> int | None:
    """A length in minutes, rounded; at least 1."""
    length = seconds(text)
    return None if length is None else max(1, round(length / 60))


def _plain(text: str) -> str:
    """With the digits and signs of ASCII instead of the wide ones."""
    return unicodedata.normalize("NFKC", text).strip()
