"""Dates as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.partial_date import parse_date

DAYS = st.dates(min_value=date(1850, 1, 1), max_value=date(2199, 12, 31))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Feb. 24, 2004", "2004-02-24"),
        ("December 23, 1995", "1995-12-23"),
        ("Sept. 5, 2001", "2001-09-05"),
        ("May 3rd, 1951", "1951-05-03"),
        ("12/23/1995", "1995-12-23"),
        ("1995年12月23日", "1995-12-23"),
        ("Feb. 29, 2004", "2004-02-29"),
        (" Feb.  24,\t2004 ", "2004-02-24"),
        ("May 2001", "2001-05"),
        ("May, 2001", "2001-05"),
        ("1995-12", "1995-12"),
        ("1995年12月", "1995-12"),
        ("1995", "1995"),
        ("TBA", None),
        ("unknown", None),
        ("", None),
    ],
)
def test_a_date_keeps_its_precision(text: str, found: str | None) -> None:
    assert parse_date(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Feb. 30, 2004",
        "Feb. 29, 2003",
        "Foo 1, 2004",
        "13/24/1995",
        "1995-00-01",
        "Dec. 23, 95",
        "Dec. 2",
        "soon",
        "0995",
        "Dec. 23, 1995 and later",
    ],
)
def test_anything_else_is_an_error_that_says_what_was_expected(text: str) -> None:
    with pytest.raises(ValueError, match=r'expected a date such as "Dec\. 23, 1995"'):
        parse_date(text)


@given(DAYS, st.sampled_from(["%Y-%m-%d", "%B %d, %Y", "%b. %d, %Y", "%d %B %Y", "%m/%d/%Y"]))
def test_every_day_is_read_in_every_form(day: date, form: str) -> None:
    assert parse_date(day.strftime(form)) == day.isoformat()
