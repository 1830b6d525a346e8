"""Tags as terms: which are, which of the catalogue's they are, and how they are written.

A tag that two people or more have given is a term, and so are the tags that the catalogue knows
and the meta tags, which editors choose. Dates and numbers are none, as the work has its date.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from ingest.bangumi.codes import Codes, TermName
from ingest.bangumi.names import is_name
from ingest.bangumi.rows import Subject
from ingest.bangumi.staging import Staging
from ingest.identity import BANGUMI, language_of, script_of, slugify
from ingest.ideographs import chinese_language
from ingest.records import Citation, Entity, EntityType, Name, Value

FEWEST: Final = 2
_DATE: Final = re.compile(
    r"\d+|(?:\d{4}|\d{2})\s*(?:年代?|s|'s)?(?:\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?|\s*[-/.]\s*\d{1,4}年?)*"
    r"|\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?|\d{1,2}月(?:\d{1,2}日)?|\d{4}年?[春夏秋冬]季?",
    re.IGNORECASE,
)
_NO_TERMS: Final = frozenset({"undefined", "null", "none"})


class Tag(NamedTuple):
    """A term by its slug, as one subject has it. `votes` None: editors have chosen it."""

    slug: str
    text: str
    votes: int | None


def tags_of(tags: Iterable[tuple[str, int]], meta_tags: Iterable[str], codes: Codes) -> list[Tag]:
    """The terms of a subject, each once, those with votes first."""
    found: dict[str, Tag] = {}
    for text, votes in sorted(tags, key=lambda tag: -tag[1]):
        known = _known(text, codes)
        if votes >= FEWEST or (known and votes > 0):
            _note(found, known.slug if known else _slug(text), text, votes)
    for text in meta_tags:
        known = _known(text, codes)
        _note(found, known.slug if known else _slug(text), text, None)
    return list(found.values())


def _note(found: dict[str, Tag], slug: str | None, text: str, votes: int | None) -> None:
    if slug is not None:
        found.setdefault(slug, Tag(slug, text, votes))


def _known(text: str, codes: Codes) -> TermName | None:
    return codes.terms.get(text.casefold())


@lru_cache(maxsize=1 << 16)
def _slug(text: str) -> str | None:
    """What spellings of one tag have in common; None for what is no term."""
    if not is_name(text) or _DATE.fullmatch(text.strip()) or text.casefold() in _NO_TERMS:
        return None
    return slugify(text)


def term(slug: str, texts: Iterable[str], codes: Codes) -> Entity:
    """A term with all its spellings, the most used one first."""
    names = list(_names(texts, codes))
    kinds = [known.term_kind for text in texts if (known := _known(text, codes))]
    cited = (Citation(BANGUMI),)
    return Entity(
        EntityType.TERM,
        f"term:{slug}",
        slug,
        tuple(Name(*name, cited) for name in names),
        cited,
        (Value("kind", kinds[0] if kinds else "TAG", BANGUMI),),
    )


def _names(texts: Iterable[str], codes: Codes) -> Iterator[tuple[str, str, str | None]]:
    first = True
    for text in texts:
        known = _known(text, codes)
        if known is not None:
            yield known.text, known.kind, known.language
        else:
            is_han = script_of(text) == "Hani"
            language = chinese_language(text) if is_han else language_of(text)
            yield " ".join(text.split()), "OFFICIAL" if first else "ALIAS", language
        first = False


class Terms:
    """The tags of all subjects, staged: how often each spelling of a term is used."""

    def __init__(self, staging: Staging, codes: Codes) -> None:
        self.database = staging.database
        self.codes = codes
        self.database.execute(
            "CREATE TABLE tag (slug TEXT, text TEXT, uses INTEGER, PRIMARY KEY (slug, text))"
            " WITHOUT ROWID"
        )

    def add(self, subject: Subject) -> None:
        self.database.executemany(
            "INSERT INTO tag VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET uses = uses + 1",
            ((tag.slug, tag.text) for tag in tags_of(subject.tags, subject.meta_tags, self.codes)),
        )
