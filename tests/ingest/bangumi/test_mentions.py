"""Infoboxes of a large dump are read by another process."""

import os
import signal
from multiprocessing import active_children
from pathlib import Path

import pytest

import ingest.bangumi.mentions as module
from ingest.bangumi.mentions import mentions
from ingest.bangumi.staging import staged
from tests.ingest.bangumi.dumps import read, real, row, tables, written

BOX = "{{Infobox animanga/Anime\n|原作= 大友克洋\n|动画制作= STUDIO 4°C\n}}"


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every dump is large."""
    monkeypatch.setattr(module, "LARGE", 0)


def quiet(what: str, done: int, total: int) -> None:
    pass


def test_another_process_reads_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path / "dump.zip", real())
    here = read(path)
    monkeypatch.setattr(module, "LARGE", 0)
    assert read(path) == here


@pytest.mark.usefixtures("apart")
def test_it_tells_how_far_it_is(tmp_path: Path) -> None:
    path = written(tmp_path / "dump.zip", real())
    told: list[tuple[str, int]] = []
    with mentions(path, None) as wait:
        wait(lambda what, done, total: told.append((what, total)))
    assert set(told) == {("Reading infoboxes", sum(len(line) + 1 for line in real()["subject"]))}


@pytest.mark.usefixtures("apart")
def test_what_kills_it_loses_nothing(tmp_path: Path) -> None:
    subject = row(id=1, type=2, name="Memories", platform=3, infobox=BOX)
    path = written(tmp_path / "dump.zip", tables(subject=[subject]))
    with mentions(path, None) as wait, staged(path, quiet) as staging:
        (process,) = active_children()
        os.kill(process.pid or 0, signal.SIGKILL)
        staging.attach(wait(quiet))
        assert staging.database.execute("SELECT name FROM company").fetchall() == [("STUDIO 4°C",)]
        assert staging.database.execute("SELECT name FROM individual").fetchall() == [("大友克洋",)]


@pytest.mark.usefixtures("apart")
def test_it_ends_with_what_it_is_read_for(tmp_path: Path) -> None:
    path = written(tmp_path / "dump.zip", real())
    with pytest.raises(KeyboardInterrupt), mentions(path, None):
        raise KeyboardInterrupt
    assert active_children() == []


def test_rows_that_are_put_aside_mention_nobody(tmp_path: Path) -> None:
    memories = row(id=1, type=2, name="Memories", platform=3, infobox=BOX)
    again = row(id=1, type=2, name="Memories", platform=3, infobox=BOX.replace("大友克洋", "今敏"))
    nothing = row(id=2, type=9, name="Perfect Blue", platform=3, infobox=BOX)
    result = read(written(tmp_path / "dump.zip", tables(subject=[memories, again, nothing])))
    assert [(each.role, each.on) for each in result.credits] == [
        ("animation-studio", "work:bangumi-1"),
        ("original-creator", "work:bangumi-1"),
    ]
