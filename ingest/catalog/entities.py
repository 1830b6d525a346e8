"""What the catalogue says of each entity itself: values, names, identifiers, pictures."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import chain
from typing import Any, Final

from ingest.catalog.document import Part
from ingest.catalog.entry import OWN, Entry, Index, Once
from ingest.catalog.vocabulary import Words
from ingest.identity import shortened
from ingest.records import (
    Citation,
    Cited,
    Entity,
    EntityType,
    ExternalId,
    Image,
    Name,
    Scalar,
    Value,
)

OWN_WORDS: Final = ("deck", "description")
OWN_LANGUAGE: Final = "en"
FIELDS: Final[Mapping[EntityType, Mapping[str, Callable[[Any], Scalar]]]] = {
    EntityType.WORK: {
        "kind": str,
        "released": str,
        "runtimeMinutes": int,
        "rating": float,
        "contentRating": str,
    },
    EntityType.SEGMENT: {"kind": str, "position": float, "released": str, "runtimeMinutes": int},
    EntityType.SOUNDTRACK: {"released": str},
    EntityType.TRACK: {"disc": int, "position": int, "durationSeconds": int},
    EntityType.PERSON: {"born": str, "died": str},
    EntityType.TERM: {"kind": str},
}
DEFAULTS: Final[Mapping[EntityType, Mapping[str, Scalar]]] = {
    EntityType.SEGMENT: {"kind": "SEGMENT"},
    EntityType.TRACK: {"disc": 1},
}
DATES: Final = ("released", "born", "died")


class Entities:
    """Makes entities of entries. What the schema has reported already is passed over."""

    def __init__(self, words: Words, index: Index) -> None:
        self.words = words
        self.index = index
        self.ranks = {source.id: source.rank for source in words.vocabulary.sources}
        self.once = Once()

    def read(self, entry: Entry) -> Entity:
        values = list(self._values(entry))
        names = tuple(self._names(entry))
        external_ids = tuple(self._external_ids(entry))
        images = tuple(self._images(entry))
        stated = [cited for _, cited in values]
        stated += [name.cited for name in names]
        stated += [external_id.cited for external_id in external_ids]
        stated += [image.cited for image in images]
        return Entity(
            type=entry.type,
            id=entry.id,
            slug=entry.slug,
            names=names,
            cited=self._sources(stated),
            values=tuple(value for value, _ in values),
            external_ids=external_ids,
            images=images,
            parent=entry.parent.id if entry.parent else None,
        )

    def _sources(self, stated: Iterable[Cited]) -> Cited:
        """One citation of each source, the first given, in the order of precedence."""
        found: dict[str, Citation] = {}
        for citation in chain.from_iterable(stated):
            found.setdefault(citation.source, citation)
        return tuple(sorted(found.values(), key=lambda each: self.ranks.get(each.source, 0)))

    def _values(self, entry: Entry) -> Iterator[tuple[Value, Cited]]:
        for name in OWN_WORDS:
            found = entry.part.get(name)
            if found is not None and found.is_sound:
                yield Value(name, found.data, OWN), (Citation(OWN),)
                if name == "description":
                    yield Value("descriptionLanguage", OWN_LANGUAGE, OWN), (Citation(OWN),)
        for name, convert in FIELDS.get(entry.type, {}).items():
            for part, value, cited in _statements(entry, name):
                for citation in cited:
                    if self.once.first(part, entry.id, name, citation.source):
                        yield Value(name, convert(value), citation.source), (citation,)

    def _names(self, entry: Entry) -> Iterator[Name]:
        for part in entry.part.members("names"):
            if not part.is_sound:
                continue
            languages = [key for key in part.data if key not in ("kind", "by")]
            if len(languages) != 1:
                part.report("must have one language as a key, with the name as its value")
                continue
            (language,) = languages
            if shortened(part.data[language]) != part.data[language]:
                part.report("is too long for a name")
                continue
            kind = part.text("kind") or ("ROMANIZED" if "-Latn" in language else "OFFICIAL")
            if self.once.first(part, entry.id, "names", language, part.data[language]):
                cited = entry.scope.cited(part)
                yield Name(
                    part.data[language], kind, None if language == "und" else language, cited
                )

    def _external_ids(self, entry: Entry) -> Iterator[ExternalId]:
        for site, part in entry.part.entries("ids"):
            if not part.is_sound:
                continue
            id_ = entry.ids[site]
            by_itself = site in self.words.ids["sources"] and part.get("by") is None
            cited = (entry.scope.of_source(site),) if by_itself else entry.scope.cited(part)
            yield ExternalId(site, id_, self.index.page(entry.type, site, id_), cited)

    def _images(self, entry: Entry) -> Iterator[Image]:
        for part in entry.part.members("images"):
            if part.is_sound and self.once.first(part, entry.id, "images", part.text("url")):
                data = part.data
                yield Image(
                    url=data["url"],
                    kind=data["kind"],
                    width=data.get("width"),
                    height=data.get("height"),
                    caption=data.get("caption"),
                    cited=entry.scope.cited(part),
                )


def is_date(part: Part) -> bool:
    """Whether a PartialDate is in the calendar; the schema has seen to its form."""
    text = str(part.data)
    if len(text) == len("1995-12-23"):
        try:
            date.fromisoformat(text)
        except ValueError as error:
            part.report(f"{text} is no date: {error}")
            return False
    return True


def _statements(entry: Entry, name: str) -> Iterator[tuple[Part, Scalar, Cited]]:
    """What is stated of a property: a plain value, {value, by} or a list of these."""
    given = entry.part.get(name)
    if given is None:
        default = DEFAULTS.get(entry.type, {}).get(name)
        if default is not None:
            yield entry.part, default, entry.scope.cited(entry.part)
        return
    for part in entry.part.members(name) if isinstance(given.data, list) else (given,):
        if not part.is_sound:
            continue
        value = part.get("value") or part
        if name not in DATES or is_date(value):
            yield part, value.data, entry.scope.cited(part)
