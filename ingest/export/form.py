"""The form of an exported graph: its lines, and what they may hold.

A header, the nodes, the edges, a footer; each line is a JSON object whose keys are sorted. Nodes
come by the order of LABELS, then by id; edges by where they start, then by type and end.
"""

import json
from math import isfinite
from typing import Any, Final, NamedTuple

from ingest.ties import TIES

VERSION: Final = 1
NAME: Final = "filmograph export"

LABELS: Final = (
    *("Source", "Role", "RelationKind", "Entity", "Alias", "Credit", "Relation", "Release"),
    *("List", "Name", "Image", "ExternalId", "Import", "Revision"),
)
"""Every node carries one of these; it identifies the node together with its id."""

IDS: Final = {label: "number" if label == "Import" else "id" for label in LABELS}
"""The property that holds the id."""

CLASSES: Final = frozenset(
    {
        *("Creation", "Work", "Segment", "Soundtrack", "Track", "Contributor", "Person"),
        *("Organization", "Character", "Franchise", "Term"),
    }
)
"""Labels that entities carry besides."""

TYPES: Final = frozenset(
    {
        *("BROADER", "WITHIN", "INVERSE", "MEANS", "CITES", "NAMED", "HAS_IMAGE"),
        *("HAS_EXTERNAL_ID", "HAS_CREDIT", "ON", "IN_ROLE", "PLAYS", "HAS_RELATION"),
        *("HAS_RELEASE", "HAS_SEGMENT", "HAS_TRACK", "HAS_SOUNDTRACK", "HAS_TERM", "HAS_ENTRY"),
        *("APPEARS_IN", "USED_IN", "LISTS", *TIES),
    }
)

INDEXED: Final = frozenset(
    {"id", "slug", "key", "sortName", "site", "externalId", "origin", "released"}
)
"""Properties that indexes hold, some of them by their label or type."""
LONGEST: Final = 8000
"""Bytes of such a property's text; an index holds a few more, of one or two."""

Properties = dict[str, Any]


class Header(NamedTuple):
    """``schema`` is the number of the last migration; ``nodes`` and ``edges`` count them by label
    and by type; ``spelling`` is the version of what stands on names for search, ``ties`` that of
    ties: 0 where they are not known to be of any.
    """

    schema: int
    nodes: dict[str, int]
    edges: dict[str, int]
    spelling: int
    ties: int

    @property
    def lines(self) -> int:
        """How many lines come after it."""
        return sum(self.nodes.values()) + sum(self.edges.values()) + 1

    def written(self) -> bytes:
        return encoded(
            {
                "format": NAME,
                "version": VERSION,
                "schema": self.schema,
                "spelling": self.spelling,
                "ties": self.ties,
                "nodes": self.nodes,
                "edges": self.edges,
            }
        )


def encoded(line: dict[str, Any]) -> bytes:
    """One line. Raises ValueError for what JSON cannot hold exactly."""
    text = json.dumps(
        line, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )
    return text.encode() + b"\n"


def is_value(value: object) -> bool:
    """Whether it is a property's value that a line gives back as it was."""
    if isinstance(value, list):
        kinds = {type(item) for item in value}
        return len(kinds) <= 1 and all(_is_scalar(item) for item in value)
    return _is_scalar(value)


def _is_scalar(value: object) -> bool:
    if type(value) is int:
        return -(2**63) <= value < 2**63
    return isfinite(value) if type(value) is float else type(value) in (str, bool)


def identity(labels: list[str]) -> str | None:
    """The label that identifies a node, if these are the labels of one."""
    found = [label for label in LABELS if label in labels]
    others = set(labels) - set(found)
    if len(found) != 1 or len(labels) != len(others) + 1:
        return None
    return found[0] if others <= (CLASSES if found == ["Entity"] else frozenset()) else None
