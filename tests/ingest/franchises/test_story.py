"""How the story of a line goes."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.franchises.story import story
from tests.ingest.franchises.test_lines import IDS, TOLD, ties, works


def test_prequels_come_before() -> None:
    known = works(first="1977", second="1980", before="1999")
    told = ties(("first", "sequel", "second"), ("before", "sequel", "first"))
    assert story(known, told).order == ["before", "first", "second"]


def test_side_stories_follow_their_parents() -> None:
    known = works(first="1990", second="1995", aside="2000", late="2005")
    told = ties(
        ("first", "sequel", "second"),
        ("first", "side-story", "late"),
        ("first", "side-story", "aside"),
    )
    assert story(known, told).order == ["first", "aside", "late", "second"]


def test_where_nothing_decides_what_came_out_first_comes_first() -> None:
    assert story(works(c="1990", b="1991", a=None), []).order == ["c", "b", "a"]


def test_a_circle_is_broken_at_its_earliest_work_and_told() -> None:
    known = works(b="1990", c="1991", a="1992", after="1993")
    told = ties(
        ("a", "sequel", "b"), ("b", "sequel", "c"), ("c", "sequel", "a"), ("a", "sequel", "after")
    )
    found = story(known, told)
    assert found.order == ["b", "c", "a", "after"]
    assert found.cycles == [["b", "c", "a"]]


def test_stated_places_decide() -> None:
    known = works(zero="2002", first="1982", plus="1994", aside="1996")
    told = ties(("first", "sequel", "zero"), ("first", "side-story", "aside"))
    found = story(known, told, {"zero": 1.0, "first": 2.0, "plus": 3.0})
    assert found.order == ["zero", "first", "aside", "plus"]


@given(told=TOLD, draw=st.data())
def test_every_work_is_told_once_whatever_the_order_of_ties(
    told: list[tuple[str, str, str]], draw: st.DataObject
) -> None:
    known = works(**dict.fromkeys(IDS, "1990"))
    found = story(known, ties(*told))
    assert sorted(found.order) == sorted(IDS)
    assert story(known, draw.draw(st.permutations(ties(*told)))) == found
    if not found.cycles:
        for one, kind, other in told:
            if kind == "sequel":
                assert found.order.index(one) < found.order.index(other) or one == other
