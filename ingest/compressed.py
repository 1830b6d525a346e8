"""Files as they are or compressed, told apart by their first bytes."""

import gzip
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final, cast

from graph.errors import SourceError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

GZIP: Final = b"\x1f\x8b"
ZSTD: Final = b"\x28\xb5\x2f\xfd"
ZIP: Final = b"PK\x03\x04"


@contextmanager
def uncompressed(path: Path) -> Iterator[BinaryIO]:
    """The contents of a plain file, one of gzip or one of zstd.

    Raises SourceError, also for what is read within, if the file cannot be read, is damaged or
    ends before it should.
    """
    try:
        with path.open("rb") as file:
            start = file.read(len(ZSTD))
            file.seek(0)
            if start == ZIP:
                raise SourceError(
                    "is a zip archive; expected is one file, plain or compressed by gzip or zstd"
                    " (a dump of Bangumi is read by `filmograph import bangumi`)",
                    path,
                )
            yield _opened(file, start)
    except (EOFError, gzip.BadGzipFile, zlib.error, zstd.ZstdError) as error:
        raise SourceError(f"is damaged: {error}", path) from error
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror or error}", path) from error


def lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """The lines of such a file with their numbers, from 1.

    Raises SourceError as `uncompressed` does, and names the last line that could be read.
    """
    number = 0
    try:
        with uncompressed(path) as file:
            for number, line in enumerate(file, 1):
                yield number, line
    except SourceError as error:
        if not number:
            raise
        raise SourceError(f"what follows this line {error.message}", path, number) from error


def _opened(file: BinaryIO, start: bytes) -> BinaryIO:
    if start.startswith(GZIP):
        return cast(BinaryIO, gzip.GzipFile(fileobj=file))
    if start.startswith(ZSTD):
        return cast(BinaryIO, zstd.ZstdFile(file))
    return file
