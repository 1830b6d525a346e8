"""What is done before the graph is asked grows no faster than the question.

Work is counted in calls of Python functions: times differ from run to run, calls do not.
"""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from graphql import GraphQLError
from hypothesis import given
from hypothesis import strategies as st

from loaders.cost import Prices
from loaders.documents import Documents
from loaders.limits import LIMITS
from loaders.program import Programs
from schema.schema import executable
from server.limits import check_document
from tests.examples import examples

Axis = Callable[[int], str]
TYPES = ("Work", "Segment", "Soundtrack", "Track")
LEAF = "id name names { text } images { url }"
MOST_CALLS = 650_000
"""About 100 ms on a machine of today."""


def prepare(text: str) -> None:
    """Everything between a question's text and its first statement, by a server that has never
    seen the question.
    """
    document = Documents(executable, check_document, LIMITS.max_tokens).get(text)
    if isinstance(document, list) or not (operation := document.operation(None)):
        return
    values = operation.variables.coerced({})
    if isinstance(values, list):
        return
    try:
        Prices(executable).price(operation, values)
    except GraphQLError:
        return
    Programs(executable).program(operation, values)


def calls(text: str) -> int:
    """Of Python functions, while ``text`` is prepared."""
    found = 0

    def count(_: FrameType, event: str, __: Any) -> None:
        nonlocal found
        found += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        prepare(text)
    finally:
        sys.setprofile(before)
    return found


def works(fields: str, arguments: str = "") -> str:
    return f"{{ works{arguments} {{ nodes {{ {fields} }} }} }}"


def where(value: str) -> str:
    return works("id", f"(where: {value})")


def fragments(count: int, body: Callable[[int], str]) -> str:
    return " ".join(f"fragment F{n} on Work {{ {body(n)} }}" for n in range(count))


def several(count: int, text: Callable[[int], str]) -> str:
    return " ".join(text(n) for n in range(count))


def variables(count: int) -> str:
    declared = several(count, lambda n: f"$v{n}: Boolean")
    used = several(count, lambda n: f"{{nsfw: $v{n}}}")
    return f"query ({declared}) {{ works(where: {{and: [{used}]}}) {{ totalCount }} }}"


def by_type(depth: int) -> str:
    """At each depth something else is asked of each type."""
    own = several(4, lambda n: f"... on {TYPES[n]} {{ a{n}: slug }}")
    below = f"credits(first: 1) {{ nodes {{ on {{ {by_type(depth - 1)} }} }} }}" if depth else LEAF
    return f"{own} {below}"


AXES: dict[str, tuple[Axis, int]] = {
    "aliases": (lambda n: works(several(n, lambda k: f"a{k}: name")), 90),
    "lists": (lambda n: works(several(n, lambda k: f"a{k}: segments {{ totalCount }}")), 90),
    "questions": (lambda n: f"{{ {several(n, lambda k: f'a{k}: works {{ totalCount }}')} }}", 20),
    "places with repeats": (
        lambda n: works(several(n, lambda k: f"a{k}: segments {{ {'totalCount ' * 20} }}")),
        40,
    ),
    "places with fragments": (
        lambda n: (
            works(several(n, lambda k: f"a{k}: franchises {{ nodes {{ id ...F ...G }} }}"))
            + " fragment F on Franchise { id name } fragment G on Franchise { id name }"
        ),
        80,
    ),
    "nested fragments": (lambda n: works("... on Work { " * n + "id" + " }" * n), 100),
    "operations": (lambda n: several(n, lambda k: f"query Q{k} {{ works {{ totalCount }} }}"), 90),
    "directives": (lambda n: works(several(n, lambda k: f"a{k}: id @skip(if: false)")), 90),
    "values": (lambda n: where(f"{{or: [{'{nsfw: true} ' * n}]}}"), 480),
    "deep values": (lambda n: where("{not: " * n + "{}" + "}" * n), 28),
    "deep and wide values": (
        lambda n: where("{and: [{nsfw: true} {nsfw: true} " * n + "{}" + "]}" * n),
        14,
    ),
    "orders": (lambda n: works("id", f"(orderBy: [{'{released: DESC} ' * n}])"), 400),
    "ids": (
        lambda n: f"{{ nodes(ids: [{several(n, lambda k: f'{chr(34)}{k}{chr(34)}')}]) {{ id }} }}",
        90,
    ),
    "variables": (variables, 480),
    "unknown fields": (lambda n: works(several(n, lambda k: f"x{k}")), 400),
    "depth": (lambda n: f'{{ role(id: "x") {{ {"broader { " * n} id {"} " * n} }} }}', 10),
}


@pytest.mark.parametrize("axis", AXES)
def test_twice_as_much_is_twice_the_work(axis: str) -> None:
    text, most = AXES[axis]
    prepare(text(most))  # what is kept for all questions is made now
    quarter, half, whole = (calls(text(count)) for count in (most // 4, most // 2, most))
    expected = (most - most // 2) / (most // 2 - most // 4)
    assert whole - half <= 1.15 * expected * (half - quarter)


PATHOLOGICAL: dict[str, str] = {
    "repeats of repeats": "{ " + ("works { " + "nodes { id name slug } " * 7 + "} ") * 7 + "}",
    "repeats of repeats of repeats": works(("segments { " + "nodes { id name } " * 7 + "} ") * 7),
    "fragments side by side": works(several(50, lambda n: f"...F{n}"))
    + fragments(50, lambda _: "id name slug nsfw __typename segments { totalCount }"),
    "a chain of fragments": works("...F0")
    + fragments(48, lambda n: f"id name segments {{ nodes {{ id }} }} ...F{(n + 1) % 49}")
    + " fragment F48 on Work { id }",
    "a chain of fragments, each with a key of its own": works("...F0")
    + fragments(90, lambda n: f"a{n}: name ...F{n + 1}")
    + " fragment F90 on Work { id }",
    "fragments in a circle": works("...F0")
    + fragments(99, lambda n: f"id segments {{ nodes {{ work {{ ...F{(n + 1) % 99} }} }} }}"),
    "fragments in two circles": works("...F0")
    + fragments(90, lambda n: f"id ...F{(n + 1) % 90} ...F{(n * 7) % 90}"),
    "fragments that double into nothing": works("...F0")
    + fragments(97, lambda n: f"...F{n + 1} ...F{n + 1}"),
    "unused fragments": "{ __typename }" + fragments(99, lambda _: "id name slug nsfw " * 10),
    "types within types": f'{{ node(id: "x") {{ ... on Creation {{ {by_type(2)} }} }} }}',
    "types within types within types": (
        "{ "
        + several(5, lambda n: f'a{n}: node(id: "x") {{ ... on Creation {{ {by_type(3)} }} }}')
        + " }"
    ),
    "one argument again and again": works("id", f"({'first: 1 ' * 2600})"),
    "one key again and again": where(f"{{{'nsfw: true ' * 2500}}}"),
    "unknown arguments": works("id", f"({several(1900, lambda n: f'x{n}: 1')})"),
    "unknown variables": where(f"{{and: [{several(499, lambda n: f'$v{n}')}]}}"),
    "unused variables": f"query ({several(1900, lambda n: f'$v{n}: X{n}')}) {{ __typename }}",
    "as many values as there may be": where(
        f"{{or: [{'{nsfw: true} ' * 499}], and: [{'{nsfw: true} ' * 499}]}}"
    ),
    "one text": where('{name: {is: "' + "\\u0041" * 2000 + '"}}'),
    "a comment": "{ __typename } #" + "x" * 65_000,
}


@pytest.mark.parametrize("name", PATHOLOGICAL)
def test_no_question_is_much_work(name: str) -> None:
    text = PATHOLOGICAL[name]
    assert len(text) <= LIMITS.max_body
    assert calls(text) <= MOST_CALLS


SPREADS = st.lists(st.sampled_from(["F1", "F2", "F3", "F4"]), max_size=3)
LEAVES = st.lists(st.sampled_from(["id", "name", "a: slug", "nsfw"]), min_size=1, max_size=20)


@examples(50)
@given(st.lists(st.tuples(LEAVES, SPREADS, SPREADS, st.integers(1, 12)), min_size=5, max_size=5))
def test_no_composition_of_fragments_is_much_work(
    parts: list[tuple[list[str], list[str], list[str], int]],
) -> None:
    """Each fragment has leaves, spreads, and lists of works that spread as well, several times."""

    def body(n: int) -> str:
        leaves, beside, below, times = parts[n]
        later = [each for each in below if int(each[1:]) > n]
        within = " ".join(f"...{each}" for each in later)
        nested = f"segments {{ nodes {{ work {{ id {within} }} }} }} "
        spread = [f"...{each}" for each in beside if int(each[1:]) > n]
        return " ".join([*leaves, *spread, nested * times])

    assert calls(works("...F0") + fragments(5, body)) <= MOST_CALLS
