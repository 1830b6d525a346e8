"""Infoboxes of a large dump are read by another process."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import active_children
from pathlib import Path
from subprocess import PIPE, Popen
from time import monotonic, sleep

import psutil
import pytest

import ingest.bangumi.mentions as module
from ingest.bangumi.mentions import mentions
from ingest.bangumi.staging import staged
from tests.ingest.bangumi.dumps import read, real, row, tables, written

ROOT = Path(__file__).parents[3]
BOX = "{{Infobox animanga/Anime\n|原作= 大友克洋\n|动画制作= STUDIO 4°C\n}}"
PARENT = """
import multiprocessing, sys, time
from pathlib import Path
import ingest.bangumi.mentions as module

if __name__ == "__main__":
    module.LARGE = 0
    try:
        with module.mentions(Path(sys.argv[1]), None):
            print(multiprocessing.active_children()[0].pid, flush=True)
            time.sleep(60)
    except KeyboardInterrupt:
        pass
"""
PATIENCE = 30.0


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


class TestAnotherProcessOfACommand:
    """The command's process is one of its own here, so that it can be ended."""

    def test_ends_with_it_and_leaves_nothing(self, tmp_path: Path) -> None:
        with started(tmp_path) as (command, other):
            command.kill()
            wait_for_end(other)
        assert list(tmp_path.glob("filmograph-*")) == []

    def test_says_nothing_when_both_are_interrupted(self, tmp_path: Path) -> None:
        with started(tmp_path) as (command, other):
            os.killpg(command.pid, signal.SIGINT)
            _, told = command.communicate(timeout=PATIENCE)
            wait_for_end(other)
        assert (command.returncode, told) == (0, "")


@contextmanager
def started(folder: Path) -> Iterator[tuple[Popen[str], psutil.Process]]:
    """A command that reads a dump long enough, and the process that reads its infoboxes."""
    subjects = [row(id=n, type=2, name="A", platform=3, infobox=BOX) for n in range(1, 60_001)]
    path = written(folder / "dump.zip", tables(subject=subjects))
    script = folder / "command.py"
    script.write_text(PARENT)
    command = Popen(
        [sys.executable, script, path],
        env=os.environ | {"TMPDIR": str(folder), "PYTHONPATH": str(ROOT)},
        stdout=PIPE,
        stderr=PIPE,
        text=True,
        start_new_session=True,
        # In the background of a shell it is ignored, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert command.stdout
    with command:
        yield command, psutil.Process(int(command.stdout.readline()))


def wait_for_end(process: psutil.Process) -> None:
    deadline = monotonic() + PATIENCE
    while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
        assert monotonic() < deadline, "still running"
        sleep(0.05)


def test_rows_that_are_put_aside_mention_nobody(tmp_path: Path) -> None:
    memories = row(id=1, type=2, name="Memories", platform=3, infobox=BOX)
    again = row(id=1, type=2, name="Memories", platform=3, infobox=BOX.replace("大友克洋", "今敏"))
    nothing = row(id=2, type=9, name="Perfect Blue", platform=3, infobox=BOX)
    result = read(written(tmp_path / "dump.zip", tables(subject=[memories, again, nothing])))
    assert [(each.role, each.on) for each in result.credits] == [
        ("animation-studio", "work:bangumi-1"),
        ("original-creator", "work:bangumi-1"),
    ]
