"""An infobox: the wiki text in which Bangumi's users write down facts, read as keys and values."""

import html
from collections.abc import Iterator
from typing import NamedTuple

from bgm_tv_wiki import Wiki, WikiSyntaxError, parse

from ingest.identity import shortened

NAME_KEYS = ("中文名", "简体中文名")
ALIASES = "别名"


class Alias(NamedTuple):
    """Another name; `label` is what stands before it (英文名, 罗马字, ...), mostly nothing."""

    label: str
    text: str


class Infobox:
    """What an infobox says. One with broken syntax says nothing, but why: `problem`."""

    def __init__(self, text: str) -> None:
        self.problem: str | None = None
        self._wiki = Wiki()
        try:
            if text.strip():
                self._wiki = parse(text)
        except WikiSyntaxError as error:
            self.problem = " ".join(str(error).split())

    def values(self, *keys: str) -> Iterator[str]:
        """All values under the keys, in the order of the keys."""
        for key in keys:
            for value in self._wiki.get_all(key):
                text = html.unescape(value).strip()
                if text:
                    yield text

    def first(self, *keys: str) -> str | None:
        return next(self.values(*keys), None)

    @property
    def chinese(self) -> str | None:
        return self.first(*NAME_KEYS)

    @property
    def chinese_names(self) -> list[str]:
        return list(dict.fromkeys(map(shortened, self.values(*NAME_KEYS))))

    @property
    def names(self) -> Iterator[str]:
        """Chinese names and all others."""
        yield from self.chinese_names
        yield from (alias.text for alias in self.aliases)

    @property
    def aliases(self) -> Iterator[Alias]:
        for item in self._wiki.get_as_items(ALIASES):
            text = html.unescape(item.value).strip()
            if text:
                yield Alias(item.key.strip(), text)
