"""The anime-offline-database: titles, tags, studios and links of anime, in one JSON file."""

import gzip
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from graph.errors import SourceError

_PAGES: Final = {
    "mal": re.compile(r"https://myanimelist\.net/anime/(\d+)"),
    "anilist": re.compile(r"https://anilist\.co/anime/(\d+)"),
    "anidb": re.compile(r"https://anidb\.net/anime/(\d+)"),
    "kitsu": re.compile(r"https://kitsu\.(?:app|io)/anime/(\d+)"),
}


class Anime(NamedTuple):
    """`ids` are identifiers by site; `kind` is TV, MOVIE, OVA, ONA, SPECIAL or UNKNOWN."""

    title: str
    kind: str
    year: int | None
    synonyms: tuple[str, ...]
    studios: tuple[str, ...]
    tags: tuple[str, ...]
    ids: Mapping[str, str]


def read_offline_database(path: Path) -> Iterator[Anime]:
    """The entries of the file, plain or gzipped. Raises SourceError if it is of another form."""
    try:
        data = path.read_bytes()
        text = gzip.decompress(data) if path.suffix == ".gz" else data
        for row in json.loads(text)["data"]:
            yield _anime(row)
    except (EOFError, zlib.error) as error:
        raise SourceError(f"is damaged: {error}", path) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SourceError(f"is no anime-offline-database: {error!r}", path) from error


def _anime(row: Mapping[str, Any]) -> Anime:
    return Anime(
        title=row["title"],
        kind=row["type"],
        year=row["animeSeason"].get("year"),
        synonyms=tuple(row["synonyms"]),
        studios=tuple(row["studios"]),
        tags=tuple(row["tags"]),
        ids=dict(_ids(row["sources"])),
    )


def _ids(pages: list[str]) -> Iterator[tuple[str, str]]:
    for page in pages:
        for site, address in _PAGES.items():
            match = address.fullmatch(page)
            if match:
                yield site, match[1]
