"""Tags as terms: those that the catalogue knows by a name, and others."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from ingest.catalog.document import read_document
from ingest.catalog.entry import Entry, Index
from ingest.catalog.vocabulary import CATALOG, read_words
from ingest.identity import name_key, slugify
from ingest.matching import KnownName
from ingest.records import EntityType

TERMS: Final = CATALOG / "terms.yaml"
NSFW: Final = frozenset({"hentai"})
"""Tags of what is not safe for work."""


class Term(NamedTuple):
    """``kind`` is a TermKind, ``name`` what the tag calls it."""

    slug: str
    kind: str
    name: KnownName

    @property
    def id(self) -> str:
        return f"term:{self.slug}"


def read_terms() -> Mapping[str, Term]:
    """The catalogue's terms by the keys of their names. Raises SourceError where it is broken."""
    index = Index(read_words(CATALOG))
    index.add(read_document(TERMS))
    return {
        name_key(term.name.text): term
        for entry in index
        if entry.type is EntityType.TERM
        for term in _terms(entry)
    }


def term_of(tag: str, known: Mapping[str, Term]) -> Term:
    """The term that a tag means."""
    name = KnownName(tag[0].upper() + tag[1:], "OFFICIAL", "en")
    return known.get(name_key(tag)) or Term(slugify(tag), "TAG", name)


def _terms(entry: Entry) -> Iterator[Term]:
    part: Any
    for part in entry.part.members("names"):
        for language, text in part.data.items():
            if language not in ("kind", "by"):
                kind = part.text("kind") or "OFFICIAL"
                name = KnownName(str(text), kind, None if language == "und" else language)
                yield Term(entry.slug, entry.part.text("kind") or "TAG", name)
