"""Whatever a client asks, right or wrong, the server answers it and keeps its insides to itself.

Schemathesis writes questions from the SDL. It sees arguments that are plain strings and numbers
there by types of their own, so that pages, cursors and identifiers are sometimes right, sometimes
nearly.
"""

import base64
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
import schemathesis
from graphql import (
    NullValueNode,
    ObjectValueNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    build_schema,
    get_nullable_type,
    is_input_object_type,
    parse,
    print_ast,
    visit,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.graphql import nodes

from graph.client import Client
from loaders import cursors
from tests.examples import examples

SDL = (Path(__file__).parents[2] / "schema" / "schema.graphql").read_text()
RENAMED = {
    r"\bfirst: Int\b": "first: First",
    r"\blast: Int\b": "last: Last",
    r"\b(after|before): String\b": r"\1: Cursor",
    r"\b(slug|site): String\b": r"\1: Key",
}
IDS = ["work:bangumi-3627", "person:bangumi-2057", "composer", "director", "sequel"]
KEYS = ["memories", "magnetic-rose", "katsuhiro-otomo", "akira", "bangumi", "ann"]
BROKEN = ["", " ", "\0", "\u2028", "'", '"', "\\", "`", "$p0", "null", "ー" * 300, "work:", "-1"]
DATES = ["1995", "1995-12", "1995-12-23", "0000", "9999-12-31", "1995-02-30"]
NO_DATES = ["1995-13", "95", "", "1995-12-23T00:00", "１９９５"]
TAGS = ["ja", "ja-Latn", "zh-Hans", "en", "en-US-x-private"]
NO_TAGS = ["x", "ja_JP", "i-klingon", "", "ja-", "a" * 9]
INTEGERS = st.integers(-(2**63), 2**64 - 1)  # what orjson writes
KEY = st.none() | INTEGERS | st.floats() | st.text() | st.booleans() | st.lists(st.none())
SIZES = [0, 1, 2, 3, 20, 100]
NO_SIZES = [101, -1, 2**31 - 1, -(2**31)]
INSIDES = re.compile(
    r"Traceback|\.py\b|site-packages|/home/|MATCH|RETURN|CALL \{|Cypher|Neo\.|neo4j|bolt:|NoneType"
    r"|object at 0x|graphql-core|strawberry|Error:|Exception|KeyError|codec can't",
    re.IGNORECASE,
)


def renamed(sdl: str) -> str:
    """The SDL with types of their own for those arguments."""
    for pattern, replacement in RENAMED.items():
        sdl, count = re.subn(pattern, replacement, sdl)
        assert count, pattern
    return f"scalar First scalar Last scalar Cursor scalar Key {sdl}"


def some_cursor() -> st.SearchStrategy[str]:
    """Cursors of no list, of a list's form, and what is no cursor."""
    marks, keys = st.sampled_from(["00000000", cursors.mark([]), ""]), st.lists(KEY, max_size=4)
    wrong = st.binary(max_size=20).map(lambda raw: base64.urlsafe_b64encode(raw).decode())
    return st.builds(cursors.encode, marks, keys) | wrong | st.sampled_from(BROKEN)


def mostly(right: st.SearchStrategy[Any], wrong: st.SearchStrategy[Any]) -> Any:
    """A question has many values, and is only answered when all are right."""
    return st.integers(0, 19).flatmap(lambda number: right if number else wrong)


def text(right: list[str], wrong: list[str]) -> Any:
    return mostly(st.sampled_from(right), st.sampled_from(wrong)).map(nodes.String)


SIZE = mostly(st.sampled_from(SIZES), st.sampled_from(NO_SIZES)).map(nodes.Int)
for name, strategy in {
    "First": SIZE,
    "Last": mostly(st.just(nodes.Null), SIZE),
    "Cursor": mostly(st.just(nodes.Null), some_cursor().map(nodes.String)),
    "ID": text(IDS, BROKEN) | st.integers().map(nodes.Int),
    "Key": text(KEYS, BROKEN),
    "PartialDate": text(DATES, NO_DATES),
    "LanguageTag": text(TAGS, NO_TAGS),
}.items():
    schemathesis.graphql.scalar(name, strategy)

SCHEMA = schemathesis.graphql.from_file(renamed(SDL))
PUBLIC = build_schema(SDL)
QUERY = PUBLIC.query_type
assert QUERY is not None


EXAMINED = settings(examples(10), suppress_health_check=list(HealthCheck))


class OneKey(Visitor):
    """Leaves one key in the orders, of which Schemathesis does not know that they take one."""

    def __init__(self, types: TypeInfo) -> None:
        super().__init__()
        self.types = types

    def enter_object_value(self, node: ObjectValueNode, *_: Any) -> ObjectValueNode | None:
        type_ = get_nullable_type(self.types.get_input_type())
        if not is_input_object_type(type_) or not type_.is_one_of or len(node.fields) < 2:
            return None
        given = [each for each in node.fields if not isinstance(each.value, NullValueNode)]
        return ObjectValueNode(fields=tuple(given[:1]))


def with_one_key(question: str) -> str:
    document, types = parse(question), TypeInfo(PUBLIC)
    return print_ast(visit(document, TypeInfoVisitor(types, OneKey(types))))


@pytest.fixture
def asked(server_url: str, catalogue: Client) -> Iterator[httpx.Client]:
    """The running server, on the catalogue."""
    with httpx.Client(base_url=server_url, timeout=60) as asked:
        yield asked


def ask(asked: httpx.Client, question: str) -> dict[str, Any]:
    """The answer, in which nothing internal is to be seen."""
    response = asked.post("/graphql", json={"query": question})
    assert response.status_code == 200, (question, response.text)
    answer: dict[str, Any] = response.json()
    for error in answer.get("errors", ()):
        code = error.get("extensions", {}).get("code")
        assert code in (None, "MAX_COST_EXCEEDED"), (question, error)
        assert not INSIDES.search(error["message"]), (question, error)
    return answer


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("field", QUERY.fields)
@EXAMINED
@given(data=st.data())
def test_any_question_is_answered(
    field: str, mode: GenerationMode, data: st.DataObject, asked: httpx.Client
) -> None:
    case = data.draw(SCHEMA["Query"][field].as_strategy(generation_mode=mode))
    assert isinstance(case.body, str)
    right = mode is GenerationMode.POSITIVE
    answer = ask(asked, with_one_key(case.body) if right else case.body)
    assert answer.get("data") or answer["errors"]


LISTS = [
    "works(orderBy: [{released: DESC}, {rating: ASC}], %s) {pageInfo {endCursor}}",
    "people(orderBy: [{credits: {count: DESC}}], %s) {pageInfo {endCursor}}",
    "segments(orderBy: [{position: ASC}], %s) {pageInfo {endCursor}}",
    "terms(%s) {pageInfo {endCursor}}",
    'work(slug: "memories") {credits(%s) {pageInfo {endCursor}}}',
    'work(slug: "memories") {characters(%s) {pageInfo {endCursor}}}',
    'work(slug: "memories") {relations(%s) {pageInfo {endCursor}}}',
    'work(slug: "memories") {similar(%s) {pageInfo {endCursor}}}',
]


@pytest.mark.parametrize("field", LISTS)
@EXAMINED
@given(data=st.data())
def test_a_cursor_that_was_tampered_with_is_a_place_in_the_list_or_refused(
    field: str, data: st.DataObject, asked: httpx.Client
) -> None:
    answer = ask(asked, f"{{{field % 'first: 1'}}}")["data"]
    while "pageInfo" not in answer:
        (answer,) = answer.values()
    mark, *keys = orjson.loads(base64.b64decode(answer["pageInfo"]["endCursor"] + "===", "-_"))
    keys[data.draw(st.integers(0, len(keys) - 1))] = data.draw(KEY)
    answer = ask(asked, f'{{{field % f"""after: "{cursors.encode(mark, keys)}" """}}}')
    assert answer.get("data") or "Argument 'after'" in answer["errors"][0]["message"]
