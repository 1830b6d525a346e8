"""Whose word a detail is: of two that differ none undoes the other, and none is lost."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.details import Speakers, left, settled, united

ORIGINS = ("a", "b", "c")
_said = st.dictionaries(st.sampled_from(("scope", "votes")), st.integers(1, 3))
_leaves = st.none()
_rounds = st.lists(st.tuples(st.sampled_from(ORIGINS), _said | _leaves), max_size=12)


def test_united_statements_keep_whose_word_the_second_ones_details_are() -> None:
    first, second = {"scope": 1}, {"scope": 2, "votes": 3, "by": ["scope|a", "votes|b"]}
    assert united(first, second) == {"scope": 1, "votes": 3, "by": ["votes|b"]}


def test_the_catalogues_note_yields() -> None:
    joined = settled({"note": 1}, {"note": 2}, Speakers("b", {"a"}, joins=True), yielding={"a"})
    assert joined == {"note": 2, "by": ["note|b"]}
    again = settled(joined, {"note": 1}, Speakers("a", {"b"}, joins=False))
    assert again == joined


def test_who_leaves_takes_its_details_along() -> None:
    before = {"votes": 12, "scope": 1, "by": ["scope|a", "votes|b"]}
    assert left("HAS_TERM", before, {"b"}, {"a", "c"}) == {"scope": 1, "by": ["scope|a"]}
    assert left("HAS_TERM", before, {"b"}, {"a"}) == {"scope": 1}
    assert left("HAS_TERM", {"votes": 12}, {"b"}, {"a"}) == {"votes": 12}


def test_what_all_say_stays_when_the_first_to_say_it_leaves() -> None:
    before = {"url": "u", "width": 1, "by": ["url|a", "width|a"]}
    assert left("Image", before, {"a"}, {"b", "c"}) == {"url": "u", "by": ["url|b"]}


def test_who_joins_gives_nobody_the_word_of_another() -> None:
    before = {"position": 1, "scope": 2, "by": ["scope|gone"]}
    joined = settled(before, {}, Speakers("c", {"a"}, joins=True))
    assert joined == {"position": 1, "by": ["position|a"]}


@given(_rounds)
def test_what_comes_again_changes_nothing_and_nothing_is_told_that_nobody_says(
    rounds: list[tuple[str, dict[str, int] | None]],
) -> None:
    found: dict[str, object] = {}
    said: dict[str, dict[str, int]] = {}
    for origin, details in rounds:
        if details is None:
            if said.pop(origin, None) is not None:
                found = left("HAS_TERM", found, {origin}, said.keys()) if said else {}
        else:
            found = _stated(found, said, origin, details)
            said[origin] = details
            assert _stated(found, said, origin, details) == found
        for name in found.keys() - {"by"}:
            assert any(each.get(name) == found[name] for each in said.values())
    for origin, details in said.items():
        found = _stated(found, said, origin, details)
    for origin, details in said.items():
        assert _stated(found, said, origin, details) == found
        assert {name for each in said.values() for name in each} == found.keys() - {"by"}


def _stated(
    before: dict[str, object], said: dict[str, dict[str, int]], origin: str, wanted: dict[str, int]
) -> dict[str, object]:
    others = said.keys() - {origin}
    if not others:
        return {**wanted}
    return settled(before, {**wanted}, Speakers(origin, others, joins=origin not in said))
