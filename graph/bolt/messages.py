"""Bolt's messages: packed and unpacked by the driver's own codec, cut into chunks and put together.

The codec is the driver's, in Rust where that is installed, and private: of a driver that keeps it
elsewhere, importing this raises ImportError.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any, NoReturn

from neo4j._codec.packstream._common import Structure, UnpackableBuffer
from neo4j._codec.packstream.v1 import Packer, Unpacker

from graph.bolt import Unsupported

CHUNK_BYTES = 0xFFFF
TAG, FIELDS = 1, 2  # where they stand in a message

# None of it has types.
_packer: Any = Packer
_unpacker: Any = Unpacker
_buffer: Any = UnpackableBuffer


class Tag(IntEnum):
    """What a message is; others are summaries of what went well, or was left out."""

    HELLO = 0x01
    GOODBYE = 0x02
    RESET = 0x0F
    RUN = 0x10
    PULL = 0x3F
    LOGON = 0x6A
    RECORD = 0x71
    FAILURE = 0x7F


def packed(tag: Tag, *fields: object) -> bytes:
    """A message, in chunks. Raises Unsupported for a field that needs the driver's types."""
    buffer = _packer.new_packable_buffer()
    try:
        _packer(buffer).pack_struct(bytes([tag]), fields)
    except (TypeError, ValueError, OverflowError) as error:
        raise Unsupported(str(error)) from error
    message = bytes(buffer.data)
    chunks = (message[at : at + CHUNK_BYTES] for at in range(0, len(message), CHUNK_BYTES))
    return b"".join(len(chunk).to_bytes(2, "big") + chunk for chunk in chunks) + b"\0\0"


def unpacked(message: bytearray) -> Any:
    """A message's first field. Raises Unsupported for nodes, times, points and what comes later."""
    buffer = _buffer(message)
    buffer.p = FIELDS
    try:
        return _unpacker(buffer).unpack(PLAIN)
    except ValueError as error:
        raise Unsupported(str(error)) from error


def _refuse(structure: Structure) -> NoReturn:
    raise Unsupported(f"a structure with the tag {structure.tag!r}")


PLAIN = {Structure: _refuse}


class Messages:
    """Puts messages together from the pieces that a socket gives."""

    def __init__(self) -> None:
        self._received = bytearray()
        self._message = bytearray()

    def feed(self, data: bytes) -> list[bytearray]:
        """The messages that end in these bytes. An empty one only keeps a connection alive."""
        received = self._received
        received += data
        messages, at, end = [], 0, len(received)
        while (start := at + 2) <= end:
            size = received[at] << 8 | received[at + 1]
            if start + size > end:
                break
            at = start + size
            if size:
                self._message += received[start:at]
            elif self._message:
                messages.append(self._message)
                self._message = bytearray()
        del received[:at]
        return messages
