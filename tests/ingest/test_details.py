"""Whose word a detail is: of two that differ none undoes the other, and none is lost."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.details import Speakers, settled, united

ORIGINS = ("a", "b", "c")
_said = st.dictionaries(st.sampled_from(("scope", "votes")), st.integers(1, 3))
_rounds = st.lists(st.tuples(st.sampled_from(ORIGINS), _said), max_size=12)


def test_united_statements_keep_whose_word_the_second_ones_details_are() -> None:
    first, second = {"scope": 1}, {"scope": 2, "votes": 3, "by": ["scope|a", "votes|b"]}
    assert united(first, second) == {"scope": 1, "votes": 3, "by": ["votes|b"]}


def test_the_catalogues_note_yields() -> None:
    joined = settled({"note": 1}, {"note": 2}, Speakers("b", {"a"}, joins=True), yielding={"a"})
    assert joined == {"note": 2, "by": ["note|b"]}
    again = settled(joined, {"note": 1}, Speakers("a", {"b"}, joins=False))
    assert again == joined


@given(_rounds)
def test_what_comes_again_changes_nothing(rounds: list[tuple[str, dict[str, int]]]) -> None:
    found: dict[str, object] = {}
    said: dict[str, dict[str, int]] = {}
    for origin, details in rounds:
        found = _stated(found, said, origin, details)
        said[origin] = details
        assert _stated(found, said, origin, details) == found
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
