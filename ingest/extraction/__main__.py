"""python -m ingest.extraction FOLDER: writes catalog/extracted from the dumps in a folder."""

import sys
from pathlib import Path

from graph.errors import FilmographError
from ingest.extraction.extract import extract, write


def main(arguments: list[str]) -> str | None:
    """What went wrong, if anything did."""
    if len(arguments) != 1:
        return "usage: python -m ingest.extraction FOLDER"
    try:
        write(extract(Path(arguments[0])))
    except FilmographError as error:
        return str(error)
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
