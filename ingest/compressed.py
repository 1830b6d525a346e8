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
            yield _opened(file, start)
    except (EOFError, gzip.BadGzipFile, zlib.error, zstd.ZstdError) as error:
        raise SourceError(f"is damaged: {error}", path) from error
    except OSError as error:
        raise SourceError(f"cannot be read: {error}", path) from error


def _opened(file: BinaryIO, start: bytes) -> BinaryIO:
    if start.startswith(GZIP):
        return cast(BinaryIO, gzip.GzipFile(fileobj=file))
    if start.startswith(ZSTD):
        return cast(BinaryIO, zstd.ZstdFile(file))
    return file
