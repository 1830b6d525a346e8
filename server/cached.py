"""Cached answers: what equal questions are answered with while the graph stays as it is."""

from dataclasses import dataclass, field
from hashlib import blake2b
from importlib.metadata import version
from typing import NamedTuple

import orjson

from loaders.recent import Recent
from server.question import Question

PROGRAM = version("filmograph").encode()
OVERHEAD = 500
"""Bytes that an answer takes beyond its content and its question."""


class Caching(NamedTuple):
    """How answers are kept: here, in ``room`` bytes (0: not at all), and by others, as ``control``
    tells them. Both lag behind the graph by at most ``staleness`` seconds.
    """

    room: int = 0
    control: str = "no-cache"
    staleness: float = 1.0

    @property
    def shared(self) -> bool:
        """Whether others may send to one client what they have kept for another, unasked."""
        return not any(word in self.control for word in ("no-cache", "no-store", "private"))


NOT_KEPT = Caching()


class Key(NamedTuple):
    """What is equal for equal questions."""

    query: str
    operation_name: str | None
    variables: bytes

    @classmethod
    def of(cls, question: Question) -> "Key":
        variables = orjson.dumps(question.variables, option=orjson.OPT_SORT_KEYS)
        return cls(question.query, question.operation_name, variables)

    def tag(self, revision: bytes, media_type: str) -> str:
        """The ETag of the answer at a revision. It is weak: of what an answer says about its cost,
        some may differ from client to client.
        """
        name = (self.operation_name or "").encode()
        parts = (PROGRAM, revision, media_type.encode(), name, self.variables, self.query.encode())
        # Only the last may have a NUL, in a comment.
        digest = blake2b(b"\0".join(parts), digest_size=16).hexdigest()
        return f'W/"{digest}"'


@dataclass
class Cached:
    """The contents of answers, all of one revision."""

    room: int
    revision: bytes | None = None
    contents: Recent[Key, bytes] = field(init=False)

    def __post_init__(self) -> None:
        self.contents = Recent(self.room)

    def get(self, revision: bytes, key: Key) -> bytes | None:
        """The content of the answer at this revision."""
        if revision != self.revision:
            self.revision = revision
            self.contents = Recent(self.room)
        return self.contents.get(key)

    def put(self, revision: bytes, key: Key, content: bytes) -> None:
        """Keep what was read from the graph after it had this revision, unless it has another one
        by now.
        """
        if revision == self.revision:
            size = len(content) + len(key.query) + len(key.variables) + OVERHEAD
            self.contents.put(key, content, size)
