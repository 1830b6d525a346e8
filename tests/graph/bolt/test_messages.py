"""Bolt's messages: any value, in any chunks, in whatever pieces a socket gives."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from neo4j._codec.packstream._common import Structure

from graph.bolt import Unsupported
from graph.bolt.messages import Messages, Tag, packed, unpacked

integers = st.integers(-(2**63), 2**63 - 1)
texts = st.text(st.characters(exclude_categories=["Cs"]))
plain = st.none() | st.booleans() | integers | st.floats(allow_nan=False) | texts | st.binary()
values = st.recursive(
    plain, lambda inner: st.lists(inner) | st.dictionaries(texts, inner), max_leaves=30
)


def one(wire: bytes) -> Any:
    [message] = Messages().feed(wire)
    return unpacked(message)


@given(values)
def test_what_is_packed_is_unpacked(value: object) -> None:
    assert one(packed(Tag.RECORD, value)) == value


@given(st.lists(values, max_size=5), st.data())
def test_messages_are_put_together_from_any_pieces(sent: list[object], data: st.DataObject) -> None:
    wire = b"".join(packed(Tag.RECORD, value) for value in sent)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(wire)))))
    pieces = [wire[a:b] for a, b in zip([0, *cuts], [*cuts, len(wire)], strict=True)]
    messages = Messages()
    assert [unpacked(m) for piece in pieces for m in messages.feed(piece)] == sent


@given(values, st.data())
def test_chunks_may_be_of_any_size(value: object, data: st.DataObject) -> None:
    [message] = Messages().feed(packed(Tag.RECORD, value))
    wire = bytearray()
    while message:
        size = data.draw(st.integers(1, 0xFFFF))
        chunk, message = message[:size], message[size:]
        wire += len(chunk).to_bytes(2, "big") + chunk
    assert one(bytes(wire) + b"\0\0") == value


def test_empty_messages_between_messages_say_nothing() -> None:
    wire = b"\0\0" + packed(Tag.RECORD, 1) + b"\0\0\0\0" + packed(Tag.RECORD, 2)
    assert [unpacked(message) for message in Messages().feed(wire)] == [1, 2]


@pytest.mark.parametrize("size", [0, 15, 16, 255, 256, 65_535, 65_536, 200_000])
def test_sizes_of_every_width(size: int) -> None:
    for value in (
        "x" * size,
        "回" * size,
        b"x" * size,
        [1] * size,
        {str(n): n for n in range(size)},
    ):
        assert one(packed(Tag.RECORD, value)) == value


@pytest.mark.parametrize("bits", [0, 4, 7, 8, 15, 16, 31, 32, 63])
def test_integers_of_every_width(bits: int) -> None:
    numbers = [2**bits - 1, -(2**bits)]
    assert one(packed(Tag.RECORD, numbers)) == numbers


@pytest.mark.parametrize("value", [2**63, date(2026, 11, 21), object(), "\ud800"])
def test_a_parameter_that_only_the_driver_knows(value: object) -> None:
    with pytest.raises(Unsupported):
        packed(Tag.RECORD, {"value": [value]})


def test_a_value_that_only_the_driver_knows() -> None:
    with pytest.raises(Unsupported, match="b'N'"):
        one(packed(Tag.RECORD, [1, Structure(b"N", 7)]))


def test_a_kind_of_value_that_nobody_knows() -> None:
    with pytest.raises(Unsupported, match="DF"):
        one(b"\0\x03\xb1\x71\xdf\0\0")
