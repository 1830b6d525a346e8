"""Tags as terms: which are, which of the catalogue's they are, and how they are written.

A tag that two people or more have given is a term, and so are the tags that the catalogue knows
and the meta tags, which editors choose. What the work says elsewhere is none: dates, its kind and
country, ratings, its own title, and the names of those who are credited on it.
"""

import re
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from ingest.bangumi.codes import Codes, TermName
from ingest.bangumi.contributors import called
from ingest.bangumi.names import ABROAD, JAPAN, REGIONS, is_name
from ingest.bangumi.rows import Subject
from ingest.bangumi.staging import Staging
from ingest.identity import BANGUMI, language_of, name_key, script_of, slugify
from ingest.ideographs import chinese_language
from ingest.records import Citation, Entity, EntityType, Name, Value

FEWEST: Final = 2
_DATE: Final = re.compile(
    r"\d+|(?:\d{4}|\d{2})\s*(?:年代?|s|'s)?(?:\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?|\s*[-/.]\s*\d{1,4}年?)*"
    r"|\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?|\d{1,2}月(?:\d{1,2}日)?|\d{4}年?[春夏秋冬]季?",
    re.IGNORECASE,
)
_NUMBER: Final = r"(?:\d+(?:\.\d)?|[一二三四五六七八九十两半]+)"
_RATING: Final = re.compile(rf"{_NUMBER}[星分]")
_SEASON: Final = re.compile(
    rf"第{_NUMBER}[季期部]|{_NUMBER}月(?:新番|番)|(?:19|20)?\d\d[.年/-]?{_NUMBER}月(?:新番|番)"
    r"|(?:19|20)?\d\d年?(?:[春夏秋冬])?(?:新番|番)|season\s*\d+|s\d+",
    re.IGNORECASE,
)
"""Which season it is or began in."""
_FEW, _SHARE = 10, 10
"""A rating is what single people give: fewer, or less than this part of the most given tag. What
more give is something else that is called so, as a company (三星).
"""
COUNTRIES: Final = frozenset({JAPAN, *REGIONS, *ABROAD})
_NO_TERMS: Final = frozenset({"undefined", "null", "none"})


class Tag(NamedTuple):
    """A term by its slug, as one subject has it. `votes` None: editors have chosen it."""

    slug: str
    text: str
    votes: int | None


def tags_of(subject: Subject, codes: Codes, names: Container[str] = ()) -> list[Tag]:
    """The terms of a subject, each once, those with votes first. `names` are tags that name it or
    who made it, and no terms.
    """
    found: dict[str, Tag] = {}
    most = max((votes for _, votes in subject.tags), default=0)
    for text, votes in sorted(subject.tags, key=lambda tag: -tag[1]):
        known = _known(text, codes)
        if not known and (
            text in names or _is_elsewhere(text, codes) or _is_rating(text, votes, most)
        ):
            continue
        if votes >= FEWEST or (known and votes > 0):
            _note(found, known.slug if known else _slug(text), text, votes)
    for text in subject.meta_tags:
        known = _known(text, codes)
        if not known and _is_elsewhere(text, codes):
            continue
        _note(found, known.slug if known else _slug(text), text, None)
    return list(found.values())


def _note(found: dict[str, Tag], slug: str | None, text: str, votes: int | None) -> None:
    if slug is not None:
        found.setdefault(slug, Tag(slug, text, votes))


def _is_elsewhere(text: str, codes: Codes) -> bool:
    """Whether it only says what the work's kind, country or place in a series says."""
    return (
        text.casefold() in codes.formats
        or text.removesuffix("动画") in COUNTRIES
        or _SEASON.fullmatch(text) is not None
    )


def _is_rating(text: str, votes: int, most: int) -> bool:
    return _RATING.fullmatch(text) is not None and (votes < _FEW or votes * _SHARE < most)


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
        self.database.execute("CREATE TABLE name_tag (subject INTEGER, text TEXT)")
        self.called = lru_cache(maxsize=1 << 16)(self._called)

    def add(self, subject: Subject) -> None:
        names = self._names(subject)
        self.database.executemany(
            "INSERT INTO name_tag VALUES (?, ?)", ((subject.id, text) for text in sorted(names))
        )
        self.database.executemany(
            "INSERT INTO tag VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET uses = uses + 1",
            ((tag.slug, tag.text) for tag in tags_of(subject, self.codes, names)),
        )

    def _names(self, subject: Subject) -> set[str]:
        """The tags that name it, or somebody who is credited on it, by any name."""
        titles = {name_key(subject.name), name_key(subject.name_cn)}
        given = {text: self.called(text) for text, votes in subject.tags if votes >= FEWEST}
        found = {text for text, (key, _) in given.items() if key in titles}
        if any(people for _, people in given.values()):
            credited = self._credited(subject.id)
            found.update(text for text, (_, who) in given.items() if not credited.isdisjoint(who))
        return found

    def _called(self, text: str) -> tuple[str, frozenset[int]]:
        """A tag's key as a name, and whose name it is."""
        key = name_key(text)
        return key, called(self.database, key)

    def _credited(self, subject: int) -> set[int]:
        return {
            who
            for table in ("subject-persons", "person-characters")
            for (who,) in self.database.execute(
                f'SELECT other FROM "{table}" WHERE part = ?', (subject,)
            )
        }
