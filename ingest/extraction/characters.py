"""Characters of the chosen works, with their slugs."""

from collections.abc import Iterator, Mapping

from ingest.bangumi.rows import Page
from ingest.extraction.contributors import display_name
from ingest.extraction.facts import Fact, value
from ingest.extraction.names import character_names
from ingest.extraction.shipped import Shipped
from ingest.identity import BANGUMI, slugify
from ingest.records import EntityType


class Characters:
    """Every character that was referred to."""

    def __init__(self, characters: Mapping[int, Page], shipped: Shipped) -> None:
        self.characters = characters
        self.shipped = shipped
        self._referred: set[int] = set()

    def refer(self, id_: int) -> bool:
        """Whether the dump knows the character, by a name ("???" is none)."""
        character = self.characters.get(id_)
        if character is None or not any(map(str.isalnum, character.name)):
            return False
        self._referred.add(id_)
        return True

    def slugs(self) -> dict[int, str]:
        taken = set(self.shipped.slugs.get(EntityType.CHARACTER, ()))
        found: dict[int, str] = {}
        for id_ in sorted(self._referred):
            slug = self._by_hand(id_)
            if slug is None:
                slug = slugify(display_name(character_names(self.characters[id_])))
                slug = slug if slug not in taken else f"{slug}-{id_}"
                taken.add(slug)
            found[id_] = slug
        return found

    def entities(self, slugs: Mapping[int, str]) -> Iterator[Fact]:
        for id_, slug in slugs.items():
            if self._by_hand(id_) is None:
                names = character_names(self.characters[id_])
                yield {"slug": slug, "ids": {BANGUMI: value(id_, BANGUMI)}, "names": names}

    def _by_hand(self, id_: int) -> str | None:
        return self.shipped.by_bangumi.get((EntityType.CHARACTER, id_))
