"""People who stand in infoboxes as text, and in no row of the staff.

A name that a row of the subject has in the same role says nothing new. Else it means whom the dump
has by that name, but only where one fits who works on the like; several are for a person to decide.
Whom the dump has not is somebody by the name alone, and so is whoever is in doubt, on that subject.
"""

import re
from collections.abc import Iterable, Set
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Final, NamedTuple

from ingest.bangumi.codes import Codes
from ingest.bangumi.contributors import called
from ingest.bangumi.organizations import looks_like_company
from ingest.bangumi.staging import Staging
from ingest.identity import BANGUMI, name_key, script_of
from ingest.records import Citation, Entity, EntityType, Name

OWN: Final = f"person:{BANGUMI}-name-"
"""What the ids of people begin with who are known by their names: no other source has these."""
_PERSONAL: Final = re.compile(
    r"[\u3041-\u3096\u3400-\u9fff]|^[A-Z][a-z]+(?: [A-Z]\.)? [A-Z][a-z]+$"
)
"""What names of people have; a company in brackets behind others (カプコン) may be the same."""
_ALIKE: Final = 2
"""So many signs, or words of letters, in common may be the same name, otherwise spelled."""


def individual(slug: str, spellings: Iterable[tuple[str, str | None]]) -> Entity:
    """Somebody who is known by the name alone, in all spellings, the most used first."""
    cited = (Citation(BANGUMI),)
    names = tuple(
        Name(text, "ORIGINAL" if place == 0 else "ALIAS", language, cited)
        for place, (text, language) in enumerate(spellings)
    )
    return Entity(EntityType.PERSON, OWN + slug, slug, names, cited)


class _Text(NamedTuple):
    """A staged name: who is to be found by it."""

    subject: int
    role: str
    name: str
    other: str
    scope: str
    language: str | None
    slug: str


class Individuals:
    """Who is meant by the people that the staged mentions name. The view `named_company` has the
    companies that are known by name, under whatever key they stand.
    """

    def __init__(self, staging: Staging, codes: Codes) -> None:
        self.database = staging.database
        self.codes = codes
        self.called = lru_cache(maxsize=1 << 14)(self._called)
        self.keys = lru_cache(maxsize=1 << 14)(self._keys)
        for table in (
            "maker (subject INTEGER, role TEXT, entity TEXT, scope TEXT, name TEXT, language TEXT,"
            " slug TEXT)",
            "doubt (entity TEXT, candidate TEXT)",
        ):
            self.database.execute(f"CREATE TABLE {table}")
        # A view of several databases is a temporary one.
        self.database.execute(
            "CREATE TEMP VIEW named_company AS SELECT slug, name, entity FROM"
            " (SELECT slug, name, entity FROM company JOIN organization USING (slug)"
            " UNION ALL SELECT slug, name, entity FROM maker)"
            " WHERE entity = 'organization:' || slug"
        )

    def settle(self) -> None:
        """Decides who is meant by each name. Organizations are settled before."""
        for index in (
            'staff_person ON "subject-persons" (other)',
            'relation_other ON "subject-relations" (other)',
        ):
            self.database.execute(f"CREATE INDEX {index}")
        texts = self.database.execute(
            "SELECT subject, role, name, other, scope, language, slug FROM individual"
            " ORDER BY subject, place"
        )
        for subject, rows in groupby(map(_Text._make, texts), key=attrgetter("subject")):
            self._settle(subject, list(rows))
        self.database.execute("CREATE INDEX maker_subject ON maker (subject)")
        self.database.execute("CREATE INDEX maker_entity ON maker (entity)")

    def _settle(self, subject: int, texts: list[_Text]) -> None:
        staff = self._staff(subject)
        meant = {text: (self.called(text.name), self._also_called(text)) for text in texts}
        named = {who for text in texts for who in self.called(text.name) | self.called(text.other)}
        for text, (by_name, by_other) in meant.items():
            holders = {who for who, roles in staff.items() if text.role in roles}
            if not holders.isdisjoint(by_name | by_other):
                continue
            if self._is_one_of(text, holders - named):
                self._add(text, None)
            else:
                self._add(text, self._meant(text, by_name or by_other, staff.keys()))

    def _is_one_of(self, text: _Text, holders: set[int]) -> bool:
        """Whether the rows may give the role to the same person by another name: to anybody whom
        the infobox does not name, where one alone has the role, else to somebody named alike.
        """
        if text.role in self.codes.sole:
            return bool(holders)
        keys = [key for who in holders for key in self.keys(who)]
        signs = _signs(name_key(text.name))
        return any(len(signs & _signs(key)) >= min(_ALIKE, len(signs)) for key in keys)

    def _add(self, text: _Text, meant: list[str] | None) -> None:
        """`meant`: one, or several that may be; None where the rows may call him otherwise."""
        entity = meant[0] if meant else None
        rows = ((entity, candidate) for candidate in (meant or ())[1:])
        self.database.executemany("INSERT INTO doubt VALUES (?, ?)", rows)
        self.database.execute(
            "INSERT INTO maker VALUES (?, ?, ?, ?, ?, ?, ?)",
            (text.subject, text.role, entity, text.scope, text.name, text.language, text.slug),
        )

    def _meant(self, text: _Text, candidates: Set[int], staff: Set[int]) -> list[str]:
        """The one whom the name means: a company that alone is called so, or who alone works on
        the like. More than one: in doubt, even with one candidate.
        """
        own = OWN + text.slug
        near = candidates & staff or self._on_related(text.subject, candidates)
        if len(near) == 1:
            return self._entities(near)
        entities = self._entities(candidates)
        is_company = bool(entities) and entities[0].startswith("organization:")
        if len(entities) == 1 and (is_company or self._does_the_like(candidates, text.role)):
            return entities
        if entities:
            return [own, *entities]
        return [self._organization(text) or own]

    def _staff(self, subject: int) -> dict[int, set[str]]:
        """Who works on a subject, in which roles, wider ones too."""
        found: dict[int, set[str]] = {}
        for who, code in self.database.execute(
            'SELECT other, third FROM "subject-persons" WHERE part = ?', (subject,)
        ):
            found.setdefault(who, set()).update(self.codes.wider(self.codes.roles.get(code)))
        return found

    def _called(self, name: str) -> frozenset[int]:
        return called(self.database, name_key(name)) if name else frozenset()

    def _also_called(self, text: _Text) -> frozenset[int]:
        """Who has the other name; behind a person's name a company is whom they work for."""
        found = self.called(text.other)
        if not found or looks_like_company(text.name) or not _PERSONAL.search(text.name):
            return found
        query = "SELECT 1 FROM contributor WHERE id = ? AND type = 'Person'"
        return frozenset(who for who in found if self.database.execute(query, (who,)).fetchone())

    def _keys(self, who: int) -> list[str]:
        query = "SELECT key FROM contributor_name WHERE id = ?"
        return [key for (key,) in self.database.execute(query, (who,))]

    def _on_related(self, subject: int, candidates: Set[int]) -> Set[int]:
        query = (
            'SELECT 1 FROM "subject-persons" WHERE other = ?1 AND part IN ('
            'SELECT other FROM "subject-relations" WHERE part = ?2'
            ' UNION SELECT part FROM "subject-relations" WHERE other = ?2)'
        )
        return {
            who for who in candidates if self.database.execute(query, (who, subject)).fetchone()
        }

    def _does_the_like(self, people: Iterable[int], role: str) -> bool:
        """Whether they have a role of the same family on any subject."""
        family = self.codes.wider(role)[-1]
        query = 'SELECT DISTINCT third FROM "subject-persons" WHERE other = ?'
        return any(
            family in self.codes.wider(self.codes.roles.get(code))
            for who in people
            for (code,) in self.database.execute(query, (who,))
        )

    def _organization(self, text: _Text) -> str | None:
        """The organization that is called so, if the name or the use of it tells that it is one."""
        query = (
            "SELECT entity, count(DISTINCT subject) FROM organization JOIN company USING (slug)"
            " WHERE slug = ? GROUP BY entity"
        )
        entity, uses = self.database.execute(query, (text.slug,)).fetchone() or (None, 0)
        if looks_like_company(text.name):
            return entity or f"organization:{text.slug}"
        return entity if uses > 1 else None

    def _entities(self, people: Iterable[int]) -> list[str]:
        query = "SELECT entity FROM contributor WHERE id = ?"
        return [self.database.execute(query, (who,)).fetchone()[0] for who in sorted(people)]


def _signs(key: str) -> Set[str]:
    """What names in this script are alike by."""
    return set(key.split()) if script_of(key) == "Latn" else set(key) - {" "}
