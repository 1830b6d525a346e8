"""Who did what on a subject, by the rows of its staff and casts and by its infobox."""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from ingest.bangumi.rows import Cast, Staff
from ingest.bangumi.scopes import NumberedPart, NumberedParts
from ingest.records import Cited, Credit, Row

VOICE_ACTOR: Final = "voice-actor"
ACTOR: Final = "actor"

Key = tuple[str | None, ...]


class Maker(NamedTuple):
    """Somebody or a company that the infobox names: in which role, and which entity it is; None
    where it may be somebody to whom a row gives the role under another name.
    """

    role: str
    entity: str | None
    scope: str
    name: str


class Credits:
    """The credits of one subject, each once. A row that states nothing new is in `merged`."""

    def __init__(self, on: str, cited: Cited, parts: Iterable[NumberedPart]) -> None:
        self.on = on
        self.cited = cited
        self.parts = NumberedParts(parts)
        self.merged: list[Row] = []
        self._found: dict[Key, Credit] = {}

    def __iter__(self) -> Iterator[Credit]:
        return iter(self._found.values())

    def staff(self, row: Row, staff: Staff, who: str, role: str) -> None:
        """On the parts that the scope names, if it names any, else on the whole, with the scope."""
        self._add(row, self._scoped(who, role, staff.scope, row))

    def cast(self, row: Row, cast: Cast, who: str, role: str, language: str | None) -> None:
        credit = Credit(
            who,
            role,
            self.on,
            self.cited,
            character=f"character:bangumi-{cast.character}",
            language=language,
            position=len(self._found) + 1,
            row=row,
        )
        self._add(row, [credit])

    def maker(self, maker: Maker) -> None:
        """Of the subject's own row, whose infobox it is."""
        if maker.entity is not None:
            for credit in self._scoped(maker.entity, maker.role, maker.scope, None):
                self._found.setdefault(_key(credit), credit)

    def _scoped(self, who: str, role: str, written: str, row: Row | None) -> list[Credit]:
        named = self.parts.in_scope(written) if written else None
        scope = written if written and not named else None
        position = len(self._found) + 1
        return [
            Credit(who, role, on, self.cited, scope=scope, position=position, row=row)
            for on in named or (self.on,)
        ]

    def _add(self, row: Row, credits: list[Credit]) -> None:
        new = [credit for credit in credits if _key(credit) not in self._found]
        self._found.update((_key(credit), credit) for credit in new)
        if not new:
            self.merged.append(row)


def _key(credit: Credit) -> Key:
    return (credit.contributor, credit.role, credit.on, credit.character, credit.language)
