"""Content negotiation: what a client wants most of what there is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.http import ANSWERS
from server.media_types import GRAPHQL_JSON, HTML, JSON, negotiate


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("application/graphql-response+json", GRAPHQL_JSON),
        ("application/json", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        ("application/graphql-response+json, application/json;q=0.9", GRAPHQL_JSON),
        ("application/json;q=0.9, application/graphql-response+json", GRAPHQL_JSON),
        ("application/graphql-response+json;q=0.5, application/json", JSON),
        ("application/graphql-response+json, application/json", GRAPHQL_JSON),
        ("application/json, application/graphql-response+json", JSON),
        ("*/*, application/graphql-response+json", GRAPHQL_JSON),
        ("application/graphql-response+json;q=0.5, */*;q=0.6", JSON),
        ("application/json;q=0, */*", GRAPHQL_JSON),
        ("application/json;q=0.1, application/*;q=0.2", GRAPHQL_JSON),
        ("Application/JSON ; Charset=utf-8 ; Q=1.000", JSON),
        ("text/html, application/json;q=0.001", JSON),
        ("text/html", None),
        ("application/json;q=0", None),
        ("*/*;q=0", None),
        ("application/json;q=2", None),
        ("application/json;q=", None),
        ("json", None),
        (",;,", None),
    ],
)
def test_the_answer_has_the_type_that_is_wanted_most(accept: str, chosen: str | None) -> None:
    assert negotiate(accept, ANSWERS) == chosen


def test_a_browser_wants_the_page() -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert negotiate(browser, (*ANSWERS, HTML)) == HTML
    assert negotiate("*/*", (*ANSWERS, HTML)) == JSON


@given(st.text())
def test_nothing_that_a_client_writes_is_an_error(accept: str) -> None:
    assert negotiate(accept, ANSWERS) in (*ANSWERS, None)
