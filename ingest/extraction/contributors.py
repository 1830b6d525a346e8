"""People and organizations that the chosen works credit: who is meant, and their slugs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from ingest.bangumi.contributors import COMPANY, COMPANY_ROLES, is_company
from ingest.bangumi.infobox import Infobox
from ingest.bangumi.quantities import partial_date
from ingest.bangumi.rows import Page
from ingest.extraction.facts import Fact, language_key, present, value
from ingest.extraction.names import person_names
from ingest.extraction.selection import Chosen
from ingest.extraction.shipped import Shipped
from ingest.identity import BANGUMI, language_of, name_key, script_of, slugify
from ingest.records import EntityType
from ingest.romanization import Readings

BOTH: Final = (EntityType.PERSON, EntityType.ORGANIZATION)


class Who(NamedTuple):
    """Somebody credited: with an id at Bangumi, or by nothing but a name."""

    type: EntityType
    id: int | None
    name: str


class Contributors:
    """Everybody who was referred to, in the order of ids and names."""

    def __init__(
        self,
        people: Mapping[int, Page],
        chosen: Mapping[int, Chosen],
        shipped: Shipped,
        companies: frozenset[int],
    ) -> None:
        """`companies` are those who mostly do what companies do."""
        self.companies = companies
        self.people = people
        self.chosen = chosen
        self.shipped = shipped
        self._infoboxes = {person.id: Infobox(person.infobox) for person in people.values()}
        self.readings = Readings(
            (person.name, [alias.text for alias in self._infoboxes[person.id].aliases])
            for person in people.values()
        )
        self._by_name: dict[str, list[int]] = defaultdict(list)
        self._by_alias: dict[str, list[int]] = defaultdict(list)
        for person in people.values():
            self._by_name[name_key(person.name)].append(person.id)
            for alias in self._infoboxes[person.id].aliases:
                self._by_alias[name_key(alias.text)].append(person.id)
        self._referred: dict[Who, list[str]] = {}
        for id_ in chosen:
            self.known(id_)

    def known(self, id_: int) -> Who | None:
        """Who has the id; None where the dump lacks the row, or has no name ("???")."""
        person = self.people.get(id_)
        if person is None or not any(map(str.isalnum, person.name)):
            return None
        return self._refer(Who(self._type(person), id_, person.name), "")

    def _type(self, person: Page) -> EntityType:
        """What hands have written, else what the row and the page tell: dumps have companies
        among the individuals.
        """
        for type_ in BOTH:
            if (type_, person.id) in self.shipped.by_bangumi:
                return type_
        infobox = self._infoboxes[person.id]
        company = is_company(person, infobox, person.id in self.companies, self._is_read)
        return EntityType.ORGANIZATION if company else EntityType.PERSON

    def _is_read(self, name: str, names: list[str]) -> bool:
        return self.readings.best(name, names) is not None

    def named(self, name: str, role: str, url: str, nearby: Iterable[int]) -> Who:
        """Who is meant by a name in the credits: one of those `nearby` who has it, else the only
        one with that name, else somebody who is known by the name alone.
        """
        key = name_key(name)
        near = frozenset(nearby)
        for found in (self._by_name.get(key, []), self._by_alias.get(key, [])):
            close = [id_ for id_ in found if id_ in near]
            for candidates in (close, found):
                who = self.known(candidates[0]) if len(candidates) == 1 else None
                if who is not None:
                    return who
        is_company = role in COMPANY_ROLES or COMPANY.search(name)
        type_ = EntityType.ORGANIZATION if is_company else EntityType.PERSON
        return self._refer(Who(type_, None, name), url)

    def company(self, name: str) -> Who | None:
        """The only company or group of that name."""
        key = name_key(name)
        found = dict.fromkeys([*self._by_name.get(key, []), *self._by_alias.get(key, [])])
        companies = [
            id_ for id_ in found if self._type(self.people[id_]) is EntityType.ORGANIZATION
        ]
        return self.known(companies[0]) if len(companies) == 1 else None

    def _refer(self, who: Who, url: str) -> Who:
        self._referred.setdefault(who, []).append(url)
        return who

    def slugs(self) -> dict[Who, str]:
        """Slugs of everybody referred to; those written by hand keep theirs."""
        found: dict[Who, str] = {}
        taken = {type_: set(slugs) for type_, slugs in self.shipped.slugs.items()}
        for who in sorted(self._referred, key=lambda who: (who.id or 10**9, who.name)):
            slug = self._by_hand(who)
            if slug is None:
                slug = self._new_slug(who, taken.setdefault(who.type, set()))
                taken[who.type].add(slug)
            found[who] = slug
        return found

    def _by_hand(self, who: Who) -> str | None:
        if who.id is not None:
            return self.shipped.by_bangumi.get((who.type, who.id))
        return self.shipped.by_name.get((who.type, name_key(who.name)))

    def _new_slug(self, who: Who, taken: set[str]) -> str:
        chosen = self.chosen.get(who.id) if who.id is not None else None
        slug = (chosen.slug if chosen else None) or slugify(display_name(self.names(who)))
        return slug if slug not in taken else f"{slug}-{who.id or 'unknown'}"

    def names(self, who: Who) -> list[Fact]:
        if who.id is None:
            language = "en" if script_of(who.name) == "Latn" else language_of(who.name) or "ja"
            return [{language: who.name, "kind": "ORIGINAL", "by": [BANGUMI]}]
        chosen = self.chosen.get(who.id)
        english = chosen.en if chosen else None
        is_person = who.type is EntityType.PERSON
        return person_names(self.people[who.id], self.readings, english, is_person)

    def entities(self, slugs: Mapping[Who, str]) -> Iterator[tuple[EntityType, Fact]]:
        """What is to be written of those whom no hand has written down."""
        for who, slug in slugs.items():
            if self._by_hand(who) is None:
                yield who.type, self._entity(who, slug)

    def _entity(self, who: Who, slug: str) -> Fact:
        if who.id is None:
            pages: Fact = {BANGUMI: {"url": self._referred[who][0]}}
            return {"slug": slug, "sources": pages, "names": self.names(who)}
        infobox = self._infoboxes[who.id]
        is_person = who.type is EntityType.PERSON
        return present(
            slug=slug,
            ids={BANGUMI: value(who.id, BANGUMI)},
            names=self.names(who),
            born=_date(infobox, "生日") if is_person else None,
            died=_date(infobox, "卒日", "逝世日期", "去世") if is_person else None,
        )


def display_name(names: list[Fact]) -> str:
    """The name that is shown: English, else romanised, else the original."""
    for language in ("en", "ja-Latn"):
        for name in names:
            if language in name:
                return str(name[language])
    return str(names[0][language_key(names[0])])


def _date(infobox: Infobox, *keys: str) -> Fact | None:
    text = infobox.first(*keys)
    date = partial_date(text) if text else None
    return value(date, BANGUMI) if date else None
