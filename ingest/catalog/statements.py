"""What the catalogue says of creations and others: credits, parts played, terms, relations, ..."""

from collections.abc import Iterator
from itertools import count
from typing import Final

from ingest.catalog.document import Part, meant
from ingest.catalog.entities import is_date
from ingest.catalog.entry import Entry, Index, Once
from ingest.catalog.vocabulary import Words
from ingest.records import (
    Appearance,
    Credit,
    EntityType,
    FranchiseEntry,
    MusicUse,
    Relation,
    Release,
    Scoring,
    Tagging,
)

CREATIONS: Final = (
    EntityType.WORK,
    EntityType.SEGMENT,
    EntityType.SOUNDTRACK,
    EntityType.TRACK,
)
CONTRIBUTORS: Final = (EntityType.PERSON, EntityType.ORGANIZATION)
VOICE_ACTOR: Final = "voice-actor"


class Statements:
    """Makes records of what creations' entries say, and reports what keeps a fact from being one.

    What the schema has reported already is passed over.
    """

    def __init__(self, words: Words, index: Index) -> None:
        self.words = words
        self.index = index
        self.inverses = {kind.id: kind.inverse for kind in words.vocabulary.relation_kinds}
        self.once = Once()

    def credits(self, entry: Entry) -> Iterator[Credit]:
        for position, part in enumerate(_sound(entry.part, "credits"), start=1):
            who = self._refer(part, "who", *CONTRIBUTORS)
            role = self._word(part, "role", "roles")
            cited = entry.scope.cited(part)
            if who and role and self.once.first(part, "credit", who.id, role, entry.id):
                yield Credit(
                    contributor=who.id,
                    role=role,
                    on=entry.id,
                    cited=cited,
                    credited_as=part.text("as"),
                    scope=part.text("scope"),
                    position=position,
                )

    def cast(self, entry: Entry) -> Iterator[Credit]:
        """Credits of those who play the characters here."""
        positions = count(1)
        for appearance in entry.part.members("characters"):
            character = self._refer(appearance, "who", EntityType.CHARACTER)
            for part in _sound(appearance, "cast"):
                who = self._refer(part, "who", *CONTRIBUTORS)
                role = self._word(part, "role", "roles") if part.get("role") else VOICE_ACTOR
                cited = entry.scope.cited(part)
                if who is None or role is None or character is None:
                    continue
                language = part.text("language")
                key = ("cast", who.id, role, entry.id, character.id, language)
                if self.once.first(part, *key):
                    yield Credit(
                        contributor=who.id,
                        role=role,
                        on=entry.id,
                        cited=cited,
                        character=character.id,
                        language=language,
                        credited_as=part.text("as"),
                        position=next(positions),
                    )

    def appearances(self, entry: Entry) -> Iterator[Appearance]:
        for position, part in enumerate(_sound(entry.part, "characters"), start=1):
            who = self._refer(part, "who", EntityType.CHARACTER)
            cited = entry.scope.cited(part)
            if who and self.once.first(part, "appearance", who.id, entry.id):
                yield Appearance(who.id, entry.id, cited, part.text("billing"), position)

    def taggings(self, entry: Entry) -> Iterator[Tagging]:
        for part in _sound(entry.part, "terms"):
            term = self._refer(part, "term", EntityType.TERM)
            cited = entry.scope.cited(part)
            if term and self.once.first(part, "term", term.id, entry.id):
                yield Tagging(entry.id, term.id, cited, part.data.get("votes"))

    def relations(self, entry: Entry) -> Iterator[Relation]:
        for part in _sound(entry.part, "relations"):
            kind = self._word(part, "kind", "relations")
            target = self._refer(part, "to", *CREATIONS)
            cited = entry.scope.cited(part)
            if kind is None or target is None:
                continue
            if target is entry:
                part.report("is a relation to itself")
                continue
            ends = sorted([(entry.id, kind), (target.id, self.inverses.get(kind, kind))])
            if self.once.first(part, "relation", *ends[0], *ends[1]):
                yield Relation(entry.id, kind, target.id, cited, part.text("note"))

    def releases(self, entry: Entry) -> Iterator[Release]:
        for part in _sound(entry.part, "releases"):
            released = part.get("date")
            if released is not None and not is_date(released):
                continue
            key = (part.text("region"), part.text("date"), part.text("medium"))
            if self.once.first(part, "release", entry.id, *key):
                yield Release(
                    work=entry.id,
                    cited=entry.scope.cited(part),
                    region=part.text("region"),
                    name=part.text("name"),
                    date=part.text("date"),
                    medium=part.text("medium"),
                    rating=part.text("rating"),
                    runtime_minutes=part.data.get("runtimeMinutes"),
                )

    def music_uses(self, entry: Entry) -> Iterator[MusicUse]:
        for part in _sound(entry.part, "uses"):
            place = self._refer(part, "in", EntityType.WORK, EntityType.SEGMENT)
            cited = entry.scope.cited(part)
            use = part.data["use"]
            if place and self.once.first(part, "use", entry.id, place.id, use):
                yield MusicUse(entry.id, place.id, use, cited)

    def scorings(self, entry: Entry) -> Iterator[Scoring]:
        for part in _sound(entry.part, "works"):
            work = self._refer(part, "work", EntityType.WORK)
            cited = entry.scope.cited(part)
            if work and self.once.first(part, "scoring", work.id, entry.id):
                yield Scoring(work.id, entry.id, cited)

    def franchise_entries(self, entry: Entry) -> Iterator[FranchiseEntry]:
        for part in _sound(entry.part, "entries"):
            work = self._refer(part, "work", EntityType.WORK)
            cited = entry.scope.cited(part)
            if work and self.once.first(part, "entry", work.id, entry.id):
                story = part.data.get("story")
                position = None if story is None else float(story)
                yield FranchiseEntry(entry.id, work.id, cited, position)

    def _refer(self, part: Part, key: str, *types: EntityType) -> Entry | None:
        found = part.get(key)
        return self.index.find(found, *types) if found is not None and found.is_sound else None

    def _word(self, part: Part, key: str, section: str) -> str | None:
        """The id of the vocabulary under a key, reported where there is no such thing."""
        found = part.get(key)
        if found is None or found.data in self.words.ids[section]:
            return None if found is None else str(found.data)
        found.report(f"unknown {key} {found.data!r}{meant(found.data, self.words.ids[section])}")
        return None


def _sound(part: Part, key: str) -> Iterator[Part]:
    return (each for each in part.members(key) if each.is_sound)
