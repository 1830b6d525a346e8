"""The chosen works on other sites: their ids, and their entries in the anime-offline-database."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from ingest.extraction.facts import (
    EXTERNAL_IDS,
    OFFLINE_DATABASE,
    OWN,
    Fact,
    values,
)
from ingest.extraction.selection import ChosenWork
from ingest.identity import BANGUMI, SITES, name_key
from ingest.offline_database.anime import Anime

MATCHED_BY: Final = ("mal", "anidb")


class Elsewhere:
    """`external_ids` by Bangumi's ids. An id that several works are given identifies none."""

    def __init__(
        self,
        works: Iterable[ChosenWork],
        external_ids: Mapping[int, Mapping[str, str]],
        animes: Iterable[Anime],
    ) -> None:
        self._external = external_ids
        self._animes = {
            (site, anime.ids[site]): anime
            for anime in animes
            for site in MATCHED_BY
            if site in anime.ids
        }
        chosen = tuple(works)
        self._uses = Counter(
            (site, id_) for work in chosen for site, id_ in set(self._stated_ids(work))
        )

    def anime(self, work: ChosenWork) -> Anime | None:
        known = {**self._external.get(work.id, {}), **({"mal": work.mal} if work.mal else {})}
        for site in MATCHED_BY:
            anime = self._animes.get((site, known.get(site, "")))
            if anime is not None:
                return anime
        return None

    def ids(self, work: ChosenWork) -> Fact:
        """Identifiers by site, Bangumi's first, with the tables that state each."""
        stated: dict[str, list[tuple[str, str]]] = {BANGUMI: [(str(work.id), BANGUMI)]}
        for site, id_ in self._external.get(work.id, {}).items():
            stated.setdefault(site, []).append((id_, EXTERNAL_IDS))
        anime = self.anime(work)
        for site, id_ in (anime.ids if anime else {}).items():
            stated.setdefault(site, []).append((id_, OFFLINE_DATABASE))
        found: Fact = {}
        for site in sorted(stated, key=_place):
            first = values(stated[site])[0]
            if site == BANGUMI or self._uses[site, first["value"]] == 1:
                found[site] = first
        return found

    def confirmed(self, names: list[Fact], work: ChosenWork) -> list[Fact]:
        """English names of parts that the anime-offline-database gives among the synonyms."""
        anime = self.anime(work)
        known = {name_key(text) for text in (anime.synonyms if anime else ())}
        for name in names:
            if name.get("by") == [OWN] and "en" in name and name_key(name["en"]) in known:
                name["by"] = [OFFLINE_DATABASE]
        return names

    def _stated_ids(self, work: ChosenWork) -> Iterable[tuple[str, str]]:
        yield from self._external.get(work.id, {}).items()
        anime = self.anime(work)
        yield from (anime.ids if anime else {}).items()


def _place(site: str) -> tuple[int, str]:
    return (SITES.index(site) if site in SITES else len(SITES), site)
