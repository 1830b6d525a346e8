"""The peer of imports: a bare loader, as one would write it for an empty database.

One constraint, UNWIND in batches, nothing compared, nothing merged, no sources. A dump of Bangumi
becomes entities with their names, and an edge for every other row; the anime-offline-database
becomes entities with lists of titles, tags and links. Reads NEO4J_URI, NEO4J_USER and
NEO4J_PASSWORD:

    python -m bench.peers.loader DUMP.zip|FILE.json[.gz]
"""

import gzip
import json
import os
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from neo4j import Driver, GraphDatabase

BATCH = 10_000
Row = dict[str, Any]

ENTITIES = {
    "subject": ("id", "name", "name_cn", "type", "date", "summary", "infobox"),
    "person": ("id", "name", "type", "summary", "infobox"),
    "character": ("id", "name", "role", "summary", "infobox"),
    "episode": ("id", "name", "name_cn", "airdate", "duration", "sort", "disc"),
}
EDGES = {
    "subject-persons": ("person", "CREDIT", "subject", ("position", "appear_eps")),
    "subject-characters": ("character", "APPEARS_IN", "subject", ("type", "order")),
    "person-characters": ("person", "VOICES", "character", ("subject_id",)),
    "subject-relations": ("subject", "RELATED", "related_subject", ("relation_type",)),
}
PART_OF = ("episode", "PART_OF", "subject", ())
CREATE = "UNWIND $rows AS row CREATE (n:Entity {id: row.id}) SET n = row"
TIE = """UNWIND $rows AS row
MATCH (a:Entity {{id: row.a}}), (b:Entity {{id: row.b}}) CREATE (a)-[e:{}]->(b) SET e = row.of"""


def main() -> None:
    path = Path(sys.argv[1])
    account = (os.environ["NEO4J_USER"], os.environ["NEO4J_PASSWORD"])
    with GraphDatabase.driver(os.environ["NEO4J_URI"], auth=account) as driver:
        unique = "CREATE CONSTRAINT FOR (n:Entity) REQUIRE n.id IS UNIQUE"
        driver.execute_query(unique, database_="neo4j")
        if path.suffix == ".zip":
            _load_dump(driver, path)
        else:
            _write(driver, CREATE, _works(path))


def _load_dump(driver: Driver, path: Path) -> None:
    with ZipFile(path) as archive:
        for table, keys in ENTITIES.items():
            _write(driver, CREATE, (_entity(table, keys, row) for row in _rows(archive, table)))
        for table, (start, type_, end, keys) in EDGES.items():
            found = (_tie(start, end, keys, row) for row in _rows(archive, table))
            _write(driver, TIE.format(type_), found)
        start, type_, end, keys = PART_OF
        parts = (_tie(start, end, keys, row) for row in _rows(archive, "episode"))
        _write(driver, TIE.format(type_), parts)


def _rows(archive: ZipFile, table: str) -> Iterator[Row]:
    with archive.open(f"{table}.jsonlines") as lines:
        yield from map(json.loads, lines)


def _entity(table: str, keys: Iterable[str], row: Row) -> Row:
    return {key: row.get(key) for key in keys} | {"id": f"{table}:{row['id']}"}


def _tie(start: str, end: str, keys: Iterable[str], row: Row) -> Row:
    one = row["id"] if start == "episode" else row[f"{start}_id"]
    other = f"{end.removeprefix('related_')}:{row[f'{end}_id']}"
    return {"a": f"{start}:{one}", "b": other, "of": {key: row[key] for key in keys}}


def _works(path: Path) -> Iterator[Row]:
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    for number, row in enumerate(json.loads(text)["data"]):
        lists = {key: row.get(key, []) for key in ("synonyms", "tags", "sources", "relatedAnime")}
        yield {"id": f"work:{number}", "name": row["title"], "kind": row["type"], **lists}


def _write(driver: Driver, statement: str, rows: Iterator[Row]) -> None:
    while batch := list(islice(rows, BATCH)):
        driver.execute_query(statement, {"rows": batch}, database_="neo4j")


if __name__ == "__main__":
    main()
