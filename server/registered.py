"""Registered operations: documents that clients name by an id instead of sending their text.

An id is what stands in the store, or a document's sha256 in hexadecimal digits, with or without
`sha256:` before it. https://graphql.github.io/graphql-over-http/draft/ has it as `documentId`,
Apollo's clients as the extension `persistedQuery`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from loaders.recent import Recent
from server.question import Question

PREFIX = "sha256:"
ROOM = 8 * 2**20
"""For what clients have registered by themselves."""
OVERHEAD = 300
"""Bytes that an id and its text take beyond their letters."""


class Unregistered(Exception):
    """The document is not known by this id, or may not be asked. The status is the one for
    application/graphql-response+json.
    """

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code

    @property
    def formatted(self) -> dict[str, Any]:
        return {"message": str(self), "extensions": {"code": self.code}}


@dataclass
class Registered:
    """The documents by their ids, without `sha256:`. ``only``: no other ones are answered."""

    documents: Mapping[str, str] = field(default_factory=dict)
    only: bool = False
    recent: Recent[str, str] = field(default_factory=lambda: Recent(ROOM))

    def __post_init__(self) -> None:
        self.texts = frozenset(self.documents.values())
        self.known = {digest(text): text for text in self.texts} | dict(self.documents)

    def text(self, question: Question) -> str:
        """The document that is asked. Raises Unregistered."""
        if question.document_id is None:
            return self._allowed(question.query)
        id_ = question.document_id.removeprefix(PREFIX)
        if not question.query:
            return self._known(id_)
        if digest(question.query) != id_ and self.known.get(id_) != question.query:
            raise Unregistered(400, "PERSISTED_QUERY_MISMATCH", "The id is not this document's.")
        return self._remembered(id_, self._allowed(question.query))

    def _known(self, id_: str) -> str:
        text = self.known.get(id_) or self.recent.get(id_)
        if text is None:
            # By this message Apollo's clients know that they have to send the text as well.
            raise Unregistered(400, "PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound")
        return text

    def _allowed(self, text: str) -> str:
        if self.only and text not in self.texts:
            raise Unregistered(
                403, "PERSISTED_QUERY_ONLY", "Only registered operations are answered here."
            )
        return text

    def _remembered(self, id_: str, text: str) -> str:
        self.recent.put(id_, text, len(text) + OVERHEAD)
        return text


def digest(text: str) -> str:
    """The sha256 of a document, as ids have it."""
    return sha256(text.encode()).hexdigest()
