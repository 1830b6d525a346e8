"""graphql-core as the oracle: any question in any words is answered as its walk answers it.

The words of a question make no difference either, not to a single byte of its data.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import httpx
import orjson
import pytest
from graphql import GraphQLError, parse
from hypothesis import assume, given
from hypothesis import strategies as st

from graph.client import Client
from server.app import create_app
from server.limits import check_document
from tests.examples import examples
from tests.oracle.contract import CONTRACT
from tests.oracle.mistakes import mistakes, slips
from tests.oracle.selections import Field, composite, definition, questions, replaced, walked
from tests.oracle.wordings import Wording, wordings
from tests.ways import DOCUMENTS, Remembering, Spoiling, Ways, both

ENDS = Field("ends", "pageInfo", below=(Field("start", "startCursor"), Field("end", "endCursor")))

SPOILT = st.sampled_from((None, 7, "no such word", True, 0.5))


class Tally(Counter[str]):
    """Counts what was asked in different words, and how much of that was answered how."""

    def __init__(self) -> None:
        super().__init__()
        self.known: set[bytes] = set()

    def count(self, wording: Wording, ways: Ways) -> None:
        asked = orjson.dumps([*wording])
        if asked not in self.known:
            self.known.add(asked)
            self["asked"] += 1
            self["with errors"] += bool(ways.given.errors)
            self["by programs"] += ways.by_program and _tells(orjson.loads(ways.given.data))


def _tells(value: Any) -> bool:
    """Whether an answer has more in it than nulls, zeros and names of types."""
    if isinstance(value, dict | list):
        return any(map(_tells, value.values() if isinstance(value, dict) else value))
    return bool(value) and value not in CONTRACT.type_map


@pytest.fixture(scope="module")
def tally() -> Iterator[Tally]:
    tally = Tally()
    yield tally
    assert tally["asked"] >= 2000, tally
    assert tally["by programs"] >= 0.6 * tally["asked"], tally
    assert tally["with errors"] >= 0.05 * tally["asked"], tally


@pytest.fixture(scope="module")
def remembering(catalogue_with_oddities: Client) -> Remembering:
    return Remembering(catalogue_with_oddities)


async def alike(client: Client, wording: Wording, tally: Tally) -> Ways:
    """Both ways have the same answer."""
    assume(not _is_tangled(wording.text))
    ways = await both(client, *wording)
    assert ways.given == ways.walked, wording
    tally.count(wording, ways)
    return ways


@given(question=questions(), draw=st.data())
@examples(250)
async def test_any_question_in_any_words(
    question: tuple[Field, ...], draw: st.DataObject, remembering: Remembering, tally: Tally
) -> None:
    worded = draw.draw(wordings(question, 10))
    answers = [(await alike(remembering, each, tally)).given for each in worded]
    # More words may cost too much.
    assert len({each.data for each in answers if not each.errors}) <= 1, worded
    for number in draw.draw(st.lists(st.integers(0, 500), min_size=3, max_size=3)):
        # What the graph should not hold is found both ways, too.
        spoiling = Spoiling(remembering, number, draw.draw(SPOILT))
        ways = await both(spoiling, *worded[0])
        assert ways.given == ways.walked, worded[0]


@given(question=questions(), draw=st.data())
@examples(60)
async def test_what_is_wrong_with_it(
    question: tuple[Field, ...], draw: st.DataObject, remembering: Remembering, tally: Tally
) -> None:
    wrong = draw.draw(mistakes(question))
    for each in draw.draw(wordings(wrong, 4)):
        await alike(remembering, each, tally)
        await alike(remembering, draw.draw(slips(each)), tally)


@given(question=questions(), draw=st.data())
@examples(40)
async def test_from_a_cursor_on(
    question: tuple[Field, ...], draw: st.DataObject, remembering: Remembering, tally: Tally
) -> None:
    """With cursors of the same list, mostly, and with those of others."""
    lists = [
        (type_, field)
        for type_, field in walked(composite("Query"), question)
        if "after" in definition(type_, field.name).args
    ]
    if not lists:
        return
    type_, field = draw.draw(st.sampled_from(lists))
    with_ends = field._replace(below=(*field.below, ENDS))
    (asked,) = draw.draw(wordings(replaced(question, field, with_ends), 1))
    found = orjson.loads((await alike(remembering, asked, tally)).given.data)
    cursors = [*_under("ends", found)]
    names = sorted({"after", "before"} & definition(type_, field.name).args.keys())
    for cursor in cursors and draw.draw(st.lists(st.sampled_from(cursors), max_size=2)):
        arguments = {**field.arguments, draw.draw(st.sampled_from(names)): cursor}
        beyond = with_ends._replace(arguments=arguments)
        for each in draw.draw(wordings(replaced(question, field, beyond), 3)):
            await alike(remembering, each, tally)


def _under(key: str, value: Any) -> Iterator[str]:
    """The texts of all objects under a response key."""
    for name, each in value.items() if isinstance(value, dict) else enumerate(value or ()):
        if name == key:
            yield from filter(None, each.values())
        elif isinstance(each, dict | list):
            yield from _under(key, each)


@given(question=questions(), draw=st.data())
@examples(30)
async def test_over_http(
    question: tuple[Field, ...], draw: st.DataObject, remembering: Remembering
) -> None:
    """Its bytes are those of the walk, in a response's order of keys."""
    asked = draw.draw(mistakes(question) | st.just(question))
    transport = httpx.ASGITransport(create_app(remembering))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as web:
        for each in draw.draw(wordings(asked, 4)):
            assume(_is_small(each.text) and not _is_tangled(each.text))
            body = {"query": each.text, "variables": each.variables, "operationName": each.name}
            answer = orjson.loads((await web.post("/graphql", json=body)).content)
            walked = (await both(remembering, *each)).walked
            assert orjson.dumps(answer.get("data")) == walked.data, each
            assert sorted(answer.get("errors", ()), key=repr) == walked.errors, each


def _is_tangled(text: str) -> bool:
    """Whether graphql-core gives up finding out which fields are to be merged."""
    found = DOCUMENTS.get(text)
    return isinstance(found, list) and [each.message for each in found] == ["Validation aborted."]


def _is_small(text: str) -> bool:
    """Whether it is within the limits, which only requests have."""
    try:
        check_document(parse(text))
    except GraphQLError:
        return False
    return True
