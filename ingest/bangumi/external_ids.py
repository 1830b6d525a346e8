"""A table of Bangumi's subjects and the same works' ids on other sites, in one JSON file."""

import gzip
import json
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from graph.errors import SourceError

SITES: Final = ("anidb", "douban", "imdb", "mal", "tmdb", "tvdb", "wikidata")


def read_external_ids(path: Path) -> dict[int, Mapping[str, str]]:
    """Ids by site, by subject. Raises SourceError if the file is of another form."""
    try:
        data = path.read_bytes()
        rows = json.loads(gzip.decompress(data) if path.suffix == ".gz" else data)
        return {
            int(row["bgm_id"]): {
                site: str(row[f"{site}_id"]) for site in SITES if row.get(f"{site}_id")
            }
            for row in rows
            if row.get("bgm_id")
        }
    except (EOFError, zlib.error) as error:
        raise SourceError(f"is damaged: {error}", path) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SourceError(f"is no table of external ids: {error!r}", path) from error
