"""Walks: everything of a type in an order that Neo4j reads from an index, no more than is wanted.

It does so where the first key is a property that is known to be there. Rows without it come last,
and are only looked for where the others do not fill the page.
"""

from typing import NamedTuple

from loaders.orders import Key, Order
from loaders.part import Part


class Walk(NamedTuple):
    """``part`` matches everything, each but once; ``names`` are those of the order's keys."""

    part: Part
    variables: list[str]
    order: Order
    names: list[str]

    @property
    def first(self) -> Key:
        return self.order.keys[0]

    def known(self, cursor: str | None, *, before: bool) -> list[str]:
        """The rows that have the first key, from or up to that of a cursor."""
        beyond = "<=" if before != self.first.descending else ">="
        bound = [f"{self.first.cypher} {beyond} {cursor}[0]"] if cursor else []
        return self._rows(f"{self.first.cypher} IS NOT NULL", *bound)

    def unknown(self) -> list[str]:
        """The others."""
        return self._rows(f"{self.first.cypher} IS NULL")

    @property
    def keys(self) -> list[Key]:
        """Those of the known rows."""
        return [self.first._replace(nullable=False), *self.order.keys[1:]]

    def _rows(self, *predicates: str) -> list[str]:
        joins = self.order.joins
        of = [self.first.of] if joins else []  # tells Neo4j which index has it
        part = Part([*self.part.matches, *joins], [*self.part.predicates, *of, *predicates])
        keys = [
            f"{key.cypher} AS {name}" for key, name in zip(self.order.keys, self.names, strict=True)
        ]
        return [*part.lines, f"WITH {', '.join([*self.variables, *keys])}"]
