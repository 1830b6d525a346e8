"""Where the catalogue defines its entities, and how one fact refers to another entity or a source.

All files are gone through for their entities first, so that facts may refer to what any file
defines, in any order.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from ingest.catalog.document import Document, Part, meant
from ingest.catalog.vocabulary import Words
from ingest.identity import entity_id, slugify
from ingest.records import Citation, Cited, EntityType

OWN: Final = "filmograph"
"""The source of our own words and decisions."""

SECTIONS: Final = {
    "terms": EntityType.TERM,
    "people": EntityType.PERSON,
    "organizations": EntityType.ORGANIZATION,
    "characters": EntityType.CHARACTER,
    "works": EntityType.WORK,
    "soundtracks": EntityType.SOUNDTRACK,
    "franchises": EntityType.FRANCHISE,
}
PARTS: Final = {
    EntityType.WORK: ("segments", EntityType.SEGMENT),
    EntityType.SOUNDTRACK: ("tracks", EntityType.TRACK),
}


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a source; without an address, the page that each entity has there is meant."""

    source: str
    url: str | None = None
    retrieved: str | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """What facts inherit: pages by handle, who states what has no `by`, own pages by site."""

    words: Words
    pages: Mapping[str, Page] = field(default_factory=dict)
    by: tuple[str, ...] = ()
    retrieved: str | None = None
    own_pages: Mapping[str, str] = field(default_factory=dict)

    def inside(self, part: Part) -> "Scope":
        """The scope within a file or entity: its `sources`, `by` and `retrieved` hold there."""
        retrieved = part.text("retrieved") or self.retrieved
        scope = replace(self, pages={**self.pages, **dict(self._pages(part))}, retrieved=retrieved)
        return replace(scope, by=scope._by(part) or self.by)

    def cited(self, part: Part) -> Cited:
        """Who states a fact: its own `by`, else the inherited one. Nobody is a problem."""
        handles = self._by(part) or self.by
        if not handles and part.get("by") is None:
            part.report("nobody states this: give it, what it stands in or the file a `by`")
        return tuple(map(self.citation, handles))

    def of_source(self, source: str) -> Citation:
        """The page of a source that facts here are from."""
        cited = (self.citation(handle) for handle in (*self.by, source))
        return next(citation for citation in cited if citation.source == source)

    def citation(self, handle: str) -> Citation:
        page = self.pages.get(handle) or Page(handle)
        if page.source == OWN:
            return Citation(OWN)
        retrieved = page.retrieved or self.retrieved
        return Citation(
            page.source,
            page.url or self.own_pages.get(page.source),
            f"{retrieved}T00:00:00Z" if retrieved else None,
        )

    def _pages(self, part: Part) -> Iterator[tuple[str, Page]]:
        for handle, page in part.entries("sources"):
            if not page.is_sound:
                continue
            source = page.text("source") or handle
            if source in self.words.ids["sources"]:
                yield handle, Page(source, page.text("url"), page.text("retrieved"))
            else:
                page.report(f"unknown source {source!r}{meant(source, self.words.ids['sources'])}")

    def _by(self, part: Part) -> tuple[str, ...]:
        by = part.get("by")
        if by is None or not by.is_sound:
            return ()
        handles = [by.data] if isinstance(by.data, str) else by.data
        known = self.words.ids["sources"] | self.pages.keys()
        for handle in handles:
            if handle not in known:
                by.report(f"unknown source {handle!r}{meant(handle, known)}")
        return tuple(handles)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entity where it is defined. `ids` are its identifiers by site."""

    type: EntityType
    id: str
    slug: str
    part: Part
    scope: Scope
    ids: Mapping[str, str]
    parent: "Entry | None" = None


class Index:
    """The entities of all files, by type and slug."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.entries: dict[EntityType, dict[str, Entry]] = {type_: {} for type_ in EntityType}
        self._places: dict[tuple[EntityType, str, str], Part] = {}

    def __iter__(self) -> Iterator[Entry]:
        for entries in self.entries.values():
            yield from entries.values()

    def add(self, document: Document) -> None:
        """Takes in what a file defines; reports slugs and identifiers that are already taken."""
        scope = Scope(self.words).inside(document.top)
        for section, type_ in SECTIONS.items():
            for part in document.top.members(section):
                self._define(type_, part, scope, None)

    def find(self, part: Part, *types: EntityType) -> Entry | None:
        """What a reference means; reported where that is nothing or several things."""
        prefix, _, slug = str(part.data).rpartition("/")
        wanted = [each for each in types if prefix in ("", each.value.lower())]
        found = [self.entries[each][slug] for each in wanted if slug in self.entries[each]]
        if len(found) == 1:
            return found[0]
        if found:
            names = " or ".join(f"{each.type.value.lower()}/{slug}" for each in found)
            part.report(f"{slug!r} may be {names}: say which")
        else:
            kinds = " or ".join(each.value.lower() for each in types)
            known = {each for type_ in types for each in self.entries[type_]}
            part.report(f"no {kinds} is called {part.data!r}{meant(slug, known)}")
        return None

    def _define(self, type_: EntityType, part: Part, outer: Scope, parent: Entry | None) -> None:
        slug = _slug(type_, part, parent)
        if slug is None:
            return
        ids = dict(self._ids(part))
        pages = {site: url for site, id_ in ids.items() if (url := self.page(type_, site, id_))}
        scope = replace(outer, own_pages={**outer.own_pages, **pages}).inside(part)
        id_ = entity_id(type_.value.lower(), ids, slug)
        entry = Entry(type_, id_, slug, part, scope, ids, parent)
        if self._is_new(entry):
            self.entries[type_][slug] = entry
        if type_ in PARTS:
            key, part_type = PARTS[type_]
            for each in part.members(key):
                self._define(part_type, each, scope, entry)

    def page(self, type_: EntityType, site: str, id_: str) -> str | None:
        """The address of an entity's page on a site, where the site's addresses are known."""
        address = self.words.addresses.get(site, {}).get(type_.value.lower())
        return address.replace("{id}", id_) if address else None

    def _ids(self, part: Part) -> Iterator[tuple[str, str]]:
        for site, given in part.entries("ids"):
            if not given.is_sound:
                continue
            if site not in self.words.ids["sites"]:
                given.report(f"unknown site{meant(site, self.words.ids['sites'])}")
            yield site, given.text("id") or str(given.data)

    def _is_new(self, entry: Entry) -> bool:
        """Reports a slug or identifier that another entity of the type has."""
        ids = [(f"{site} id", id_) for site, id_ in entry.ids.items()]
        for kind, text in [("slug", entry.slug), *ids]:
            first = self._places.setdefault((entry.type, kind, text), entry.part)
            if first is not entry.part:
                name = entry.type.value.lower()
                entry.part.report(f"the {kind} {text!r} is taken by the {name} in {first.where}")
        return entry.slug not in self.entries[entry.type]


class Once:
    """Sees to it that nothing is stated twice."""

    def __init__(self) -> None:
        self._places: dict[tuple[str | None, ...], Part] = {}

    def first(self, part: Part, *key: str | None) -> bool:
        """Whether this is the first with the key; any other is reported."""
        before = self._places.setdefault(key, part)
        if before is part:
            return True
        part.report(f"is stated already, in {before.where}")
        return False


def _slug(type_: EntityType, part: Part, parent: Entry | None) -> str | None:
    given = part.get("slug")
    if given is not None:
        if not given.is_sound:
            return None
        slug = str(given.data)
        if slugify(slug) != slug:
            given.report(f"{slug!r} is no slug; write {slugify(slug)!r}")
        return slug
    position, disc = part.get("position"), part.get("disc")
    if type_ is not EntityType.TRACK or parent is None or position is None:
        return None
    return f"{parent.slug}-{disc.data if disc else 1}-{position.data}"
