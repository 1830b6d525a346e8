"""Small dumps, of real rows and of others, and everything that is read from one."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from ingest.bangumi.dump import open_dump
from ingest.bangumi.rows import KEYS
from ingest.parts import Feed, Part, Reading
from ingest.records import Appearance, Credit, Entity, Relation, Row, Scoring, Tagging

ROWS = Path(__file__).parents[2] / "data" / "bangumi"
Table = list[bytes]


def row(**fields: Any) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode()


def real() -> dict[str, Table]:
    """Memories, Robot Carnival, Genius Party and Beyond, with the album of Memories."""
    return {name: (ROWS / f"{name}.jsonlines").read_bytes().splitlines() for name in KEYS}


def tables(**rows: Table) -> dict[str, Table]:
    """Tables of these rows; "_" in a name stands for "-"."""
    return {name: [] for name in KEYS} | {
        name.replace("_", "-"): each for name, each in rows.items()
    }


def written(path: Path, rows: Mapping[str, Table]) -> Path:
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, lines in rows.items():
            archive.writestr(f"{name}.jsonlines", b"".join(line + b"\n" for line in lines))
    return path


@dataclass
class Found:
    """What all parts of a dump say, and what became of every row."""

    entities: dict[str, Entity] = field(default_factory=dict)
    credits: list[Credit] = field(default_factory=list)
    appearances: list[Appearance] = field(default_factory=list)
    taggings: list[Tagging] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    scorings: list[Scoring] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)
    skipped: dict[Row, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    merged: list[Row] = field(default_factory=list)

    def value(self, id_: str, name: str) -> Any:
        return next((v.value for v in self.entities[id_].values if v.field == name), None)

    def names(self, id_: str) -> list[tuple[str, str | None, str]]:
        return [(each.text, each.language, each.kind) for each in self.entities[id_].names]

    def who(self, on: str, role: str) -> list[str]:
        """The names of those who have the role on it."""
        return [
            self.entities[credit.contributor].names[0].text
            for credit in self.credits
            if credit.on == on and credit.role == role
        ]


def read(path: Path, vocabulary: Path | None = None) -> Found:
    """Everything, after a look at the parts: each counts its rows, and every row once."""
    found = Found()
    with open_dump(path, vocabulary) as dump:
        feed = dump.feed()
        counted: Counter[str] = Counter()
        for skipped in feed.skipped:
            counted[skipped.row.table] += 1
            found.skipped[skipped.row] = skipped.reason
        for part in _parts(feed):
            reading = part.read()
            rows = {*_rows(reading), *reading.merged, *(each.row for each in reading.skipped)}
            assert Counter(each.table for each in rows) == part.rows, part.origin
            counted.update(part.rows)
            _collect(found, part, reading)
        assert counted == Counter(feed.rows)
    return found


def _parts(feed: Feed) -> Iterator[Part]:
    for stage in feed.stages:
        yield from stage


def _rows(reading: Reading) -> Iterator[Row]:
    data = reading.dataset
    records: list[Entity | Credit | Appearance | Relation] = [*data.entities, *data.credits]
    records += [*data.appearances, *data.relations]
    for record in records:
        if record.row is not None:
            yield record.row


def _collect(found: Found, part: Part, reading: Reading) -> None:
    data = reading.dataset
    assert part.origin not in found.digests
    found.digests[part.origin] = part.digest
    found.entities.update((each.id, each) for each in data.entities)
    found.credits += data.credits
    found.appearances += data.appearances
    found.taggings += data.taggings
    found.relations += data.relations
    found.scorings += data.scorings
    found.skipped.update((each.row, each.reason) for each in reading.skipped)
    found.merged += reading.merged
    found.notes += reading.notes
