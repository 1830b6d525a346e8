"""What CONTRIBUTING.md says is enough to add a relation, is."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from graph.database import open_database
from graph.settings import Settings
from tests.conftest import serving

ROOT = Path(__file__).parents[1]
PACKAGES = ("server", "schema", "resolvers", "loaders", "ingest", "graph", "catalog")
PLACES = """
MERGE (tokyo:Entity:Term {id: "term:tokyo", slug: "tokyo", name: "Tokyo", kind: "PLACE"})
MERGE (tokyo)-[:NAMED]->(:Name {id: "tokyo", text: "Tokyo", key: "tokyo", folded: "tokyo"})
MERGE (:Entity:Creation:Work {id: "work:stray-dog", slug: "stray-dog", name: "Stray Dog"})
  -[:FILMED_AT]->(tokyo)
MERGE (:Entity:Creation:Work {id: "work:solaris", slug: "solaris", name: "Solaris"})
"""
QUESTION = """{
  work(slug: "stray-dog") { filmedAt { totalCount nodes { name kind } } }
  works(where: {filmedAt: {some: {name: {is: "tokyo"}}}}) { nodes { name } }
}"""


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """A copy of the project with the changes that CONTRIBUTING.md shows."""
    copy = tmp_path / "project"
    for package in PACKAGES:
        shutil.copytree(ROOT / package, copy / package)
    shown = re.findall(r"```diff\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text(), re.DOTALL)
    assert len(shown) == 3
    subprocess.run(["git", "apply", "-"], cwd=copy, input="".join(shown), text=True, check=True)
    return copy


async def test_a_relation_is_added_as_shown(changed: Path, tmp_path: Path) -> None:
    settings = replace(Settings.from_environment(), data=tmp_path / "data", neo4j_uri=None)
    environment = {
        "FILMOGRAPH_DATA": str(settings.data),
        "FILMOGRAPH_CATALOGUE": "false",
        "PYTHONPATH": str(changed),
    }
    async with (
        serving(environment, tmp_path / "log", changed) as url,
        open_database(settings) as client,
        httpx.AsyncClient() as web,
    ):
        await client.write(PLACES)
        response = await web.post(f"{url}/graphql", json={"query": QUESTION})
    assert response.json()["data"] == {
        "work": {"filmedAt": {"totalCount": 1, "nodes": [{"name": "Tokyo", "kind": "PLACE"}]}},
        "works": {"nodes": [{"name": "Stray Dog"}]},
    }
