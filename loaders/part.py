"""A part of a search: MATCH clauses with one WHERE."""

from dataclasses import dataclass, field

from loaders.anchors import Strength, Where


@dataclass
class Part:
    """``multiplies``: a row may come more than once. ``followed``: the relation, its filter and its
    variable, where the part is a ``some``. ``starts``: nothing is known yet of what is looked for.
    ``room``: what leads to no more than this is found once for all rows, else it is looked for row
    by row; but only what is ``near``, where the rows are given and may be few. ``scans``: it goes
    through everything of a type, and is ``loose`` where most of that remains.
    """

    matches: list[str] = field(default_factory=list)
    predicates: list[str] = field(default_factory=list)
    multiplies: bool = False
    followed: tuple[str, Where, str] | None = None
    starts: bool = False
    room: Strength = Strength.KEY
    near: bool = True
    scans: bool = False
    loose: bool = False

    def within(self) -> "Part":
        """An empty one for what is looked for in each row of this."""
        return Part(room=self.room, near=self.near)

    @property
    def where(self) -> list[str]:
        return [f"WHERE {' AND '.join(self.predicates)}"] if self.predicates else []

    @property
    def lines(self) -> list[str]:
        return self.matches + self.where

    def __str__(self) -> str:
        return "\n".join(self.lines)
