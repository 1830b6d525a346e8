"""Exports of older programs: what they lack is made when they are restored, whatever happens."""

import asyncio
import json
import os
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from graph.client import Client
from graph.settings import Settings
from ingest.catalog.vocabulary import read_vocabulary
from ingest.ties import tie_all
from ingest.vocabulary import load_vocabulary
from server.console import bring_up_to_date
from tests.conftest import variables, wipe
from tests.ingest.export.files import exported, restored, sealed

ROOT = Path(__file__).parents[3]
CREDIT = """MATCH (role:Role {id: 'director'})
CREATE (a:Entity:Contributor:Person {id: 'a', name: 'Kon'})-[:HAS_CREDIT]->(c:Credit {id: 'c'}),
(c)-[:ON]->(:Entity:Creation:Work {id: 'b'}), (c)-[:IN_ROLE]->(role),
(a)-[:NAMED]->(:Name {id: 'n', text: 'Kon'})"""
READING = """MATCH ()-[tie:CREDITED]->() MATCH (n:Name)
RETURN tie.roles, tie.deeds, n.sound, n.fame ENDS WITH 'x person'"""
CURRENT = [["director"], [0], "kon", True]


@pytest.fixture
async def older(empty_graph: Client, tmp_path: Path) -> Path:
    """An export whose header tells neither of spelling nor of ties, whose names have nothing for
    search, and whose ties have no deeds.
    """
    await load_vocabulary(empty_graph, read_vocabulary())
    await empty_graph.write(CREDIT)
    await tie_all(empty_graph)
    path = tmp_path / "graph.jsonl"
    header, *others, _ = map(json.loads, await exported(empty_graph, path))
    del header["spelling"], header["ties"]
    for each in others:
        each["properties"].pop("deeds", None)
    path.write_bytes(sealed(header, *others))
    await wipe(empty_graph)
    return path


async def reading(client: Client) -> list[Any]:
    return [list(row) for row in await client.read(READING)]


async def test_the_command_makes_anew_what_is_kept_for_reading(
    empty_graph: Client, settings: Settings, older: Path, tmp_path: Path
) -> None:
    report = tmp_path / "report.json"
    environment = {**os.environ, **variables(settings)}
    for arguments in (["import", "export", older], ["check", "--report", report]):
        command = [sys.executable, "-m", "server", *arguments]
        run = partial(subprocess.run, command, cwd=ROOT, env=environment, check=True)
        await asyncio.to_thread(run, capture_output=True, timeout=120)
    counts = {each["check"]: each["count"] for each in json.loads(report.read_text())}
    assert counts["ties"] == 0
    assert await reading(empty_graph) == [CURRENT]


@pytest.mark.parametrize(
    "place", ["server.console.migrate", "server.console.tie_all", "ingest.spelling.spelled"]
)
async def test_what_an_interruption_leaves_is_made_anew_at_the_next_start(
    empty_graph: Client, older: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """The places are those before tying, in it and in spelling, when the graph is whole."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(place, interrupted)
        with pytest.raises(KeyboardInterrupt):
            await restored(empty_graph, older)
    assert await reading(empty_graph) != [CURRENT]
    await bring_up_to_date(empty_graph)
    assert await reading(empty_graph) == [CURRENT]
