"""Dates and lengths as people write them."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.bangumi.quantities import date_numbers, minutes, partial_date, seconds


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("1995年12月23日", "1995-12-23"),
        ("1995-12-23", "1995-12-23"),
        ("2004年7月", "2004-07"),
        ("1987", "1987"),
        ("2013年7月20日(土)", "2013-07-20"),
        ("1995年2月30日", "1995-02"),
        ("1995年13月", "1995"),
        ("１９９５年１２月２３日", "1995-12-23"),
        ("１９９５／１２", "1995-12"),
        ("1995\u3000年", "1995"),
        ("١٩٩٥-١٢-٢٣", None),
        ("1995-१२", "1995"),
        ("0000-00-00", None),
        ("未定", None),
        ("", None),
    ],
)
def test_partial_date(text: str, date: str | None) -> None:
    assert partial_date(text) == date


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("00:44:00", 2640),
        ("07:12", 432),
        ("24m", 1440),
        ("1h40m", 6000),
        ("110分", 6600),
        ("104分钟", 6240),
        ("00m30s", 30),
        ("動画原創", None),
        ("", None),
        ("0", None),
        ("２４分", 1440),
        ("００：４４：００", 2640),
        ("٢٤m", None),
    ],
)
def test_seconds(text: str, length: int | None) -> None:
    assert seconds(text) == length


def test_a_minute_is_the_shortest() -> None:
    assert (minutes("00:00:20"), minutes("00:01:40"), minutes("soon")) == (1, 2, None)


WIDE = str.maketrans("0123456789-", "０１２３４５６７８９－")
DIGITS = st.characters(categories=["Nd", "No"])
WRITTEN = st.text(st.sampled_from("年月日分秒hms:：-/. ") | DIGITS | st.characters(), max_size=30)


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(2999, 12, 31)))
def test_width_makes_no_difference(day: date) -> None:
    assert partial_date(day.isoformat().translate(WIDE)) == day.isoformat()


@given(WRITTEN)
def test_what_is_found_is_of_its_form_whatever_is_written(text: str) -> None:
    assert re.fullmatch(r"[12][0-9]{3}(-[01][0-9](-[0-3][0-9])?)?", partial_date(text) or "1000")
    assert seconds(text) is None or minutes(text)
    assert all(number.isascii() for number in date_numbers(text))
