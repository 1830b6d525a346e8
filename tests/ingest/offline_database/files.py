"""A few entries of the anime-offline-database, and files made of them."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import orjson

from ingest.catalog.vocabulary import CATALOG

DATA: Final = Path(__file__).parents[2] / "data" / "offline_database"
ENTRIES: Final[list[dict[str, Any]]] = orjson.loads((DATA / "anime.json").read_bytes())["data"]
LINKS: Final = DATA / "links.json"

WHOLE: Final = CATALOG.parent.parent / "shared" / "data" / "anime-offline-database.json.gz"


def entry(mal: int) -> dict[str, Any]:
    """The entry with an id of MyAnimeList."""
    url = f"https://myanimelist.net/anime/{mal}"
    return next(each for each in ENTRIES if url in each["sources"])


def written(path: Path, entries: Iterable[object]) -> Path:
    path.write_bytes(orjson.dumps({"lastUpdate": "2026-07-02", "data": list(entries)}))
    return path
