"""The command line, as a person uses it."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from resource import RLIMIT_FSIZE, setrlimit

import pytest

from graph.client import Client
from graph.settings import Settings
from tests.ingest.bangumi.dumps import real, written

ROOT = Path(__file__).parents[2]


def run(*arguments: str, given: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Without a database: nothing here gets so far as to start one."""
    unused = str(ROOT / "pyproject.toml" / "no-folder")
    return subprocess.run(
        [sys.executable, "-m", "server", *arguments],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "100", "FILMOGRAPH_DATA": unused, **environment},
        input=given,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_help_names_every_command() -> None:
    shown = run("--help")
    assert shown.returncode == 0
    for command in ("serve", "import", "migrate", "plan", "schema"):
        assert command in shown.stdout


def test_the_committed_sdl_is_what_schema_prints() -> None:
    assert run("schema").stdout == (ROOT / "schema" / "schema.graphql").read_text()


def test_plan_prints_the_statement_without_a_database() -> None:
    question = "web/questions/06-characters-and-voices/06-parts-of-a-voice-actor.graphql"
    shown = run("plan", question, "--variables", '{"person": "x"}')
    assert shown.returncode == 0
    assert "MATCH (m0:Person)" in shown.stdout
    assert '// parameters: {"p0": "x"' in shown.stdout


def test_plan_reads_a_document_from_its_input() -> None:
    shown = run("plan", "-", given='{ work(slug: "memories") { name } }')
    assert (shown.returncode, shown.stderr) == (0, "")
    assert '// parameters: {"p0": "memories"}' in shown.stdout


@pytest.mark.parametrize(
    ("arguments", "environment", "message"),
    [
        (["plan", "nowhere.graphql"], {}, "nowhere.graphql: cannot be read"),
        (["plan", "README.md"], {}, "Syntax Error"),
        (["serve"], {"FILMOGRAPH_PORT": "many"}, "FILMOGRAPH_PORT"),
        (
            ["serve", "--port", "0"],
            {"FILMOGRAPH_REGISTERED": "README.md"},
            "README.md: is not JSON: Expecting value: line 1 column 1",
        ),
        (
            ["serve"],
            {"FILMOGRAPH_REGISTERED_ONLY": "1"},
            "FILMOGRAPH_REGISTERED: is needed when FILMOGRAPH_REGISTERED_ONLY is set",
        ),
        (["migrate"], {"NEO4J_URI": "http://x"}, "NEO4J_URI"),
        (["import", "catalogue", "nowhere"], {}, "nowhere"),
    ],
)
def test_what_a_user_did_wrong_ends_with_a_message(
    arguments: list[str], environment: dict[str, str], message: str
) -> None:
    ended = run(*arguments, **environment)
    assert ended.returncode == 1
    assert message in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_temporary_folder_without_room_is_named(tmp_path: Path) -> None:
    """A limit of the size of files stands for a disk that is full."""
    ended = subprocess.run(
        [sys.executable, "-m", "server", "import", "bangumi", written(tmp_path / "a.zip", real())],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path), "FILMOGRAPH_DATA": str(tmp_path / "data")},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        preexec_fn=lambda: setrlimit(RLIMIT_FSIZE, (1 << 15, 1 << 15)),
    )
    assert ended.returncode == 1
    assert f"Temporary files cannot be written to {tmp_path}: disk I/O error" in ended.stderr
    assert "TMPDIR names another folder" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_taken_port_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = run("serve", "--port", str(port))
    assert ended.returncode == 1
    assert f"cannot listen on 127.0.0.1:{port}" in ended.stderr


def test_sigterm_while_starting_ends_in_order(settings: Settings, client: Client) -> None:
    """The engine is shared with the tests' own client; the command leaves it to that."""
    del client
    server = subprocess.Popen(
        [sys.executable, "-m", "server", "serve", "--port", "0"],
        cwd=ROOT,
        env={**os.environ, "FILMOGRAPH_DATA": str(settings.data)},
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
    )
    assert server.stderr
    for line in server.stderr:
        if "Loading" in line:
            break
    server.terminate()
    with server:
        assert server.wait(60) in (0, 130)
        assert "Traceback" not in server.stderr.read()
