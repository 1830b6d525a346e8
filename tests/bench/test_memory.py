"""Questions of which no two are the same."""

import orjson
from graphql import parse, validate

from bench.memory import document
from schema.schema import executable


def query(number: int) -> str:
    text: str = orjson.loads(document(number, "work:1"))["query"]
    return text


def test_all_are_different_and_valid() -> None:
    texts = {query(number) for number in range(0, 100_000, 97)}
    assert len(texts) == len(range(0, 100_000, 97))
    assert [each for each in texts if validate(executable, parse(each))] == []


def test_they_are_short_and_long() -> None:
    lengths = [len(query(number)) for number in range(0, 100_000, 990)]
    assert min(lengths) < 400
    assert max(lengths) > 2000
