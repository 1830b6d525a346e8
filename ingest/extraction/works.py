"""The chosen works as the catalogue states them: values, names, credits, cast, terms, relations."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from ingest.bangumi.credit_lines import credit_lines
from ingest.bangumi.infobox import Infobox
from ingest.bangumi.quantities import minutes, partial_date
from ingest.bangumi.rows import Episode, Staff, Subject
from ingest.bangumi.scopes import NumberedPart, NumberedParts
from ingest.extraction.characters import Characters
from ingest.extraction.contributors import Contributors, Who
from ingest.extraction.dump import Dump
from ingest.extraction.elsewhere import Elsewhere
from ingest.extraction.facts import (
    CREDIT,
    OFFLINE_DATABASE,
    OWN,
    SUBJECT,
    Fact,
    present,
    united,
    value,
    values,
)
from ingest.extraction.names import part_names, work_names
from ingest.extraction.selection import Chosen, ChosenWork, Selection
from ingest.identity import BANGUMI, script_of, slugify
from ingest.offline_database.anime import Anime

ANIME, REAL = 2, 6
KINDS: Final = {1: "SERIES", 2: "OVA", 3: "FILM", 4: "SHORT", 5: "ONA"}
DATES: Final = ("放送开始", "上映年度", "上映日", "发售日", "发售日期", "发行日期", "开始")
BILLINGS: Final = {1: "MAIN", 2: "SUPPORTING", 3: "GUEST"}
FOREIGN: Final = frozenset({"中国", "美国", "欧美", "韩国", "法国", "英国", "加拿大", "俄罗斯"})
MAIN_STORY: Final = 0


class Vocabularies(NamedTuple):
    """`roles` and `relations` by Bangumi's codes, `labels` of roles in its pages; the order of
    roles; terms by what sources call them.
    """

    roles: Mapping[int, str]
    relations: Mapping[int, str]
    labels: Mapping[str, str]
    order: Mapping[str, int]
    inverses: Mapping[str, str]
    terms: Mapping[str, str]


class Works:
    """Makes each chosen work's entry. `slugs`: of works by their id at Bangumi."""

    def __init__(
        self,
        selection: Selection,
        dump: Dump,
        elsewhere: Elsewhere,
        vocabularies: Vocabularies,
        contributors: Contributors,
        characters: Characters,
        slugs: Mapping[int, str],
    ) -> None:
        self.selection = selection
        self.dump = dump
        self.elsewhere = elsewhere
        self.words = vocabularies
        self.contributors = contributors
        self.characters = characters
        self.slugs = slugs
        self._relations: set[tuple[Any, ...]] = set()

    def entry(self, chosen: ChosenWork) -> Fact:
        subject = self.dump.subjects[chosen.id]
        anime = self.elsewhere.anime(chosen)
        infobox = Infobox(subject.infobox)
        kinds = self._kinds(subject, chosen, anime)
        return present(
            slug=chosen.slug,
            sources={SUBJECT: {"source": BANGUMI, "url": page(chosen.id)}}
            if chosen.segments
            else None,
            kind=kinds,
            ids=self.elsewhere.ids(chosen),
            names=work_names(subject, chosen.en, anime),
            released=_released(subject, infobox, anime),
            runtimeMinutes=_runtime(infobox, kinds),
            rating=value(subject.score, BANGUMI) if subject.score else None,
            credits=self._credits(chosen, infobox, anime),
            characters=list(self._characters(subject)),
            terms=list(self._terms(subject, anime)),
            relations=list(self._ties(chosen.id)),
            segments=[
                self._segment(chosen, part, position)
                for position, part in enumerate(chosen.segments, start=1)
            ],
        )

    def _kinds(self, subject: Subject, chosen: ChosenWork, anime: Anime | None) -> list[Fact]:
        if chosen.kind:
            return [value(chosen.kind, OWN)]
        stated = []
        if subject.type == ANIME and subject.platform in KINDS:
            stated.append((KINDS[subject.platform], BANGUMI))
        if anime is not None and anime.kind:
            stated.append((anime.kind, OFFLINE_DATABASE))
        return values(stated) or [value("OTHER", BANGUMI)]

    def _credits(self, chosen: ChosenWork, infobox: Infobox, anime: Anime | None) -> list[Fact]:
        """The work's own credits; those that are limited to segments stand there."""
        found = [
            credit
            for row in self.dump.staff[chosen.id]
            if not _positions(row, chosen)
            for credit in self._credit(row, chosen.every_credit, BANGUMI)
        ]
        found += self._studios(infobox, anime)
        return self._ordered(found)

    def _credit(self, row: Staff, every: bool, by: str) -> Iterator[Fact]:
        role = self.words.roles.get(row.position)
        is_wanted = every or row.person in self.selection.everything_of
        if role is None or not (is_wanted or role in self.selection.main_roles):
            return
        who = self.contributors.known(row.person)
        if who is not None:
            limit = row.scope if by == BANGUMI else None
            yield present(role=role, who=who, scope=limit or None, by=[by])

    def _studios(self, infobox: Infobox, anime: Anime | None) -> Iterator[Fact]:
        """Studios, as far as they are companies of the dump."""
        stated = [
            (name.strip(), BANGUMI)
            for text in infobox.values("动画制作")
            for name in text.replace("/", "、").split("、")
        ]
        stated += [(name, OFFLINE_DATABASE) for name in (anime.studios if anime else ())]
        for name, by in stated:
            who = self.contributors.company(name)
            if who is not None:
                yield {"role": "animation-studio", "who": who, "by": [by]}

    def _ordered(self, credits: list[Fact]) -> list[Fact]:
        order = self.words.order
        return sorted(united(credits, CREDIT), key=lambda credit: order[credit["role"]])

    def _characters(self, subject: Subject) -> Iterator[Fact]:
        rows = sorted(self.dump.appearances[subject.id], key=lambda row: (row.type, row.order))
        for row in rows[: self.selection.characters_per_work]:
            if self.characters.refer(row.character):
                yield present(
                    who=row.character,
                    billing=BILLINGS.get(row.type),
                    cast=list(self._cast(subject, row.character)),
                    by=[BANGUMI],
                )

    def _cast(self, subject: Subject, character: int) -> Iterator[Fact]:
        role = "actor" if subject.type == REAL else None
        is_japanese = subject.type == ANIME and not FOREIGN.intersection(subject.meta_tags)
        seen: set[Who] = set()
        for row in self.dump.casts[subject.id]:
            who = self.contributors.known(row.person) if row.character == character else None
            if who is not None and who not in seen:
                seen.add(who)
                language = "ja" if is_japanese and script_of(who.name) != "Latn" else None
                yield present(who=who, role=role, language=language, by=[BANGUMI])

    def _terms(self, subject: Subject, anime: Anime | None) -> Iterator[Fact]:
        """Tags that are terms of the catalogue, with votes where the source counts them."""
        found: list[Fact] = []
        for text, votes in subject.tags:
            term = self.words.terms.get(text.casefold())
            if term and votes:
                found.append({"term": term, "votes": votes, "by": [BANGUMI]})
        for text in anime.tags if anime else ():
            term = self.words.terms.get(text.casefold())
            if term:
                found.append({"term": term, "by": [OFFLINE_DATABASE]})
        yield from united(found, ("term",))

    def _ties(self, id_: int) -> Iterator[Fact]:
        """Relations to works that are in the catalogue, each from one end only."""
        for row in self.dump.relations[id_]:
            kind, target = self.words.relations.get(row.type), self.slugs.get(row.target)
            if kind is None or target is None or row.target == id_:
                continue
            ends = tuple(sorted([(id_, kind), (row.target, self.words.inverses[kind])]))
            if ends not in self._relations:
                self._relations.add(ends)
                yield {"kind": kind, "to": f"work/{target}", "by": [BANGUMI]}

    def _segment(self, work: ChosenWork, part: Chosen, position: int) -> Fact:
        episode = self._episode(work, part)
        names = part_names(episode.name, episode.name_cn, part.en, None)
        return present(
            slug=part.slug or slugify(episode.name),
            ids={BANGUMI: value(episode.id, BANGUMI)},
            names=self.elsewhere.confirmed(names, work),
            position=position,
            released=_airdate(episode),
            runtimeMinutes=_length(episode),
            credits=self._segment_credits(work, episode, position),
        )

    def _episode(self, work: ChosenWork, part: Chosen) -> Episode:
        return next(row for row in self.dump.episodes[work.id] if row.id == part.id)

    def _segment_credits(self, work: ChosenWork, episode: Episode, position: int) -> list[Fact]:
        staff = self.dump.staff[work.id]
        found = [
            credit
            for row in staff
            if str(position) in _positions(row, work)
            for credit in self._credit(row, True, SUBJECT)
        ]
        nearby = [row.person for row in staff]
        for line in credit_lines(episode.description, self.words.labels):
            url = f"https://bgm.tv/ep/{episode.id}"
            who = self.contributors.named(line.name, line.role, url, nearby)
            found.append({"role": line.role, "who": who, "by": [BANGUMI]})
        return self._ordered(found)


def _positions(row: Staff, work: ChosenWork) -> tuple[str, ...]:
    """Of the work's segments that the credit is limited to."""
    places = range(1, len(work.segments) + 1)
    parts = NumberedParts(NumberedPart(str(place), place, ()) for place in places)
    return parts.in_scope(row.scope) or ()


def page(id_: int) -> str:
    return f"https://bgm.tv/subject/{id_}"


def _released(subject: Subject, infobox: Infobox, anime: Anime | None) -> list[Fact]:
    """The first release; the other source's year only where it is another."""
    text = subject.date.replace("0000-00-00", "") or infobox.first(*DATES) or ""
    date = partial_date(text)
    stated: list[tuple[Any, str]] = [(date, BANGUMI)] if date else []
    year = str(anime.year) if anime and anime.year else None
    if year and not (date and date.startswith(year)):
        stated.append((year, OFFLINE_DATABASE))
    return values(stated)


def _runtime(infobox: Infobox, kinds: list[Fact]) -> Fact | None:
    """The length of what is shown at once: of films, shorts and single videos."""
    text = infobox.first("片长") if kinds[0]["value"] != "SERIES" else None
    length = minutes(text) if text else None
    return value(length, BANGUMI) if length else None


def _airdate(episode: Episode) -> Fact | None:
    date = partial_date(episode.airdate)
    return value(date, BANGUMI) if date else None


def _length(episode: Episode) -> Fact | None:
    length = minutes(episode.duration)
    return value(length, BANGUMI) if length else None
