"""An entry of the anime-offline-database."""

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, Final, NamedTuple

import orjson

from graph.errors import SourceError
from ingest.identity import shortened
from ingest.pieces import pieces

LIST: Final = "data"
"""What the file calls its list of entries."""
KINDS: Final = {
    "TV": "SERIES",
    "MOVIE": "FILM",
    "OVA": "OVA",
    "ONA": "ONA",
    "SPECIAL": "SPECIAL",
    "UNKNOWN": None,
}
EARLIEST, LATEST = 1850, 2199
LONGEST: Final = 10**7
"""No duration is longer, in any unit."""
_SECONDS: Final = {"SECONDS": 1, "MINUTES": 60, "HOURS": 3600}
_ADDRESS: Final = re.compile(r"https?://[^\s/]+/\S+")
_NO_PICTURE: Final = re.compile(r"/no_pic(?:_thumbnail)?\.png$")
_PAGES: Final = {
    site: re.compile(rf"https?://(?:www\.)?{address}/?")
    for site, address in {
        "mal": r"myanimelist\.net/anime/([0-9]{1,20})",
        "anilist": r"anilist\.co/anime/([0-9]{1,20})",
        "anidb": r"anidb\.net/(?:anime/|a)([0-9]{1,20})",
        "kitsu": r"kitsu\.(?:app|io)/anime/([0-9]{1,20})",
        "ann": r"animenewsnetwork\.com/encyclopedia/anime\.php\?id=([0-9]{1,20})",
        "anime-planet": r"anime-planet\.com/anime/([\w.~-]{1,200})",
        "anisearch": r"anisearch\.com/anime/([0-9]{1,20})",
        "livechart": r"livechart\.me/anime/([0-9]{1,20})",
        "notify": r"notify\.moe/anime/([\w-]{1,200})",
        "simkl": r"simkl\.com/anime/([0-9]{1,20})",
        "animecountdown": r"animecountdown\.com/([0-9]{1,20})",
    }.items()
}

PageId = tuple[str, str]
"""A site and an id there."""


class Anime(NamedTuple):
    """`kind` is a WorkKind, `ids` are by site, `urls` the pages that they were read from. `rating`
    is 0 to 10, `runtime_minutes` of an episode. `related` are pages of others. `notes` say what
    could not be read.
    """

    title: str
    kind: str | None
    year: int | None
    synonyms: tuple[str, ...]
    studios: tuple[str, ...]
    tags: tuple[str, ...]
    ids: Mapping[str, str]
    urls: Mapping[str, str]
    producers: tuple[str, ...] = ()
    related: tuple[PageId, ...] = ()
    runtime_minutes: int | None = None
    rating: float | None = None
    picture: str | None = None
    notes: tuple[str, ...] = ()


def read_offline_database(path: Path) -> Iterator[Anime]:
    """The entries of the file. Raises SourceError if it, or one of them, is of another form."""
    for piece in pieces(path, LIST):
        try:
            yield read_anime(orjson.loads(piece.text))
        except NoTitle:
            continue
        except ValueError as error:
            raise SourceError(f"entry {piece.number}: {error}", path) from error


class NoTitle(ValueError):
    """An entry that is of the form, but says nothing."""


def read_anime(row: object) -> Anime:
    """The entry that a JSON object is. ValueError says why it is none."""
    if not isinstance(row, dict):
        raise ValueError("no object")
    reader = _Reader(row)
    title = reader.text("title")
    synonyms = tuple(text for text in reader.texts("synonyms") if text != title)
    if not title and not synonyms:
        raise NoTitle("no title")
    pages = dict(reader.pages())
    if not pages:
        raise ValueError("no page of a site that is known")
    return Anime(
        title=title,
        kind=reader.kind(),
        year=reader.year(),
        synonyms=synonyms,
        studios=reader.texts("studios"),
        tags=reader.texts("tags"),
        ids={site: id_ for site, (id_, _) in pages.items()},
        urls={site: url for site, (_, url) in pages.items()},
        producers=reader.texts("producers"),
        related=tuple(chain.from_iterable(map(_page, reader.texts("relatedAnime")))),
        runtime_minutes=reader.minutes(),
        rating=reader.rating(),
        picture=reader.picture(),
        notes=tuple(reader.notes),
    )


class _Reader:
    """Reads the fields of an entry, and notes what it cannot read."""

    def __init__(self, row: Mapping[str, Any]) -> None:
        self.row = row
        self.notes: list[str] = []

    def text(self, field: str) -> str:
        value = self.row.get(field)
        if isinstance(value, str):
            return self._shortened(field, _plain(value))
        self._note(field, value)
        return ""

    def texts(self, field: str) -> tuple[str, ...]:
        values = self.row.get(field)
        if not isinstance(values, list):
            if values is not None:
                self._note(field, values)
            return ()
        found: dict[str, None] = {}
        for value in values:
            if not isinstance(value, str):
                self._note(field, value)
            elif text := _plain(value):
                found[self._shortened(field, text)] = None
        return tuple(found)

    def pages(self) -> Iterator[tuple[str, tuple[str, str]]]:
        """The first page on every site: an entry is about one thing."""
        seen = set()
        for url in self.texts("sources"):
            found = list(_page(url))
            if not found:
                self._note("sources", url)
            for site, id_ in found:
                if site in seen:
                    self._note("sources", url)
                else:
                    seen.add(site)
                    yield site, (id_, url)

    def kind(self) -> str | None:
        value = self.row.get("type")
        if isinstance(value, str) and value in KINDS:
            return KINDS[value]
        self._note("type", value)
        return None

    def year(self) -> int | None:
        season = self.row.get("animeSeason")
        value = season.get("year") if isinstance(season, dict) else season
        if value is None:
            return None
        if _is_number(value) and EARLIEST <= value <= LATEST:
            return int(value)
        self._note("animeSeason", season)
        return None

    def minutes(self) -> int | None:
        """How long it is as a whole: the file tells the length of an episode."""
        value = self.row.get("duration")
        if value is None or self.row.get("episodes") not in (None, 1):
            return None
        if isinstance(value, dict) and _is_number(value.get("value")):
            unit = _SECONDS.get(str(value.get("unit", "SECONDS")).upper())
            if unit and 0 <= value["value"] <= LONGEST:
                return round(value["value"] * unit / 60) or None
        self._note("duration", value)
        return None

    def rating(self) -> float | None:
        value = self.row.get("score")
        if isinstance(value, dict):
            value = value.get("arithmeticMean")
        if value is None:
            return None
        if _is_number(value) and 0 < value <= 10:
            return round(float(value), 2)
        self._note("score", self.row["score"])
        return None

    def picture(self) -> str | None:
        value = self.row.get("picture")
        if value is None or (isinstance(value, str) and _NO_PICTURE.search(value)):
            return None
        if isinstance(value, str) and _ADDRESS.fullmatch(value):
            return value
        self._note("picture", value)
        return None

    def _shortened(self, field: str, name: str) -> str:
        cut = shortened(name)
        if cut != name:
            self.notes.append(f"{field}: cut after {len(cut)} characters: {name[:80]!r}")
        return cut

    def _note(self, field: str, value: object) -> None:
        self.notes.append(f"{field}: cannot be read: {str(value)[:80]!r}")


def _plain(text: str) -> str:
    """Empty where nothing of it can be seen."""
    plain = " ".join(text.replace("\0", " ").split())
    return plain if any(sign.isprintable() and sign != " " for sign in plain) else ""


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _page(url: str) -> Iterator[PageId]:
    for site, address in _PAGES.items():
        match = address.fullmatch(url)
        if match:
            yield site, match[1]
            return
