"""What an import did: to nodes, by label, and to the rows of its source, by table."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Outcome(StrEnum):
    """What became of a row. MERGED: it joined what the graph held already by another's word, or
    states what another row states as well.
    """

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    MERGED = "merged"
    SKIPPED = "skipped"


Rows = dict[str, Counter[Outcome]]
"""How many rows had which outcome, by table."""


@dataclass
class Account:
    """How many nodes an import created, changed, found as they should be, and removed, by label;
    and the rows of a source that is read row by row.
    """

    created: Counter[str] = field(default_factory=Counter)
    updated: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    removed: Counter[str] = field(default_factory=Counter)
    rows: Rows = field(default_factory=dict)

    @property
    def writes(self) -> bool:
        return bool(self.created or self.updated or self.removed)

    def count(self, table: str, outcome: Outcome, number: int = 1) -> None:
        self.rows.setdefault(table, Counter())[outcome] += number

    def add(self, other: "Account") -> None:
        for mine, theirs in (
            (self.created, other.created),
            (self.updated, other.updated),
            (self.unchanged, other.unchanged),
            (self.removed, other.removed),
        ):
            mine.update(theirs)
        for table, outcomes in other.rows.items():
            self.rows.setdefault(table, Counter()).update(outcomes)

    def tables(self) -> dict[str, dict[str, int]]:
        """The rows of each table that were read, and how many had which outcome."""
        return {
            table: {"read": outcomes.total()} | {str(each): outcomes[each] for each in Outcome}
            for table, outcomes in self.rows.items()
        }

    def totals(self) -> Mapping[str, int]:
        """How many rows were accounted for, by table."""
        return {table: outcomes.total() for table, outcomes in self.rows.items()}
