"""Any connection of the schema yields each of its rows once, page by page, both ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Ask
from tests.examples import examples
from tests.oracle.arguments import asked
from tests.oracle.connections import Asked, Row, connections, page, whole

PAGES = 5
"""Of a longer list, that many at its beginning and at its end."""
LARGEST = 100


@pytest.mark.parametrize("name", sorted(connections()))
@given(draw=st.data())
@examples(2)
async def test_page_by_page(ask: Ask, name: str, draw: st.DataObject) -> None:
    of = draw.draw(asked(connections()[name]))
    rows = await whole(ask, of)
    sizes = (min(number, LARGEST) for number in (-(-len(rows) // PAGES), len(rows)))
    size = draw.draw(st.integers(*sizes), label="size") or 1
    cursors = await forwards(ask, of, rows, size)
    if of.connection.both_ways:
        await backwards(ask, of, rows, size)
        if rows:
            places = st.lists(st.integers(0, len(cursors) - 1), min_size=2, max_size=2)
            await between(ask, of, rows, cursors, *sorted(draw.draw(places)))


async def forwards(ask: Ask, of: Asked, rows: list[Row], size: int) -> list[str]:
    """The cursors of the rows on the first pages."""
    cursors: list[str] = []
    for start in range(0, max(len(rows), 1), size)[:PAGES]:
        after = cursors[-1] if cursors else None
        found = await page(ask, of, first=size, after=after)
        assert found.rows == rows[start : start + size]
        assert found.has_next == (start + size < len(rows))
        assert found.has_previous == (start > 0)
        assert found.total in (None, len(rows))
        cursors += found.cursors
    return cursors


async def backwards(ask: Ask, of: Asked, rows: list[Row], size: int) -> None:
    before = None
    for end in range(len(rows), 0, -size)[:PAGES]:
        found = await page(ask, of, last=size, before=before)
        assert found.rows == rows[max(end - size, 0) : end]
        assert found.has_previous == (end - size > 0)
        assert found.has_next == (end < len(rows))
        assert found.total in (None, len(rows))
        before = found.cursors[0]


async def between(
    ask: Ask, of: Asked, rows: list[Row], cursors: list[str], start: int, end: int
) -> None:
    """The rows between two others, the last one of them alone."""
    found = await page(ask, of, last=1, after=cursors[start], before=cursors[end])
    assert found.rows == rows[start + 1 : end][-1:]
    assert found.has_previous
    assert found.has_next
