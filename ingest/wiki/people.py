"""Who is meant by the names on a wiki page.

A name means somebody whom the graph knows where it is plain which: first among those credited on
the work and its parts, then in its franchises, then anywhere if one alone has the name and nothing
speaks against it. Two of one name are never merged by it: then somebody new is created, and the
candidates are reported.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from ingest.identity import language_of, query_keys, script_of, slugify, stored_key
from ingest.partial_date import parse_date
from ingest.records import Citation, Entity, EntityType, Name, Scalar, Value
from ingest.wiki.known import Known, KnownName, Surroundings
from ingest.wiki.text import Note

CITED: Final = (Citation("wiki"),)
LANGUAGE: Final = "en"
"""In which the wiki is written."""

_COMPANY_ROLES: Final = frozenset(
    {
        "animation-studio",
        "distributor",
        "music-production",
        "production",
        "production-company",
        "production-studio",
        "publisher",
        "recording-studio",
    }
)
_BORN: Final = re.compile(
    r"\bborn(?: on| in)? (?:on )?(?P<date>(?:[A-Z][a-z]+\.? (?:\d{1,2}(?:st|nd|rd|th)?, ?)?)?\d{4}"
    r"|\d{1,2} [A-Z][a-z]+ \d{4}|\d{4}-\d\d-\d\d)"
)


@dataclass
class Somebody:
    """A person, organization or character of the page, with what it states of them."""

    id: str
    type: EntityType
    slug: str
    known: Known | None
    names: dict[str, Name] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)

    def entity(self) -> Entity:
        names = tuple(self.names.values())
        return Entity(self.type, self.id, self.slug, names, CITED, stated_values(self.values))

    def credited_as(self, text: str) -> str | None:
        """The name as written, where it is not the English name that the graph has."""
        english = {n.text for n in self.known.names if n.language == "en"} if self.known else set()
        return text if english and text not in english else None


class People:
    """Contributors and characters of one page; `notes` says who could not be told."""

    def __init__(
        self,
        page: str,
        around: Surroundings,
        everywhere: Sequence[Known],
        taken: Iterable[str],
    ) -> None:
        """`page` is the page's id, `everywhere` are all contributors with a name on the page."""
        self.page = page
        self.around = around
        self.everywhere = everywhere
        self.taken = set(taken)
        self.notes: list[Note] = []
        self.met: dict[tuple[str, str], Somebody] = {}

    def contributor(self, line: int, name: str, role: str, biography: str = "") -> Somebody:
        """Whoever is meant by a name in a credit; the biography becomes their description."""
        key = ("contributor", stored_key(name, None, romanized=True))
        if key not in self.met:
            self.met[key] = self._contributor(line, name, role, _born(biography))
        found = self.met[key]
        _describe(found, name, biography)
        if (born := _born(biography)) and found.type is EntityType.PERSON:
            found.values.setdefault("born", born)
        return found

    def character(self, line: int, name: str, description: str) -> Somebody:
        """The character of the work that a name means, by its full name or a part of it."""
        key = ("character", stored_key(name, None, romanized=True))
        if key not in self.met:
            self.met[key] = self._character(line, name)
        _describe(self.met[key], name, description)
        return self.met[key]

    def entities(self) -> tuple[Entity, ...]:
        """Everybody met so far."""
        return tuple({each.id: each.entity() for each in self.met.values()}.values())

    def _contributor(self, line: int, name: str, role: str, born: str | None) -> Somebody:
        keys = query_keys(name)
        company = role in _COMPANY_ROLES
        near = self._fitting(self.around.near, keys, company)
        if len(near) > 1:
            credited = {each.contributor for each in self.around.credits if each.role == role}
            near = [each for each in near if each.id in credited] or near
        for candidates in (near, self._fitting(self.around.far, keys, company)):
            if len(candidates) == 1:
                return self._known(EntityType(candidates[0].type), candidates[0])
            if candidates:
                return self._stranger(line, name, company, candidates)
        anywhere = self._fitting(self.everywhere, keys, company)
        if len(anywhere) == 1 and not _contradicts(anywhere[0], born):
            return self._known(EntityType(anywhere[0].type), anywhere[0])
        return self._stranger(line, name, company, anywhere)

    def _character(self, line: int, name: str) -> Somebody:
        keys = query_keys(name)
        known = [each for each in self.around.characters if each.is_called(keys)]
        known = known or [each for each in self.around.characters if _is_part_of(name, each)]
        if len(known) == 1:
            return self._known(EntityType.CHARACTER, known[0])
        if known:
            self._report(line, name, known)
        slug = slugify(name)
        return Somebody(f"character:{self.page}-{slug}", EntityType.CHARACTER, slug, None)

    def _known(self, type_: EntityType, known: Known) -> Somebody:
        """One entity, by whichever of its names the page calls it."""
        for somebody in self.met.values():
            if somebody.id == known.id:
                return somebody
        return Somebody(known.id, type_, known.slug, known)

    def _fitting(self, known: Iterable[Known], keys: Iterable[str], company: bool) -> list[Known]:
        """Those of the name; companies come first for a company's role, else persons."""
        found = [each for each in known if each.is_called(keys)]
        wanted = EntityType.ORGANIZATION if company else EntityType.PERSON
        return [each for each in found if each.type == wanted] or found

    def _stranger(
        self, line: int, name: str, company: bool, candidates: Sequence[Known]
    ) -> Somebody:
        type_ = EntityType.ORGANIZATION if company else EntityType.PERSON
        slug = slugify(name)
        if candidates:
            self._report(line, name, candidates)
        if candidates or f"{type_.lower()}:{slug}" in self.taken:
            slug = f"{slug}-{self.page}"
        return Somebody(f"{type_.lower()}:{slug}", type_, slug, None)

    def _report(self, line: int, name: str, candidates: Sequence[Known]) -> None:
        listed = " or ".join(str(each) for each in candidates[:5])
        self.notes.append(Note(line, f"{name!r} may be {listed}: created as somebody new"))


def stated_values(values: Mapping[str, Scalar]) -> tuple[Value, ...]:
    """A page's word on an entity's properties."""
    said = {"descriptionLanguage": LANGUAGE} if "description" in values else {}
    return tuple(Value(name, value, "wiki") for name, value in {**values, **said}.items())


def stated_name(text: str, names: Iterable[KnownName | Name]) -> Name:
    """A name as the page states it: the one of `names` that is written like it, if there is one.

    The wiki is in English: its name is the English one where there is none yet.
    """
    language = "en" if script_of(text) in ("Latn", "Zyyy") else language_of(text)
    kind = "OFFICIAL"
    for name in names:
        if name.text == text:
            return Name(text, name.kind, name.language, CITED)
        if name.language == language:
            kind = "ALIAS"
    return Name(text, kind, language, CITED)


def stated_alias(text: str, names: Iterable[KnownName | Name]) -> Name:
    """An alias, of which the page does not say the language."""
    same = [name for name in names if name.text == text]
    kind, language = (same[0].kind, same[0].language) if same else ("ALIAS", language_of(text))
    return Name(text, kind, language, CITED)


def _describe(somebody: Somebody, name: str, description: str) -> None:
    known = somebody.known.names if somebody.known else ()
    stated = stated_name(name, (*known, *somebody.names.values()))
    somebody.names.setdefault(name, stated)
    if description:
        somebody.values.setdefault("description", description)


def _born(biography: str) -> str | None:
    match = _BORN.search(biography)
    if not match:
        return None
    try:
        return parse_date(match["date"])
    except ValueError:
        return None


def _contradicts(known: Known, born: str | None) -> bool:
    """Whether both have a date of birth, and not the same."""
    if not born or not known.date:
        return False
    return not (known.date.startswith(born) or born.startswith(known.date))


def _is_part_of(name: str, known: Known) -> bool:
    """Whether a name is a whole word of a known name ("Nobuo" of "Nobuo Tanaka")."""
    words = {word for key in query_keys(name) for word in key.lstrip("~").split()}
    return any(words < set(each.key.lstrip("~").split()) for each in known.names)
