"""Dates and lengths as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.bangumi.quantities import minutes, partial_date, seconds


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
    ],
)
def test_seconds(text: str, length: int | None) -> None:
    assert seconds(text) == length


def test_a_minute_is_the_shortest() -> None:
    assert (minutes("00:00:20"), minutes("00:01:40"), minutes("soon")) == (1, 2, None)


@given(st.text(max_size=30))
def test_no_text_breaks_them(text: str) -> None:
    assert seconds(text) is None or minutes(text)
    partial_date(text)
