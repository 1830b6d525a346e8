"""The tables of a Bangumi dump: one .jsonlines file each, in a zip file."""

import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeVar
from zipfile import BadZipFile, ZipFile, is_zipfile

from graph.errors import SourceError
from ingest.bangumi import rows
from ingest.bangumi.rows import (
    Appearance,
    BrokenRow,
    Cast,
    Episode,
    Json,
    Page,
    Relation,
    Staff,
    Subject,
    parsed,
)
from ingest.compressed import ZIP

Row = TypeVar("Row")
_DAMAGES: Final = (EOFError, RuntimeError, NotImplementedError, BadZipFile, zlib.error)


@contextmanager
def open_archive(path: Path) -> Iterator[ZipFile]:
    """Raises SourceError, also for what is read within, where it is no zip file, or not whole."""
    try:
        if not is_zipfile(path):
            raise SourceError(_no_archive(path), path)
        with ZipFile(path) as archive:
            yield archive
    except _DAMAGES as error:
        raise SourceError(f"is damaged, download it again: {error}", path) from error
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror or error}", path) from error


def _no_archive(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(len(ZIP))
    size = f"{path.stat().st_size:,} bytes"
    if start == ZIP:
        return f"is cut off: a zip file that has no end, after {size}; download it again"
    return f"is no zip file, as dumps of Bangumi are ({size}); download it again"


class Archive:
    """A dump's zip file. Each method reads one table from its beginning.

    Raises SourceError, with file and line, where the file is not such a dump.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def subjects(self) -> Iterator[Subject]:
        return self._rows("subject", rows.subject)

    def people(self) -> Iterator[Page]:
        return self._rows("person", rows.page)

    def characters(self) -> Iterator[Page]:
        return self._rows("character", rows.page)

    def episodes(self) -> Iterator[Episode]:
        return self._rows("episode", rows.episode)

    def staff(self) -> Iterator[Staff]:
        return self._rows("subject-persons", rows.staff)

    def appearances(self) -> Iterator[Appearance]:
        return self._rows("subject-characters", rows.appearance)

    def casts(self) -> Iterator[Cast]:
        return self._rows("person-characters", rows.cast)

    def relations(self) -> Iterator[Relation]:
        return self._rows("subject-relations", rows.relation)

    def _rows(self, table: str, read: Callable[[Json], Row]) -> Iterator[Row]:
        name, row = f"{table}.jsonlines", 0
        try:
            with open_archive(self.path) as archive, archive.open(name) as lines:
                for line in lines:
                    row += 1
                    yield read(parsed(line))
        except KeyError as error:
            raise SourceError(f"has no {name}", self.path) from error
        except BrokenRow as error:
            raise SourceError(f"{name}:{row}: {error}", self.path) from error
