"""A subject of a dump with all rows that belong to it: works with their parts and makers, albums
with their tracks.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple

from ingest.bangumi import rows
from ingest.bangumi.codes import MUSIC, REAL, Codes
from ingest.bangumi.credits import ACTOR, VOICE_ACTOR, Credits, Maker
from ingest.bangumi.entities import Notes, cited, described, entity, entity_id
from ingest.bangumi.infobox import Infobox
from ingest.bangumi.names import (
    ABROAD,
    JAPAN,
    REGIONS,
    Spelling,
    is_name,
    original_language,
    spellings,
)
from ingest.bangumi.people import imdb_ids
from ingest.bangumi.quantities import minutes, seconds
from ingest.bangumi.rows import Episode, Subject, parsed
from ingest.bangumi.scopes import NumberedPart
from ingest.bangumi.terms import tags_of
from ingest.parts import Reading, Skipped
from ingest.records import Appearance, Dataset, Entity, EntityType, Row, Scalar, Tagging

SERIES: Final = "SERIES"
FILM: Final = "FILM"
MAIN, SPECIAL = 0, 1
EXTRAS: Final = {2: "an opening", 3: "an ending", 4: "a trailer", 5: "a fan video", 6: "an extra"}
BILLINGS: Final = {1: "MAIN", 2: "SUPPORTING", 3: "GUEST"}
RELEASED: Final = ("放送开始", "上映年度", "上映日", "发售日", "发售日期", "发行日期", "开始")
COUNTRIES: Final = ("国家/地区", "首播国家", "地区", "国家")
LENGTH: Final = "片长"
_PLACES: Final = (JAPAN, *REGIONS, *sorted(ABROAD))


class Line(NamedTuple):
    """A row as it stands in the dump, with its line."""

    number: int
    raw: bytes


class Linked(NamedTuple):
    """A row that ties a subject to a person. `latin`: whether its name is in Latin letters."""

    number: int
    raw: bytes
    who: str
    latin: bool


@dataclass(frozen=True, slots=True)
class SubjectRows:
    """All rows of a subject, and whom its infobox names, companies first. `names` are tags
    that name it or who made it, `unread` what in its infobox names nobody.
    """

    subject: Line
    episodes: list[Line] = field(default_factory=list)
    staff: list[Linked] = field(default_factory=list)
    appearances: list[Line] = field(default_factory=list)
    casts: list[Linked] = field(default_factory=list)
    makers: list[Maker] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def read_subject(origin: str, given: SubjectRows, codes: Codes) -> Reading:
    """Everything that the rows say."""
    return SubjectReader(origin, given, codes).read()


class SubjectReader:
    """Reads one subject."""

    def __init__(self, origin: str, given: SubjectRows, codes: Codes) -> None:
        self.origin = origin
        self.given = given
        self.codes = codes
        self.skipped: list[Skipped] = []
        self.merged: list[Row] = []
        row = Row("subject.jsonlines", given.subject.number)
        self.subject = rows.subject(parsed(given.subject.raw))
        self.notes = Notes(row, self.subject.notes)
        self.infobox = self.notes.infobox(self.subject.infobox)
        self.type = subject_type(self.subject.type)
        self.id = entity_id(self.type, self.subject.id)
        self.cited = cited(self.type, self.subject.id)
        self.countries = _countries(self.subject, self.infobox)
        self.episodes = [
            (Row("episode.jsonlines", number), rows.episode(parsed(raw)))
            for number, raw in given.episodes
        ]
        self.kind = self._kind()
        self.numbered: list[NumberedPart] = []
        main = [each.sort for _, each in self.episodes if each.type == MAIN and each.sort]
        self.beyond = int(max(main, default=0))

    def read(self) -> Reading:
        entities = (self.itself(), *self._parts())
        credits = self._credits()
        dataset = Dataset(
            self.origin,
            entities=entities,
            credits=tuple(credits),
            appearances=tuple(self._appearances()),
            taggings=tuple(self._taggings()),
        )
        return Reading(
            dataset,
            skipped=tuple(self.skipped),
            merged=(*credits.merged, *self.merged),
            notes=tuple(self.notes.texts),
        )

    def itself(self) -> Entity:
        """The work or the album."""
        subject = self.subject
        chinese = [subject.name_cn] if subject.name_cn else self.infobox.chinese_names
        language = original_language(subject.name, self.countries)
        names = spellings(subject.name, chinese, self.infobox.aliases, language)
        row = Row("subject.jsonlines", self.given.subject.number)
        return entity(
            self.type,
            subject.id,
            names,
            self._values(),
            row,
            other_ids=imdb_ids(self.infobox, "tt"),
        )

    def _values(self) -> Iterator[tuple[str, Scalar | None]]:
        subject = self.subject
        if self.type is EntityType.WORK:
            yield "kind", self.kind
            if self.kind != SERIES:
                yield "runtimeMinutes", minutes(self.infobox.first(LENGTH) or "")
        yield "released", self.released()
        if subject.score is not None and subject.score > 0:
            yield "rating", float(subject.score)
            yield "ratingCount", subject.votes
        yield from described(subject.summary)
        yield from self._marks()

    def _marks(self) -> Iterator[tuple[str, Scalar | None]]:
        """What is explicit is explicit in all of its parts."""
        if self.subject.nsfw:
            yield "nsfw", True

    def released(self) -> str | None:
        """The date, of the precision given."""
        stated = self.notes.date("date", self.subject.date.strip())
        if stated and not stated.endswith("-01-01"):
            return stated
        told = self.notes.date("infobox", self.infobox.first(*RELEASED) or "")
        # Of a year alone the dump makes its first day.
        return told if stated is None or stated[:4] == told else stated

    def _kind(self) -> str:
        subject, codes = self.subject, self.codes
        kind = codes.kinds.get((subject.type, subject.platform))
        if kind is None:
            self.notes.add(f"platform {subject.platform} is unknown")
        if kind not in (None, "OTHER"):
            return kind or ""
        told = {codes.tagged.get((subject.type, tag)) for tag in subject.meta_tags} - {None}
        return (told.pop() or "") if len(told) == 1 else "OTHER"

    def _parts(self) -> Iterator[Entity]:
        """Segments or tracks."""
        read = self._track if self.type is EntityType.SOUNDTRACK else self._segment
        for row, episode in sorted(self.episodes, key=lambda each: _place(each[1])):
            problem = _unfit(episode)
            if problem is not None:
                self.skipped.append(Skipped(row, problem))
                continue
            found = read(episode, row)
            if episode.type == MAIN and episode.sort is not None:
                names = tuple(name.text for name in found.names)
                self.numbered.append(NumberedPart(found.id, float(episode.sort), names))
            yield found

    def _segment(self, episode: Episode, row: Row) -> Entity:
        notes = Notes(row, episode.notes)
        is_extra = episode.type != MAIN
        values = [
            ("kind", "EPISODE" if is_extra or not self._is_anthology else "SEGMENT"),
            ("position", self._position(episode)),
            ("released", notes.date("airdate", episode.airdate.strip())),
            ("runtimeMinutes", minutes(episode.duration)),
            *described(episode.description),
        ]
        return self._part(EntityType.SEGMENT, episode, values, row, notes)

    def _position(self, episode: Episode) -> float:
        """The number of a part of the story; what has none comes after them."""
        if episode.type == MAIN and episode.sort is not None:
            return float(episode.sort)
        self.beyond += 1
        return float(self.beyond)

    def _track(self, episode: Episode, row: Row) -> Entity:
        notes = Notes(row, episode.notes)
        position = episode.sort
        whole = position is not None and position == int(position)
        values = [
            ("disc", episode.disc or 1),
            ("position", int(position) if position is not None and whole else None),
            ("durationSeconds", seconds(episode.duration)),
            *described(episode.description),
        ]
        return self._part(EntityType.TRACK, episode, values, row, notes)

    def _part(
        self,
        type_: EntityType,
        episode: Episode,
        values: list[tuple[str, Scalar | None]],
        row: Row,
        notes: Notes,
    ) -> Entity:
        self.notes.texts += notes.texts
        values += self._marks()
        return entity(type_, episode.id, self._names_of(episode), values, row, parent=self.id)

    def _names_of(self, episode: Episode) -> list[Spelling]:
        if not _is_named(episode):
            return [Spelling(f"{self._word_for(episode)} {episode.sort:g}", "en", "ALIAS")]
        language = original_language(episode.name, self.countries)
        chinese = [episode.name_cn] if episode.name_cn else []
        return spellings(episode.name, chinese, (), language)

    def _word_for(self, episode: Episode) -> str:
        """What a part is called that has a number and no name."""
        if self.type is EntityType.SOUNDTRACK:
            return "Track"
        if episode.type != MAIN:
            return "Special"
        return "Part" if self._is_anthology else "Episode"

    @cached_property
    def _is_anthology(self) -> bool:
        """Whether its parts are films of their own: of a film with several parts, or of what is
        tagged as a collection of shorts.
        """
        main = sum(episode.type == MAIN for _, episode in self.episodes)
        tags = {name for name, _ in self.subject.tags}
        return (
            (self.kind == FILM and main > 1)
            or bool(tags & self.codes.anthology_tags)
            or self.subject.id in self.codes.anthologies
        )

    def _credits(self) -> Credits:
        found = Credits(self.id, self.cited, self.numbered)
        for number, raw, who, _ in self.given.staff:
            row, staff = Row("subject-persons.jsonlines", number), rows.staff(parsed(raw))
            role = self.codes.roles.get(staff.position)
            if role is None:
                self.skipped.append(Skipped(row, self._unknown(staff.position)))
            else:
                found.staff(row, staff, who, role)
        for maker in self.given.makers:
            found.maker(maker)
            if maker.entity is None:
                self.notes.add(f"infobox: {maker.name!r} ({maker.role}) may be one of the staff")
        for remark in self.given.unread:
            self.notes.add(f"infobox: {remark}")
        role = ACTOR if self.subject.type == REAL else VOICE_ACTOR
        for number, raw, who, latin in self.given.casts:
            row = Row("person-characters.jsonlines", number)
            found.cast(row, rows.cast(parsed(raw)), who, role, self._spoken(latin))
        return found

    def _unknown(self, position: int) -> str:
        name = self.codes.unmapped.get(position)
        return f"unknown position: {position}" + (f" ({name})" if name else "")

    def _spoken(self, latin: bool) -> str | None:
        """The language of a voice: Japanese, unless the work or the name tells otherwise."""
        is_abroad = self.subject.type == REAL or ABROAD.intersection(self.subject.meta_tags)
        return None if is_abroad or latin else "ja"

    def _appearances(self) -> Iterator[Appearance]:
        read = [
            (Row("subject-characters.jsonlines", number), rows.appearance(parsed(raw)))
            for number, raw in self.given.appearances
        ]
        seen: set[int] = set()
        for row, each in sorted(read, key=lambda pair: (pair[1].type, pair[1].order, pair[0])):
            if each.type not in BILLINGS:
                self.skipped.append(Skipped(row, f"unknown type: {each.type}"))
            elif each.character in seen:
                self.merged.append(row)
            else:
                seen.add(each.character)
                who = entity_id(EntityType.CHARACTER, each.character)
                billing = BILLINGS[each.type]
                yield Appearance(who, self.id, self.cited, billing, len(seen), row)

    def _taggings(self) -> Iterator[Tagging]:
        for tag in tags_of(self.subject, self.codes, self.given.names):
            yield Tagging(self.id, f"term:{tag.slug}", self.cited, tag.votes)


def subject_type(code: int) -> EntityType:
    return EntityType.SOUNDTRACK if code == MUSIC else EntityType.WORK


def _countries(subject: Subject, infobox: Infobox) -> list[str]:
    """Where a work is from, as tags and infobox say."""
    named = [each for text in infobox.values(*COUNTRIES) for each in _PLACES if each in text]
    return [*subject.meta_tags, *named]


def _place(episode: Episode) -> tuple[int, int, float, int]:
    sort = episode.sort if episode.sort is not None else float("inf")
    return episode.type, episode.disc or 0, sort, episode.id


def _unfit(episode: Episode) -> str | None:
    """Why an episode is no part of the work."""
    if episode.type in EXTRAS:
        return f"no part of the work, but {EXTRAS[episode.type]}"
    if episode.type not in (MAIN, SPECIAL):
        return f"unknown type: {episode.type}"
    if episode.sort is None and not _is_named(episode):
        return "no name"
    return None


def _is_named(episode: Episode) -> bool:
    return is_name(episode.name) or is_name(episode.name_cn)
