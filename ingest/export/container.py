"""New files, compressed as their names say: .zst, .gz, or not at all."""

import gzip
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

from graph.errors import SourceError


@contextmanager
def written(path: Path) -> Iterator[IO[bytes]]:
    """A new file that takes the path's place once it is complete, and leaves nothing otherwise."""
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as raw, _compressing(raw, path.suffix) as file:
            yield file
        part.replace(path)
    except OSError as error:
        raise SourceError(f"cannot be written: {error.strerror or error}", path) from error
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _compressing(raw: IO[bytes], suffix: str) -> Iterator[IO[bytes]]:
    if suffix == ".zst":
        with zstd.open(raw, "wb") as file:
            yield cast("IO[bytes]", file)
    elif suffix == ".gz":
        # No name and no time: the same content gives the same bytes.
        with gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as file:
            yield cast("IO[bytes]", file)
    else:
        yield raw
