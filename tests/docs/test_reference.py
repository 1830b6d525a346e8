"""What the page on the API says of the types."""

import pytest

from docs.reference import own_types, reference


def test_a_type_shows_what_its_interfaces_have_not() -> None:
    assert reference(["Segment"]).splitlines()[:6] == [
        "### Reference",
        "",
        "**Segment**: A part of a work with makers of its own. Has all that `Creation` has, and:",
        "",
        "| field | type | |",
        "|---|---|---|",
    ]
    assert "| `work` | `Work!` | The work it belongs to. |" in reference(["Segment"])
    assert "`slug`" not in reference(["Segment"])


def test_a_connection_that_has_nothing_of_its_own_is_left_out() -> None:
    types = own_types()
    assert {"WorkConnection", "TermEdge", "PageInfo", "LanguageTag"} <= types
    assert types.isdisjoint({"SegmentConnection", "SegmentEdge", "Query", "String"})


def test_arguments_that_not_all_lists_have_are_explained() -> None:
    assert "`rollUp`: Also what is credited on its parts." in reference(["Creation"])


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(KeyError, match="Opera"):
        reference(["Work", "Opera"])
