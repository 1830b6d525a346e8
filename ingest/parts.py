"""A large source in parts: each is imported, or found unchanged, as a whole.

A part is an origin of its own, and what several parts speak of (a studio, a tag) is a part itself.
So an import can be interrupted and go on, and a second run looks at digests only.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ingest.records import Dataset, Row


class Skipped(NamedTuple):
    """A row that was not imported, and why."""

    row: Row
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What the rows of a part say: the dataset, whose records name their rows, and the rows that
    yield no record.

    ``merged`` are rows that state what another row states, ``notes`` what a person should look at
    although nothing is lost by it ("person.jsonlines:12: infobox: ...").
    """

    dataset: Dataset
    skipped: tuple[Skipped, ...] = ()
    merged: tuple[Row, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """``origin`` names it for good ("bangumi/subject/3627"), ``digest`` is of its rows and of the
    rules that read them. ``rows`` counts its rows by table. ``read`` reads them.

    ``entity`` is the id of the entity (or of the relation's node) whose citation holds the digest;
    the dataset has it, unless all of the part is skipped.
    """

    origin: str
    entity: str
    digest: str
    rows: Mapping[str, int]
    read: Callable[[], Reading]


Stage = Iterable[Part]
"""Parts that are independent of each other, and refer only to what earlier stages state."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A source that is ready to be imported in parts.

    ``origin`` is what the origins of its parts begin with ("bangumi" for "bangumi/subject/3627"),
    ``file`` the name of what is read. ``rows`` counts all its rows by table: those of its parts,
    and those in ``skipped``, which belong to no part.
    """

    origin: str
    file: str
    rows: Mapping[str, int]
    stages: Sequence[Stage]
    skipped: Iterable[Skipped] = ()
