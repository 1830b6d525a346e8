"""A dump of Bangumi made larger: copies of all rows, with ids and names of their own.

The copies are written as they are read, so that memory stays the same; the same dump and number
give the same rows.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

IDS = ("id", "subject_id", "related_subject_id", "person_id", "character_id")
NAMES = ("name", "name_cn")
SHIFT = 10_000_000
"""Far above all ids of a dump."""


def rows(dump: Path) -> dict[str, int]:
    """How many rows each table has."""
    with ZipFile(dump) as archive:
        return {
            name: sum(1 for line in archive.open(name) if line.strip())
            for name in archive.namelist()
        }


def multiply(dump: Path, times: int, target: Path) -> None:
    """Write ``target`` with so many copies of every row; the first is the dump's own."""
    with ZipFile(dump) as archive, ZipFile(target, "w", ZIP_DEFLATED, compresslevel=1) as copies:
        for name in archive.namelist():
            with copies.open(name, "w", force_zip64=True) as table:
                for number in range(times):
                    with archive.open(name) as lines:
                        table.writelines(_copies(lines, number))


def _copies(lines: Iterator[bytes], number: int) -> Iterator[bytes]:
    for line in lines:
        yield _copy(line, number) if number else line.rstrip(b"\r\n") + b"\n"


def _copy(line: bytes, number: int) -> bytes:
    row = json.loads(line)
    for key in IDS:
        if key in row:
            row[key] += number * SHIFT
    for key in NAMES:
        if row.get(key):
            row[key] = f"{row[key]} {number}"
    return json.dumps(row, ensure_ascii=False).encode() + b"\n"
