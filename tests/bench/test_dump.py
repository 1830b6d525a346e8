"""A dump made larger for measuring."""

import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from bench.imports.dump import SHIFT, multiply, rows

SUBJECTS = [
    {"id": 8, "name": "Akira", "name_cn": ""},
    {"id": 9, "name": "Memories", "name_cn": "回忆"},
]
CREDITS = [{"person_id": 3, "subject_id": 8, "position": 2, "appear_eps": ""}]


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "dump.zip"
    with ZipFile(path, "w") as archive:
        for name, table in (
            ("subject.jsonlines", SUBJECTS),
            ("subject-persons.jsonlines", CREDITS),
        ):
            archive.writestr(name, "\n".join(map(json.dumps, table)))
    return path


def table(dump: Path, name: str) -> list[dict[str, object]]:
    with ZipFile(dump) as archive:
        return [json.loads(line) for line in archive.open(name)]


def test_copies_have_ids_and_names_of_their_own(dump: Path, tmp_path: Path) -> None:
    target = tmp_path / "larger.zip"
    multiply(dump, 3, target)
    assert rows(target) == {"subject.jsonlines": 6, "subject-persons.jsonlines": 3}
    found = table(target, "subject.jsonlines")
    assert found[:2] == SUBJECTS
    assert found[3] == {"id": 9 + SHIFT, "name": "Memories 1", "name_cn": "回忆 1"}
    assert [row["id"] for row in found[4:]] == [8 + 2 * SHIFT, 9 + 2 * SHIFT]
    (_, credit, _) = table(target, "subject-persons.jsonlines")
    assert credit == {**CREDITS[0], "person_id": 3 + SHIFT, "subject_id": 8 + SHIFT}


def test_the_same_dump_gives_the_same_rows(dump: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "one.zip", tmp_path / "other.zip"
    multiply(dump, 2, one)
    multiply(dump, 2, other)
    assert table(one, "subject.jsonlines") == table(other, "subject.jsonlines")
