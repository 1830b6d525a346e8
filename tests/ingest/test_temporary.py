"""What is told where temporary files have no room left."""

import sqlite3
from pathlib import Path
from tempfile import gettempdir

import pytest

from graph.errors import FilmographError
from ingest.bangumi.staging import Staging
from ingest.ledger import Ledger
from ingest.temporary import temporary_files

PAGES = "PRAGMA max_page_count = 30"


def _fill(ledger: Ledger) -> None:
    for _ in range(1000):
        ledger.note("x" * 1000)


def test_a_ledger_without_room_names_the_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TMPDIR", raising=False)
    with Ledger() as ledger:
        ledger._file.execute(PAGES)
        with pytest.raises(FilmographError) as full, temporary_files():
            _fill(ledger)
    assert f"{gettempdir()} or /var/tmp: database or disk is full. " in str(full.value)
    assert "TMPDIR names another folder" in str(full.value)


def test_a_staged_table_without_room_names_the_folder_that_was_chosen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", gettempdir())
    staging = Staging(tmp_path / "rows.sqlite")
    staging.database.execute(PAGES)
    rows = [b'{"id": %d, "name": "A", "summary": "%s"}' % (n, b"x" * 1000) for n in range(1000)]
    full = f"written to {gettempdir()}: database or disk is full"
    with pytest.raises(FilmographError, match=full), temporary_files():
        staging.fill("character", enumerate(rows, 1))
    staging.database.close()


def test_other_errors_stay_what_they_are() -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"), temporary_files():
        sqlite3.connect("").execute("SELECT * FROM nowhere")
