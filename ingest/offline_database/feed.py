"""The anime-offline-database in parts: terms, organizations, works, relations between works."""

from collections.abc import Iterable, Iterator
from functools import cache, partial
from hashlib import blake2b
from pathlib import Path
from typing import Final

from graph.client import Client
from ingest.known_works import known_works
from ingest.matching import Entry, KnownName, Link, Matching
from ingest.merging.merge import merge
from ingest.offline_database.anime import LIST, Anime
from ingest.offline_database.segments import Segments
from ingest.offline_database.staging import Staged, Staging
from ingest.offline_database.statements import (
    RELATED,
    SOURCE,
    Resolved,
    is_nsfw,
    organization_dataset,
    relation_dataset,
    term_dataset,
    work_dataset,
)
from ingest.offline_database.surroundings import Organization, Surroundings
from ingest.offline_database.terms import TERMS, Term, read_terms, term_of
from ingest.parts import Feed, Part, Reading
from ingest.records import Dataset, Row
from ingest.statements import digest

OWN: Final = f"{SOURCE}/"
"""How the origins of all parts begin."""


class OfflineDatabase:
    """A file that is read, with what the graph and the links tell of its entries.

    Raises SourceError where a file is not of its form.
    """

    def __init__(self, path: Path, links: Iterable[Link] = ()) -> None:
        self.path = path
        known = read_terms()
        self._tags: dict[str, Term] = {}
        self.staging = Staging(path)
        self.matching = Matching()
        self.surroundings = Surroundings(OWN)
        self.segments = Segments()
        self.matching.add_links(links)
        for entry in self.staging.entries():
            self.matching.add_entries([_entry(entry)])
            self.surroundings.add_companies((*entry.anime.studios, *entry.anime.producers))
            for tag in entry.anime.tags:
                if tag not in self._tags:
                    self._tags[tag] = term_of(tag, known)

    def close(self) -> None:
        self.staging.close()
        self.matching.close()
        self.surroundings.close()
        self.segments.close()

    async def match(self, client: Client) -> None:
        """Find the works of the graph that the entries are."""
        async for works in known_works(client, OWN):
            self.matching.add_works(works)
            for work in works:
                self.surroundings.add_work(work)
        await self.surroundings.read(client)
        self.surroundings.index()
        self.matching.decide()
        await self._read_parts(client)

    async def _read_parts(self, client: Client) -> None:
        await self.segments.read_names(client)
        unfit = (entry.key for entry in self.staging.entries() if is_nsfw(entry.anime))
        await self.segments.read_unfit(client, {self._work(key) for key in unfit})

    async def unite(self, client: Client) -> int:
        """Merge what is known now to be one work; how many were merged."""
        number = 0
        for same in self.matching.same():
            await merge(client, same.work, same.own)
            self.matching.unite(same)
            number += 1
        if number:
            await self._read_parts(client)
        return number

    def feed(self) -> Feed:
        """What is to be imported, once entries are matched."""
        stages = [self._terms(), self._organizations(), self._works(), self._relations()]
        return Feed(
            SOURCE, self.path.name, {LIST: self.staging.rows}, stages, self.staging.skipped()
        )

    def _terms(self) -> Iterator[Part]:
        found: dict[str, dict[KnownName, Term]] = {}
        for term in self._tags.values():
            found.setdefault(term.id, {})[term.name] = term
        for id_, names in sorted(found.items()):
            terms = [names[name] for name in sorted(names, key=str)]
            yield _shared(id_, term_dataset(OWN + id_, terms))

    def _organizations(self) -> Iterator[Part]:
        found: dict[str, set[Organization]] = {}
        for name in self.surroundings.companies():
            for organization in self._organizations_of([name]):
                found.setdefault(organization.id, set()).add(organization)
        for id_, organizations in sorted(found.items()):
            names = sorted({each.name for each in organizations}, key=str)
            notes = tuple(sorted(filter(None, map(_ambiguity, organizations))))
            yield _shared(id_, organization_dataset(OWN + id_, id_, names), notes)

    def _works(self) -> Iterator[Part]:
        for entry in self.staging.entries():
            found = self._resolved(entry)
            used = [each.id for each in (*found.studios, *found.producers)]
            used += [term.id for term in found.terms]
            used += [segment.id for segment in found.segments]
            used += self._left_out(entry, found)
            yield Part(
                origin=found.origin,
                entity=found.work,
                digest=_digest(entry.raw, found.work, *used, *entry.anime.ids),
                rows={LIST: 1 + len(entry.twins)},
                read=partial(self._read, entry, found),
            )

    def _relations(self) -> Iterator[Part]:
        for keys in self.staging.related():
            one, other = sorted(map(self._work, keys))
            if one != other and not self.surroundings.are_related(one, other):
                dataset = relation_dataset(OWN + "+".join(keys), one, other)
                node = f"relation:{digest(one, RELATED, other)}"
                yield _part(node, dataset, _digest(one, other))

    def _read(self, entry: Staged, found: Resolved) -> Reading:
        left_out = self._left_out(entry, found)
        notes = [*entry.anime.notes, *(f"synonyms: {text!r} is a part" for text in left_out)]
        return Reading(
            work_dataset(found, partial(self.surroundings.name, found.work)),
            merged=tuple(Row(LIST, number) for number in entry.twins),
            notes=tuple(f"{LIST}:{entry.number}: {note}" for note in notes),
        )

    def _left_out(self, entry: Staged, found: Resolved) -> list[str]:
        kept = set(found.anime.synonyms)
        return [text for text in entry.anime.synonyms if text not in kept]

    def _synonyms(self, anime: Anime, work: str) -> tuple[str, ...]:
        """Those that call the whole: not a part, unless others call the work so, too."""
        return tuple(
            text
            for text in anime.synonyms
            if not anime.title
            or self.surroundings.name(work, text)
            or not self.segments.is_name(work, text)
        )

    def _work(self, key: str) -> str:
        return self.matching.work_of(f"work:{key}")

    def _resolved(self, entry: Staged) -> Resolved:
        work = self._work(entry.key)
        return Resolved(
            origin=f"{OWN}{entry.key}",
            row=Row(LIST, entry.number),
            anime=entry.anime._replace(synonyms=self._synonyms(entry.anime, work)),
            work=work,
            studios=self._organizations_of(entry.anime.studios),
            producers=self._organizations_of(entry.anime.producers),
            terms=tuple(self._tags[tag] for tag in entry.anime.tags),
            segments=tuple(self.segments.unfit(work)) if is_nsfw(entry.anime) else (),
        )

    def _organizations_of(self, names: Iterable[str]) -> tuple[Organization, ...]:
        return tuple(filter(None, map(self.surroundings.organization, names)))


def _entry(entry: Staged) -> Entry:
    anime = entry.anime
    titles = (anime.title, *anime.synonyms)
    return Entry(f"work:{entry.key}", anime.kind, anime.year, titles, anime.ids)


def _ambiguity(organization: Organization) -> str | None:
    if not organization.others:
        return None
    others = ", ".join(organization.others)
    return f"{organization.name.text!r} may be {others}: it stays one of its own, {organization.id}"


def _shared(id_: str, dataset: Dataset, notes: tuple[str, ...] = ()) -> Part:
    """What several entries speak of."""
    return _part(id_, dataset, _digest(repr(dataset), *notes), notes)


def _part(entity: str, dataset: Dataset, digest_: str, notes: tuple[str, ...] = ()) -> Part:
    return Part(dataset.origin, entity, digest_, {}, lambda: Reading(dataset, notes=notes))


def _digest(*parts: str | bytes) -> str:
    found = blake2b(_rules(), digest_size=16)
    for part in parts:
        found.update(part if isinstance(part, bytes) else part.encode())
        found.update(b"\0")
    return found.hexdigest()


@cache
def _rules() -> bytes:
    """A digest of what decides how entries are read."""
    code = Path(__file__).parent
    found = blake2b(digest_size=16)
    for path in (*sorted(code.glob("*.py")), code.parent / "identity.py", TERMS):
        found.update(path.read_bytes())
    return found.digest()
