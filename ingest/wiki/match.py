"""A wiki page against the graph: which work it is about, who and what it names.

docs/import.md says what becomes of which part of a page, and why.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from graph.client import Client
from graph.errors import FilmographError, SourceError
from ingest.identity import query_keys, slugify
from ingest.records import Dataset
from ingest.wiki.known import Candidate, Known, KnownGraph, Surroundings
from ingest.wiki.page import WikiPage
from ingest.wiki.parts import passages
from ingest.wiki.people import People
from ingest.wiki.references import phrase_keys, phrases
from ingest.wiki.statements import Statements, Titles, titled
from ingest.wiki.text import Line, Note

# Kinds of work that are not watched.
_UNSEEN: Final = frozenset({"MANGA", "NOVEL", "BOOK", "GAME", "STAGE"})


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a page states of which work, and what of the page could not be taken over."""

    dataset: Dataset
    work: str
    is_new: bool
    notes: tuple[Note, ...]


async def resolve_page(page: WikiPage, client: Client, work: str | None = None) -> Resolution:
    """The page's statements. Only reads; the same again once the statements are written.

    SourceError where several works may be meant and `work`, a slug, does not say which;
    FilmographError where no work has that slug.
    """
    origin = f"wiki/{page.id}"
    graph = KnownGraph(client, origin)
    candidates = await graph.candidates(_title_keys(page), _people_keys(page))
    known = await _chosen(graph, work) if work else choose_work(page, candidates)
    around = await graph.surroundings(known.id) if known else Surroundings()
    taken = await graph.taken(_new_ids(page))
    people = People(page.id, around, await graph.named("Contributor", _people_keys(page)), taken)
    statements = Statements(page, known, around, people, taken)
    statements.state(
        Titles(
            works=await graph.titles(_mentioned_keys(page), known.id if known else ""),
            terms=await graph.named("Term", _keys(page.genres, page.themes, page.associations)),
            franchises=await graph.named("Franchise", _keys(page.franchises)),
        )
    )
    notes = [*page.notes, *statements.notes, *people.notes]
    if work and known and known.id not in {each.work.id for each in candidates}:
        said = f"no name of {known.id}, which is taken because --work says so"
        notes.append(Note(page.title.number, said))
    if candidates and not known:
        listed = " or ".join(str(each.work) for each in candidates[:5])
        notes.append(
            Note(page.title.number, f"of another year or kind than {listed}: created as new")
        )
    return Resolution(
        statements.dataset(origin),
        statements.work,
        known is None,
        tuple(sorted(notes, key=lambda note: note.line)),
    )


def choose_work(page: WikiPage, candidates: Sequence[Candidate]) -> Known | None:
    """The work that a page is about, None if it is a new one. SourceError if that is not plain.

    Candidates share a name with the page. Of those that fit it, those come first whom the page
    credits, then the date, then the number of names in common.
    """
    ranked = sorted(
        (each for each in candidates if _fits(page, each)),
        key=lambda each: _rank(page, each),
        reverse=True,
    )
    if len(ranked) > 1 and _rank(page, ranked[0]) == _rank(page, ranked[1]):
        listed = " or ".join(str(each.work) for each in ranked[:5])
        message = f"{page.title.text!r} may be {listed}; say which, by its slug"
        raise SourceError(message, page.path, page.title.number)
    return ranked[0].work if ranked else None


def _fits(page: WikiPage, candidate: Candidate) -> bool:
    """Whether kind and year agree: a page with a runtime or a rating is about no book, and one
    that lists no release in the work's years is about it only if most of its people are.
    """
    years = {release.date[:4] for release in page.releases}
    date = candidate.work.date
    known = candidate.years | ({date[:4]} if date else set())
    most = max(2, len({credit.name for credit in page.credits}) / 2)
    if candidate.work.kind in _UNSEEN and (page.runtime or page.rating):
        return False
    return not years or not known or bool(years & known) or candidate.shared >= most


def _rank(page: WikiPage, candidate: Candidate) -> tuple[int, ...]:
    date = candidate.work.date
    return (
        min(candidate.shared, 1),
        int(candidate.work.kind not in _UNSEEN),
        int(date is not None and date in {release.date for release in page.releases}),
        int(date is not None and date[:4] == (page.released or "")[:4]),
        sum(candidate.work.is_called(query_keys(name)) for name in _titles(page)),
    )


async def _chosen(graph: KnownGraph, slug: str) -> Known:
    if found := await graph.work(slug):
        return found
    raise FilmographError(f"No work has the slug {slug!r}.")


def _titles(page: WikiPage) -> set[str]:
    return {titled(page.title)[0], *(line.text for line in page.names)}


def _title_keys(page: WikiPage) -> set[str]:
    return {key for title in _titles(page) for key in query_keys(title)}


def _people(page: WikiPage) -> list[str]:
    voices = [voice.name for character in page.characters for voice in character.voices]
    return [*(credit.name for credit in page.credits), *voices]


def _people_keys(page: WikiPage) -> set[str]:
    return {key for name in _people(page) for key in query_keys(name)}


def _mentioned_keys(page: WikiPage) -> set[str]:
    """The keys of everything that may be the title of another work."""
    prose = [page.deck, *page.description] if page.deck else page.description
    similar = {key for line in page.similar for key in query_keys(titled(line)[0])}
    return similar | phrase_keys(phrases(passages(prose, ())))


def _keys(*groups: Iterable[Line]) -> set[str]:
    return {key for group in groups for line in group for key in query_keys(line.text)}


def _new_ids(page: WikiPage) -> list[str]:
    """The ids that new entities get if nobody has them."""
    terms = (*page.genres, *page.themes, *page.associations)
    names = {
        "work": [titled(page.title)[0]],
        "segment": [line.text for line in page.aliases],
        "person": _people(page),
        "organization": _people(page),
        "term": [line.text for line in terms],
        "franchise": [line.text for line in page.franchises],
    }
    return [f"{type_}:{slugify(name)}" for type_, texts in names.items() for name in texts]
