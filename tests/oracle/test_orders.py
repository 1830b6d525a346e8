"""Lists are sorted as asked: missing values last in either direction, ties by id."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Ask
from tests.examples import examples
from tests.oracle.arguments import PAGING, asked
from tests.oracle.catalogue import known
from tests.oracle.connections import Asked, connections, whole
from tests.oracle.orders import ordered
from tests.oracle.questions import filters

ORDERED = sorted(name for name, each in connections().items() if "orderBy" in each.arguments)


@pytest.mark.parametrize("name", ORDERED)
@given(draw=st.data())
@examples(4)
async def test_sorted_as_asked(ask: Ask, name: str, draw: st.DataObject) -> None:
    of = draw.draw(asked(connections()[name], needed=("orderBy",), without=PAGING))
    things = known().things
    rows = [things[id_] for (id_,) in await whole(ask, of)]
    assert [row.id for row in rows] == [row.id for row in ordered(rows, of.arguments["orderBy"])]


@given(counted=filters("CreditFilter"), other=filters("PersonFilter"), draw=st.data())
@examples(4)
async def test_people_by_how_many_of_the_credits_that_found_them(
    ask: Ask, counted: dict[str, Any], other: dict[str, Any], draw: st.DataObject
) -> None:
    """That count is read off the match; any other one is a count of its own."""
    some = {"credits": {"some": counted}}
    arguments = {
        "where": draw.draw(st.sampled_from((some, {"and": [some, other]}))),
        "orderBy": [{"credits": {"where": counted, "count": "DESC"}}],
    }
    of = Asked(connections()["Query.people"], None, arguments, literal=True)
    rows = [known().things[id_] for (id_,) in await whole(ask, of)]
    assert rows == ordered(rows, arguments["orderBy"])


@pytest.mark.parametrize("name", ["works", "segments", "people", "organizations", "characters"])
async def test_by_name_unless_ordered_otherwise(ask: Ask, name: str) -> None:
    answer = await ask(f"{{ {name}(first: 100) {{ nodes {{ id }} }} }}")
    rows = [known().things[node["id"]] for node in answer[name]["nodes"]]
    listed = [thing for thing in known().of(rows[0].kind) if thing.is_listed]
    assert rows == ordered(listed, [{"name": "ASC"}])[:100]
