"""Which works make up a line."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.franchises.lines import Tie, Work, lines

INVERSE = {"sequel": "prequel", "prequel": "sequel", "side-story": "parent-story"}


def works(**released: str | None) -> dict[str, Work]:
    return {id_: Work(id_, id_, {"en": id_}, date) for id_, date in released.items()}


def ties(*told: tuple[str, str, str]) -> list[Tie]:
    """``told`` are (one, kind, other), seen from one end."""
    ends = [(Tie(*each), Tie(each[2], INVERSE[each[1]], each[0])) for each in told]
    return [tie for pair in ends for tie in pair]


def test_a_line_is_closed_over_relations() -> None:
    known = works(a="1990", b="1991", c="1992", d="1993", e="1994")
    told = ties(("a", "sequel", "b"), ("b", "side-story", "c"), ("d", "sequel", "e"))
    assert lines(known, told) == [{"a", "b", "c"}, {"d", "e"}]


def test_a_meeting_belongs_to_each_line_and_joins_none() -> None:
    known = works(lupin="1971", lupin2="1977", conan="1996", conan2="1997", versus="2009")
    told = ties(
        ("lupin", "sequel", "lupin2"),
        ("conan", "sequel", "conan2"),
        ("lupin", "side-story", "versus"),
        ("conan", "side-story", "versus"),
    )
    assert lines(known, told) == [{"conan", "conan2", "versus"}, {"lupin", "lupin2", "versus"}]


def test_a_side_story_of_two_works_of_one_line_is_no_meeting() -> None:
    known = works(a="1990", b="1991", beside="1992")
    told = ties(("a", "sequel", "b"), ("a", "side-story", "beside"), ("b", "side-story", "beside"))
    assert lines(known, told) == [{"a", "b", "beside"}]


def test_what_comes_before_the_lines_joins_them() -> None:
    known = works(root="1980", a="1990", b="1991")
    told = ties(("a", "side-story", "root"), ("b", "side-story", "root"))
    assert lines(known, told) == [{"a", "b", "root"}]


def test_what_somebody_says_belongs_together_is_one_line() -> None:
    known = works(a="1990", b="1991", c="1992", d="1993", alone="1994")
    told = ties(("a", "sequel", "b"), ("c", "sequel", "d"))
    assert lines(known, told, [{"a", "c"}, {"alone"}]) == [{"a", "b", "c", "d"}]


def test_a_work_tied_to_itself_is_no_line() -> None:
    assert lines(works(a=None), [Tie("a", "sequel", "a")]) == []


IDS = "abcdefgh"
YEARS = st.lists(st.sampled_from([None, "1990", "1991", "1992"]), min_size=8, max_size=8)
TOLD = st.lists(
    st.tuples(
        st.sampled_from(IDS), st.sampled_from(["sequel", "side-story"]), st.sampled_from(IDS)
    ),
    max_size=12,
)


@given(
    told=TOLD,
    years=YEARS,
    draw=st.data(),
)
def test_lines_part_the_works_whatever_the_order(
    told: list[tuple[str, str, str]], years: list[str | None], draw: st.DataObject
) -> None:
    known = works(**dict(zip(IDS, years, strict=True)))
    found = lines(known, ties(*told))
    shuffled = draw.draw(st.permutations(ties(*told)))
    assert lines(known, shuffled) == found
    held = [work for line in found for work in line]
    tied = {each for one, _, other in told if one != other for each in (one, other)}
    assert tied >= {*held}
    # Whatever is in two lines is a side story of several works and nothing else.
    for work in {each for each in held if held.count(each) > 1}:
        kinds = {kind for one, kind, other in told if other == work and one != other}
        assert kinds == {"side-story"}
    # What is in none was told of in meetings alone.
    assert all(len(line) > 1 for line in found)
