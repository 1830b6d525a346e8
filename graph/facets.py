"""Facets: what the works of a list have in common, to be counted."""

from typing import NamedTuple

from graph.declarations import Kind, Property, Supposed


class Facet(NamedTuple):
    """``match`` binds ``found``, one of the values that the work ``m`` has; null counts nowhere.
    ``value`` is what a filter takes, ``name`` what a person reads.
    """

    match: str
    value: str
    name: str


def _terms(kind: str) -> Facet:
    match = f"MATCH ({{m}})-[:HAS_TERM]->({{found}}:Term {{{{kind: '{kind}'}}}})"
    return Facet(match, "{found}.id", "{found}.name")


KIND = Supposed("coalesce({n}.kind, 'OTHER')", "{n}.kind", "OTHER")
"""A work's kind; sources know works of which they do not know it."""

_KIND_NAMES = (
    "{{FILM: 'Film', SERIES: 'Series', OVA: 'OVA', ONA: 'ONA', SPECIAL: 'Special', "
    "SHORT: 'Short film', MUSIC_VIDEO: 'Music video', MANGA: 'Manga', NOVEL: 'Novel', "
    "BOOK: 'Book', GAME: 'Game', STAGE: 'Stage work', OTHER: 'Other'}}"
)

FACETS = {
    "KIND": Facet(
        "UNWIND [coalesce({m}.kind, 'OTHER')] AS {found}", "{found}", f"{_KIND_NAMES}[{{found}}]"
    ),
    "DECADE": Facet("UNWIND [left({m}.released, 3) + '0'] AS {found}", "{found}", "{found} + 's'"),
    "YEAR": Facet("UNWIND [left({m}.released, 4)] AS {found}", "{found}", "{found}"),
    "GENRE": _terms("GENRE"),
    "THEME": _terms("THEME"),
    "TAG": _terms("TAG"),
    "ORGANIZATION": Facet(
        "MATCH ({m})<-[:ON]-()<-[:HAS_CREDIT]-({found}:Organization)",
        "{found}.id",
        "{found}.name",
    ),
}

KINDS = {
    "FacetValue": Kind(
        "",
        {name: Property(f"{{{name}}}") for name in ("value", "name", "count")},
        inherits=("value", "name", "count"),
    ),
}
