"""What an entry states: a work with its names, values, ids, picture, tags, studios, producers."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

from ingest.identity import language_of, script_of, slugify
from ingest.matching import KnownName
from ingest.offline_database.anime import Anime
from ingest.offline_database.segments import Segment
from ingest.offline_database.surroundings import Organization
from ingest.offline_database.terms import NSFW, Term
from ingest.records import (
    Citation,
    Credit,
    Dataset,
    Entity,
    EntityType,
    ExternalId,
    Image,
    Name,
    Relation,
    Row,
    Scalar,
    Tagging,
    Value,
)

SOURCE: Final = "anime-offline-database"
CITED: Final = (Citation(SOURCE),)
STUDIO: Final = "animation-studio"
PRODUCER: Final = "production-company"
RELATED: Final = "other"
"""The file does not say what related works are to each other."""

Known = Callable[[str], KnownName | None]
"""How other sources state a name of the same work."""


class Resolved(NamedTuple):
    """An entry whose work, studios, producers and terms are known. `segments` are the work's, if
    they are not safe for work.
    """

    origin: str
    row: Row
    anime: Anime
    work: str
    studios: tuple[Organization, ...]
    producers: tuple[Organization, ...]
    terms: tuple[Term, ...]
    segments: tuple[Segment, ...] = ()


def work_dataset(entry: Resolved, known: Known) -> Dataset:
    anime, work = entry.anime, entry.work
    names = tuple(_names(anime, known))
    entity = Entity(
        type=EntityType.WORK,
        id=work,
        slug=slugify(anime.title) or slugify(names[0].text),
        names=names,
        cited=CITED,
        values=tuple(Value(name, value, SOURCE) for name, value in _values(anime)),
        external_ids=tuple(
            ExternalId(site, id_, anime.urls[site], CITED) for site, id_ in anime.ids.items()
        ),
        images=tuple(_images(anime)),
        row=entry.row,
    )
    terms = dict.fromkeys(term.id for term in entry.terms)
    return Dataset(
        origin=entry.origin,
        entities=(entity, *map(_unfit, entry.segments)),
        credits=tuple(_credits(entry)),
        taggings=tuple(Tagging(work, term, CITED) for term in terms),
    )


def organization_dataset(origin: str, id_: str, names: Iterable[KnownName]) -> Dataset:
    stated = tuple(Name(*name, CITED) for name in names)
    slug = slugify(stated[0].text)
    return Dataset(origin, (Entity(EntityType.ORGANIZATION, id_, slug, stated, CITED),))


def term_dataset(origin: str, terms: Iterable[Term]) -> Dataset:
    """Of names of one term."""
    first, *_ = found = list(terms)
    entity = Entity(
        EntityType.TERM,
        first.id,
        first.slug,
        tuple(Name(*term.name, CITED) for term in found),
        CITED,
        (Value("kind", first.kind, SOURCE),),
    )
    return Dataset(origin, (entity,))


def relation_dataset(origin: str, one: str, other: str) -> Dataset:
    return Dataset(origin, relations=(Relation(one, RELATED, other, CITED),))


def _names(anime: Anime, known: Known) -> Iterator[Name]:
    """Each text once. As others state it, where they do; else its language as its script tells."""
    is_japanese = any(language_of(text) == "ja" for text in anime.synonyms)
    for text in filter(None, (anime.title, *anime.synonyms)):
        own = KnownName(text, "ALIAS", language_of(text))
        if text == anime.title:
            own = _title(text, is_japanese)
        yield Name(*(known(text) or own), CITED)


def _title(text: str, is_japanese: bool) -> KnownName:
    """The title of a Japanese work is what it is called in Latin letters."""
    if is_japanese and script_of(text) == "Latn":
        return KnownName(text, "ROMANIZED", "ja-Latn")
    return KnownName(text, "OFFICIAL", language_of(text))


def _values(anime: Anime) -> Iterator[tuple[str, Scalar]]:
    if anime.kind:
        yield "kind", anime.kind
    if anime.year:
        yield "released", f"{anime.year:04}"
    if anime.runtime_minutes and anime.kind != "SERIES":
        yield "runtimeMinutes", anime.runtime_minutes
    if anime.rating:
        yield "rating", anime.rating
    if is_nsfw(anime):
        yield "nsfw", True


def is_nsfw(anime: Anime) -> bool:
    return not NSFW.isdisjoint(map(str.casefold, anime.tags))


def _unfit(segment: Segment) -> Entity:
    """What is explicit is explicit in all of its parts."""
    values = (Value("nsfw", True, SOURCE),)
    return Entity(EntityType.SEGMENT, segment.id, segment.slug, (), CITED, values)


def _images(anime: Anime) -> Iterator[Image]:
    if anime.picture:
        yield Image(anime.picture, "POSTER", None, None, None, CITED)


def _credits(entry: Resolved) -> Iterator[Credit]:
    position = 0
    for role, organizations in ((STUDIO, entry.studios), (PRODUCER, entry.producers)):
        for id_ in dict.fromkeys(each.id for each in organizations):
            position += 1
            yield Credit(id_, role, entry.work, CITED, position=position)
