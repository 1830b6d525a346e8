"""What a wiki page states, as records, once it is known which work it is about."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from ingest.identity import query_keys, slugify
from ingest.records import (
    Appearance,
    Credit,
    Dataset,
    Entity,
    EntityType,
    FranchiseEntry,
    KeptList,
    Name,
    Relation,
    Release,
    Scalar,
    Tagging,
)
from ingest.wiki.cast import WikiCharacter, WikiCredit, WikiVoice
from ingest.wiki.known import MAKERS, Known, KnownRelease, Surroundings
from ingest.wiki.page import WikiPage, WikiRelease
from ingest.wiki.parts import Part, introduced, limits, passages
from ingest.wiki.people import CITED, People, Somebody, stated_alias, stated_name, stated_values
from ingest.wiki.references import KnownWork, phrases, references
from ingest.wiki.text import Line, Note


@dataclass(frozen=True, slots=True)
class Titles:
    """What the graph knows by names that the page mentions."""

    works: tuple[KnownWork, ...] = ()
    terms: tuple[Known, ...] = ()
    franchises: tuple[Known, ...] = ()


# A song's roles: on its track, and on the work where its track is not known.
_SONG_ROLES: Final = {
    "score-composer": ("composer", "theme-song-composer"),
    "theme-song-composer": ("composer", "theme-song-composer"),
    "insert-song-composer": ("composer", "insert-song-composer"),
    "lyricist": ("lyricist", "theme-song-lyricist"),
    "theme-song-lyricist": ("lyricist", "theme-song-lyricist"),
    "insert-song-lyricist": ("lyricist", "insert-song-lyricist"),
    "arranger": ("arranger", "theme-song-arranger"),
    "theme-song-arranger": ("arranger", "theme-song-arranger"),
    "insert-song-arranger": ("arranger", "insert-song-arranger"),
    "vocalist": ("vocalist", "theme-song-performer"),
    "performer": ("performer", "theme-song-performer"),
    "theme-song-performer": ("performer", "theme-song-performer"),
    "insert-song-performer": ("performer", "insert-song-performer"),
}
_TITLED: Final = re.compile(r"(?P<title>.+?) \((?P<year>\d{4})\)")


def titled(line: Line) -> tuple[str, str | None]:
    """A title and its year, where the line gives one: "Solaris (1971)"."""
    match = _TITLED.fullmatch(line.text)
    return (match["title"], match["year"]) if match else (line.text, None)


@dataclass(frozen=True, slots=True)
class Place:
    """What a credit is on, in which role, and the source's words on its extent."""

    on: str
    role: str
    scope: str | None = None


@dataclass
class Records:
    """A dataset being gathered: later records of the same meaning are left out."""

    entities: dict[str, Entity] = field(default_factory=dict)
    credits: dict[tuple[str | None, ...], Credit] = field(default_factory=dict)
    appearances: dict[tuple[str, str], Appearance] = field(default_factory=dict)
    taggings: dict[str, Tagging] = field(default_factory=dict)
    relations: dict[tuple[str, str, str], Relation] = field(default_factory=dict)
    releases: dict[tuple[str | None, ...], Release] = field(default_factory=dict)
    entries: dict[str, FranchiseEntry] = field(default_factory=dict)
    lists: dict[str, KeptList] = field(default_factory=dict)


class Statements:
    """The page's statements; `notes` says what could not be stated."""

    def __init__(
        self,
        page: WikiPage,
        known: Known | None,
        around: Surroundings,
        people: People,
        taken: Iterable[str],
    ) -> None:
        """`known` is the work, None if it is new; `taken` are ids that others have."""
        self.page = page
        self.known = known
        self.around = around
        self.people = people
        self.taken = frozenset(taken)
        self.notes: list[Note] = []
        self.records = Records()
        self.title = titled(page.title)[0]
        self.work = known.id if known else self._new_id("work", self.title)
        self.parts = self._parts()
        episodes = {segment.id for segment in around.segments if segment.kind == "EPISODE"}
        told = [part for part in self.parts if part.id not in episodes]
        self.passages = tuple(passages(page.description, told))

    def state(self, titles: Titles) -> None:
        """State everything."""
        self._segments()
        self._work()
        self._releases()
        for position, credit in enumerate(self.page.credits, 1):
            self._credit(position, credit)
        for position, character in enumerate(self.page.characters, 1):
            self._character(position, character)
        self._terms(titles.terms)
        self._franchises(titles.franchises)
        self._lists()
        self._references(titles.works)
        self._similar(titles.works)
        self._left_out()

    def dataset(self, origin: str) -> Dataset:
        records = self.records
        return Dataset(
            origin=origin,
            entities=(*records.entities.values(), *self.people.entities()),
            credits=tuple(records.credits.values()),
            appearances=tuple(records.appearances.values()),
            taggings=tuple(records.taggings.values()),
            relations=tuple(records.relations.values()),
            releases=tuple(records.releases.values()),
            franchise_entries=tuple(records.entries.values()),
            lists=tuple(records.lists.values()),
        )

    def _new_id(self, type_: str, name: str) -> str:
        slug = slugify(name)
        if f"{type_}:{slug}" not in self.taken:
            return f"{type_}:{slug}"
        return f"{type_}:{self.page.id if name == self.title else f'{slug}-{self.page.id}'}"

    def _parts(self) -> tuple[Part, ...]:
        """The work's segments: those that the graph knows, else those that the page speaks of."""
        if self.around.segments:
            own = set(query_keys(self.title))
            named = (
                Part(each.id, tuple(name.text for name in each.names if name.key not in own))
                for each in self.around.segments
            )
            return tuple(part for part in named if part.names)
        biographies = [credit.biography for credit in self.page.credits]
        texts = [*(line.text for line in self.page.description), *biographies]
        names = introduced([line.text for line in self.page.aliases], texts)
        return tuple(Part(self._new_id("segment", name), (name,)) for name in names)

    def _part_called(self, name: str) -> Part | None:
        keys = set(query_keys(name))
        for part in self.parts:
            if any(not keys.isdisjoint(query_keys(each)) for each in part.names):
                return part
        return None

    def _entity(
        self,
        type_: EntityType,
        id_: str,
        slug: str,
        names: Iterable[Name],
        values: dict[str, Scalar | None],
        parent: str | None = None,
    ) -> None:
        stated = stated_values({name: value for name, value in values.items() if value is not None})
        self.records.entities[id_] = Entity(
            type_, id_, slug, tuple(names), CITED, stated, parent=parent
        )

    def _work(self) -> None:
        page, known = self.page, self.known
        names: list[Name] = []
        aliases = [line.text for line in page.aliases if not self._part_called(line.text)]
        for text in dict.fromkeys([self.title, *(line.text for line in page.names)]):
            names.append(stated_name(text, (*(known.names if known else ()), *names)))
        for text in dict.fromkeys(aliases):
            if text not in {name.text for name in names}:
                names.append(stated_alias(text, known.names if known else ()))
        values: dict[str, Scalar | None] = {
            "kind": None if known else "FILM",
            "deck": page.deck.text if page.deck else None,
            "description": "\n\n".join(line.text for line in page.description) or None,
            "released": page.released,
            "runtimeMinutes": page.runtime,
            "contentRating": page.rating,
        }
        slug = known.slug if known else _slug(self.work)
        self._entity(EntityType.WORK, self.work, slug, names, values)

    def _segments(self) -> None:
        """The parts that the page names, with what the description says of each."""
        known = {segment.id: segment for segment in self.around.segments}
        for position, part in enumerate(self.parts, 1):
            segment = known.get(part.id)
            said = self._said_of(part)
            called = [
                line.text for line in self.page.aliases if self._part_called(line.text) is part
            ]
            if segment and not said and not called:
                continue
            names = [_segment_name(text, segment) for text in called[:1] or part.names[:1]]
            values: dict[str, Scalar | None] = {"description": said or None}
            if segment is None:
                values |= {"kind": "SEGMENT", "position": float(position)}
                names = [stated_name(part.names[0], ())]
            slug = segment.slug if segment else _slug(part.id)
            self._entity(EntityType.SEGMENT, part.id, slug, names, values, parent=self.work)

    def _said_of(self, part: Part) -> str:
        paragraphs: dict[int, list[str]] = {}
        for passage in self.passages:
            if passage.part == part:
                paragraphs.setdefault(passage.line, []).append(passage.text)
        return "\n\n".join(" ".join(sentences) for sentences in paragraphs.values())

    def _releases(self) -> None:
        """Releases; one that the graph has with the same date lends its region and medium."""
        for release in self.page.releases:
            same = self._known_release(release)
            is_titled = not set(query_keys(release.name)).isdisjoint(query_keys(self.title))
            stated = Release(
                self.work,
                CITED,
                region=same.region,
                name=release.name,
                date=release.date,
                medium=same.medium,
                rating=self.page.rating if is_titled else None,
            )
            key = (stated.region, stated.date, stated.medium)
            if self.records.releases.setdefault(key, stated) is not stated:
                text = f"a second release of {release.date}: {release.name!r}"
                self.notes.append(Note(release.line, text))

    def _known_release(self, release: WikiRelease) -> KnownRelease:
        same = [
            each
            for each in self.around.releases
            if each.date == release.date and release.region in (None, each.region)
        ]
        return same[0] if len(same) == 1 else KnownRelease(release.date, release.region, None)

    def _credit(self, position: int, credit: WikiCredit) -> None:
        extent = limits(credit.biography, self.parts)
        songs = extent.songs if credit.role in _SONG_ROLES else ()
        is_limited = bool(extent.parts or songs)
        biography = extent.rest if is_limited else credit.biography
        who = self.people.contributor(credit.line, credit.name, credit.role, biography)
        places = [Place(part.id, credit.role, extent.scope) for part in extent.parts]
        places += [self._song(credit, song, extent.scope) for song in songs]
        for place in places or self._places(who, credit.role):
            self._add(
                Credit(
                    who.id,
                    place.role,
                    place.on,
                    CITED,
                    credited_as=who.credited_as(credit.name),
                    scope=place.scope,
                    position=position,
                )
            )

    def _places(self, who: Somebody, role: str) -> list[Place]:
        """What a credit without limits is on: the work, unless the graph has the role of this
        person on segments only: of an anthology, the page lists the credits of all parts in one.
        """
        held = {
            each.on
            for each in self.around.credits
            if (each.contributor, each.role) == (who.id, role)
        }
        segments = [segment.id for segment in self.around.segments if segment.id in held]
        if self.work in held or not segments:
            return [Place(self.work, role)]
        return [Place(segment, role) for segment in segments]

    def _song(self, credit: WikiCredit, song: str, scope: str) -> Place:
        on_track, on_work = _SONG_ROLES[credit.role]
        tracks = [track for track in self.around.tracks if track.is_called(query_keys(song))]
        if len(tracks) == 1:
            return Place(tracks[0].id, on_track, scope)
        if tracks:
            listed = " or ".join(str(track) for track in tracks)
            self.notes.append(Note(credit.line, f"{song!r} may be {listed}: credited on the work"))
        return Place(self.work, on_work, scope)

    def _add(self, credit: Credit) -> None:
        key = (credit.contributor, credit.role, credit.on, credit.character, credit.language)
        self.records.credits.setdefault(key, credit)

    def _character(self, position: int, character: WikiCharacter) -> None:
        who = self.people.character(character.line, character.name, character.description)
        places = self._appears_in(who, character.name)
        for on in places:
            appearance = Appearance(who.id, on, CITED, position=position)
            self.records.appearances.setdefault((who.id, on), appearance)
        for voice in character.voices:
            self._voice(who, voice, character.line, places, position)

    def _appears_in(self, who: Somebody, name: str) -> list[str]:
        """Where the graph has the character, else the one part that speaks of it, else the work."""
        known = sorted(on for character, on in self.around.appearances if character == who.id)
        word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
        speaking = {passage.part for passage in self.passages if word.search(passage.text)}
        [part] = speaking if len(speaking) == 1 else [None]
        return known or [part.id if part else self.work]

    def _voice(
        self, who: Somebody, voice: WikiVoice, line: int, places: Sequence[str], position: int
    ) -> None:
        actor = self.people.contributor(line, voice.name, "voice-actor")
        held = [
            (each.on, each.language)
            for each in self.around.credits
            if (each.contributor, each.character) == (actor.id, who.id)
            and voice.language in (None, each.language)
        ]
        for on, language in held or [(on, voice.language) for on in places]:
            self._add(
                Credit(
                    actor.id,
                    "voice-actor",
                    on,
                    CITED,
                    character=who.id,
                    language=language,
                    credited_as=actor.credited_as(voice.name),
                    position=position,
                )
            )

    def _terms(self, known: Sequence[Known]) -> None:
        page = self.page
        kinds = (("GENRE", page.genres), ("THEME", page.themes), ("TAG", page.associations))
        for kind, lines in kinds:
            for line in lines:
                found = [term for term in known if term.is_called(query_keys(line.text))]
                found = [term for term in found if term.kind == kind] or found
                if term := self._named(EntityType.TERM, line, found, {"kind": kind}):
                    self.records.taggings.setdefault(term, Tagging(self.work, term, CITED))

    def _franchises(self, known: Sequence[Known]) -> None:
        for line in self.page.franchises:
            found = [each for each in known if each.is_called(query_keys(line.text))]
            if franchise := self._named(EntityType.FRANCHISE, line, found, {}):
                entry = FranchiseEntry(franchise, self.work, CITED)
                self.records.entries.setdefault(franchise, entry)

    def _named(
        self, type_: EntityType, line: Line, found: Sequence[Known], values: dict[str, Scalar]
    ) -> str | None:
        """The id of the one entity found, or of a new one; None if there are several."""
        if len(found) == 1:
            return found[0].id
        if found:
            listed = " or ".join(str(each) for each in found)
            self.notes.append(Note(line.number, f"{line.text!r} may be {listed}: left out"))
            return None
        id_ = self._new_id(type_.lower(), line.text)
        self._entity(type_, id_, _slug(id_), [stated_name(line.text, ())], {**values})
        return id_

    def _lists(self) -> None:
        for each in self.page.lists:
            id_ = f"list:wiki-{slugify(each.owner)}-{slugify(each.name)}"
            kept = KeptList(id_, each.name, each.owner, each.item_count, (self.work,), CITED)
            if self.records.lists.setdefault(id_, kept) is not kept:
                self.notes.append(Note(each.line, f"a second list {each.name!r} by {each.owner}"))

    def _references(self, works: Sequence[KnownWork]) -> None:
        """Works that the description names, and those that only the deck does."""
        own = self._own_names()
        makers = self._makers()
        found, notes = references(phrases(self.passages), works, own, makers)
        deck = passages(filter(None, [self.page.deck]), ())
        more, more_notes = references(phrases(deck), works, own, makers)
        named = {reference.work for reference in found}
        for reference in (*found, *(each for each in more if each.work not in named)):
            start = reference.part.id if reference.part else self.work
            self._relate(start, "references", reference.work, reference.passage)
        self.notes += {note.text: note for note in (*notes, *more_notes)}.values()

    def _own_names(self) -> list[str]:
        page, around = self.page, self.around
        known = (*around.segments, *around.characters, *filter(None, [self.known]))
        lines = [page.title, *page.names, *page.aliases, Line(0, self.title)]
        people = [credit.name for credit in page.credits]
        people += [character.name for character in page.characters]
        people += [voice.name for character in page.characters for voice in character.voices]
        return [*(line.text for line in lines), *people, *(n.text for e in known for n in e.names)]

    def _makers(self) -> frozenset[str]:
        """Who made the work, as the graph or the page has it."""
        known = ((each.contributor, each.role) for each in self.around.credits)
        stated = ((each.contributor, each.role) for each in self.records.credits.values())
        return frozenset(who for who, role in (*known, *stated) if role in MAKERS)

    def _relate(self, start: str, kind: str, target: str, note: str) -> None:
        relation = Relation(start, kind, target, CITED, note)
        self.records.relations.setdefault((start, kind, target), relation)

    def _similar(self, works: Sequence[KnownWork]) -> None:
        """Works listed as similar, where the graph has one of the title."""
        for line in self.page.similar:
            title, year = titled(line)
            found = [work for work in works if work.is_called(title) and work.is_of(year)]
            if len(found) == 1:
                self._relate(self.work, "other", found[0].id, "Listed as similar")
            else:
                many = "several works have" if found else "no work has"
                self.notes.append(Note(line.number, f"similar: {many} the title {line.text!r}"))

    def _left_out(self) -> None:
        """What the graph has no place for."""
        for line in self.page.captions:
            self.notes.append(Note(line.number, f"a caption without its picture: {line.text!r}"))
        for line in self.page.editors:
            self.notes.append(Note(line.number, f"an editor of the page, left out: {line.text!r}"))


def _slug(id_: str) -> str:
    return id_.partition(":")[2]


def _segment_name(text: str, segment: Known | None) -> Name:
    """A part's name; the known one where only case or accents differ ("Stink bomb")."""
    names = segment.names if segment else ()
    same = [name for name in names if name.key in query_keys(text)]
    exact = [name for name in same if name.text == text]
    return stated_name((exact or same)[0].text if same else text, names)
