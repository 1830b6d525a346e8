"""A dump of Bangumi in parts: terms, organizations, people, characters, subjects, relations."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

from ingest.bangumi import rows
from ingest.bangumi.codes import Codes, read_codes, rules
from ingest.bangumi.contributors import settle_contributors
from ingest.bangumi.credits import Maker
from ingest.bangumi.entities import entity_id
from ingest.bangumi.individuals import OWN, Individuals, individual
from ingest.bangumi.mentions import mentions
from ingest.bangumi.organizations import Organizations, organization
from ingest.bangumi.people import read_character, read_contributor
from ingest.bangumi.relations import read_relations
from ingest.bangumi.rows import parsed, relation
from ingest.bangumi.staging import SUFFIX, Progress, Staging, staged
from ingest.bangumi.subjects import Line, Linked, SubjectRows, read_subject, subject_type
from ingest.bangumi.terms import Terms, term
from ingest.parts import Feed, Part, Reading
from ingest.records import Dataset, EntityType, Row
from ingest.statements import relation_id

ORIGIN: Final = "bangumi"
_SEPARATOR: Final = b"\x1f"
_SUBJECTS: Final = 'SELECT part, other, line, raw FROM "subject" ORDER BY part'
_EPISODES: Final = 'SELECT part, line, raw FROM "episode" ORDER BY part, line'
_APPEARANCES: Final = 'SELECT part, line, raw FROM "subject-characters" ORDER BY part, line'
_LINKED: Final = (
    'SELECT part, line, raw, entity, latin FROM "{table}"'
    " JOIN contributor ON contributor.id = other ORDER BY part, line"
)
_MAKERS: Final = (
    "SELECT subject, role, entity, '' AS scope, name, 0 AS person, place"
    " FROM company JOIN organization USING (slug)"
    " UNION ALL SELECT subject, role, entity, scope, name, 1, rowid FROM maker"
    " ORDER BY subject, person, place"
)

_UNREAD: Final = "SELECT subject, remark FROM unread ORDER BY subject, place"


@contextmanager
def open_dump(
    path: Path, vocabulary: Path | None = None, progress: Progress = lambda what, done, total: None
) -> Iterator["Dump"]:
    """The dump, ready to be imported. It is read whole before anything is yielded.

    Raises SourceError where it is no such dump, or damaged.
    """
    codes = read_codes(vocabulary)
    with mentions(path, vocabulary) as mentioned, staged(path, progress) as staging:
        staging.put_aside_repeated()
        staging.put_aside_dangling()
        settle_contributors(staging, codes)
        _settle_terms(staging, codes, progress)
        staging.attach(mentioned(progress))
        Organizations(staging).settle()
        Individuals(staging, codes).settle()
        yield Dump(path, staging, codes, rules(vocabulary))


def _settle_terms(staging: Staging, codes: Codes, progress: Progress) -> None:
    terms = Terms(staging, codes)
    total = staging.rows["subject" + SUFFIX]
    database = staging.database
    database.execute("BEGIN")
    for done, (raw,) in enumerate(database.execute('SELECT raw FROM "subject"')):
        if done % 1000 == 0:
            progress("Looking for terms", done, total)
        terms.add(rows.subject(parsed(raw)))
    database.execute("COMMIT")
    progress("Looking for terms", total, total)


class Dump:
    """The parts of a staged dump, by stage."""

    def __init__(self, path: Path, staging: Staging, codes: Codes, rules: bytes) -> None:
        self.path = path
        self.staging = staging
        self.database = staging.database
        self.codes = codes
        self.rules = rules

    def feed(self) -> Feed:
        stages = (
            self.terms(),
            self.organizations(),
            self.people(),
            self.individuals(),
            self.characters(),
            self.subjects(),
            self.relations(),
        )
        rows = self.staging.rows
        return Feed(ORIGIN, self.path.name, rows, stages, self.staging.skipped())

    def terms(self) -> Iterator[Part]:
        return self._named("term", "SELECT slug, text FROM tag ORDER BY slug, uses DESC, text")

    def organizations(self) -> Iterator[Part]:
        return self._named(
            "organization",
            "SELECT slug, name FROM named_company"
            " GROUP BY slug, name ORDER BY slug, count(*) DESC, name",
        )

    def people(self) -> Iterator[Part]:
        found = self._select(
            'SELECT part, line, raw, type, entity FROM "person"'
            " JOIN contributor ON contributor.id = part ORDER BY part"
        )
        for id_, line, raw, type_, entity in found:
            yield self._contributor(f"{ORIGIN}/person/{id_}", line, raw, EntityType(type_), entity)

    def individuals(self) -> Iterator[Part]:
        """People who stand in infoboxes only."""
        found = self._select(
            f"SELECT slug, name, min(language) FROM maker WHERE entity = '{OWN}' || slug"
            " GROUP BY slug, name ORDER BY slug, count(*) DESC, name"
        )
        for slug, spelled in groupby(found, key=itemgetter(0)):
            yield self._individual(slug, [(name, language) for _, name, language in spelled])

    def characters(self) -> Iterator[Part]:
        for id_, line, raw in self._select('SELECT part, line, raw FROM "character" ORDER BY part'):
            yield self._character(f"{ORIGIN}/character/{id_}", id_, line, raw)

    def subjects(self) -> Iterator[Part]:
        episodes = Grouped(self._select(_EPISODES))
        staff = Grouped(self._select(_LINKED.format(table="subject-persons")))
        appearances = Grouped(self._select(_APPEARANCES))
        casts = Grouped(self._select(_LINKED.format(table="person-characters")))
        makers = Grouped(self._select(_MAKERS))
        names = Grouped(self._select("SELECT * FROM name_tag ORDER BY subject, text"))
        unread = Grouped(self._select(_UNREAD))
        for id_, type_, line, raw in self._select(_SUBJECTS):
            given = SubjectRows(
                Line(line, raw),
                [Line(*row) for row in episodes.of(id_)],
                [Linked(*row) for row in staff.of(id_)],
                [Line(*row) for row in appearances.of(id_)],
                [Linked(*row) for row in casts.of(id_)],
                [Maker(*row[:4]) for row in makers.of(id_)],
                [text for (text,) in names.of(id_)],
                [remark for (remark,) in unread.of(id_)],
            )
            entity = entity_id(subject_type(type_), id_)
            yield self._subject(f"{ORIGIN}/subject/{id_}", entity, given)

    def relations(self) -> Iterator[Part]:
        found = self._select(
            "SELECT pair.part, pair.other, a.other, b.other, pair.line, pair.raw"
            ' FROM "subject-relations" AS pair'
            ' JOIN "subject" AS a ON a.part = pair.part JOIN "subject" AS b ON b.part = pair.other'
            " ORDER BY pair.part, pair.other, pair.line"
        )
        for (first, second, *types), pair in groupby(found, key=itemgetter(0, 1, 2, 3)):
            lines = [(line, raw) for *_, line, raw in pair]
            ends = {
                id_: subject_type(code) for id_, code in zip((first, second), types, strict=True)
            }
            yield self._relation(f"{ORIGIN}/relation/{first}-{second}", lines, ends)

    def _named(self, kind: str, query: str) -> Iterator[Part]:
        """What is known by its spellings alone. The query gives them by slug."""
        for slug, spelled in groupby(self._select(query), key=itemgetter(0)):
            texts = [text for _, text in spelled]
            digest = self._digest(text.encode() for text in texts)
            read = partial(self._read_named, kind, slug, texts)
            yield Part(f"{ORIGIN}/{kind}/{slug}", f"{kind}:{slug}", digest, {}, read)

    def _read_named(self, kind: str, slug: str, texts: Sequence[str]) -> Reading:
        found = term(slug, texts, self.codes) if kind == "term" else organization(slug, texts)
        return Reading(Dataset(f"{ORIGIN}/{kind}/{slug}", entities=(found,)))

    def _individual(self, slug: str, names: Sequence[tuple[str, str | None]]) -> Part:
        origin, entity = f"{ORIGIN}/individual/{slug}", OWN + slug

        def read() -> Reading:
            return Reading(Dataset(origin, entities=(individual(slug, names),)))

        return Part(origin, entity, self._digest([repr(names).encode()]), {}, read)

    def _contributor(
        self, origin: str, line: int, raw: bytes, type_: EntityType, entity: str
    ) -> Part:
        def read() -> Reading:
            row = Row("person" + SUFFIX, line)
            return read_contributor(origin, type_, rows.page(parsed(raw)), row)

        digest = self._digest([raw, type_.encode()])
        return Part(origin, entity, digest, {"person" + SUFFIX: 1}, read)

    def _character(self, origin: str, id_: int, line: int, raw: bytes) -> Part:
        def read() -> Reading:
            row = Row("character" + SUFFIX, line)
            return read_character(origin, rows.page(parsed(raw)), row)

        entity = entity_id(EntityType.CHARACTER, id_)
        return Part(origin, entity, self._digest([raw]), {"character" + SUFFIX: 1}, read)

    def _subject(self, origin: str, entity: str, given: SubjectRows) -> Part:
        counts = {
            "subject": 1,
            "episode": len(given.episodes),
            "subject-persons": len(given.staff),
            "subject-characters": len(given.appearances),
            "person-characters": len(given.casts),
        }
        linked = [*given.staff, *given.casts]
        digest = self._digest(
            [
                given.subject.raw,
                *sorted(raw for _, raw in (*given.episodes, *given.appearances)),
                *sorted(row.raw + row.who.encode() + bytes(row.latin) for row in linked),
                *(repr(maker).encode() for maker in given.makers),
                *(text.encode() for text in given.names),
            ]
        )
        return Part(
            origin,
            entity,
            digest,
            {table + SUFFIX: number for table, number in counts.items() if number},
            lambda: read_subject(origin, given, self.codes),
        )

    def _relation(
        self, origin: str, lines: Sequence[tuple[int, bytes]], types: Mapping[int, EntityType]
    ) -> Part:
        ids = sorted(self._relation_ids(lines, types))
        digest = self._digest(
            [*sorted(raw for _, raw in lines), *(types[id_].encode() for id_ in sorted(types))]
        )
        return Part(
            origin,
            ids[0] if ids else origin,
            digest,
            {"subject-relations" + SUFFIX: len(lines)},
            lambda: read_relations(origin, lines, types, self.codes),
        )

    def _relation_ids(
        self, lines: Iterable[tuple[int, bytes]], types: Mapping[int, EntityType]
    ) -> Iterator[str]:
        for _, raw in lines:
            subject, code, target = relation(parsed(raw))
            kind = self.codes.relations.get(code)
            if kind is not None:
                start, end = (entity_id(types[id_], id_) for id_ in (subject, target))
                yield relation_id(start, kind, end, self.codes.inverses)

    def _digest(self, pieces: Iterable[bytes]) -> str:
        found = blake2b(self.rules, digest_size=12)
        for piece in pieces:
            found.update(piece)
            found.update(_SEPARATOR)
        return found.hexdigest()

    def _select(self, query: str) -> Iterator[tuple[Any, ...]]:
        return iter(self.database.execute(query))


class Grouped:
    """Rows that are ordered by their first column, taken group by group in the same order."""

    def __init__(self, found: Iterator[tuple[Any, ...]]) -> None:
        self._found = found
        self._next = next(found, None)

    def of(self, key: int) -> Iterator[tuple[Any, ...]]:
        """The rows of a group, without the key. Groups before it are passed over."""
        while self._next is not None and self._next[0] <= key:
            row = self._next
            self._next = next(self._found, None)
            if row[0] == key:
                yield row[1:]
