"""The commands in docs/http.md and docs/caching.md print what stands below them."""

import asyncio
import os
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from graph.client import Client
from graph.settings import Settings
from tests.conftest import serving

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {name: (DOCS / name).read_text() for name in ("http.md", "caching.md")}
EXAMPLE = re.compile(r"```sh\n(.*?)```\n\n```text\n(.*?)```", re.DOTALL)
EXAMPLES = [example for text in PAGES.values() for example in EXAMPLE.findall(text)]


@pytest.fixture(scope="module")
async def url(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """A server with the store that docs/caching.md shows."""
    folder = tmp_path_factory.mktemp("registered")
    (store,) = re.findall(r"```json\n(.*?)```", PAGES["caching.md"], re.DOTALL)
    (folder / "store.json").write_text(store)
    environment = {
        "FILMOGRAPH_DATA": str(settings.data),
        "FILMOGRAPH_CATALOGUE": "false",
        "FILMOGRAPH_REGISTERED": str(folder / "store.json"),
        "NEO4J_URI": settings.neo4j_uri or "",
        "NEO4J_USER": settings.neo4j_user,
        "NEO4J_PASSWORD": settings.neo4j_password,
    }
    async with serving(environment, folder / "log") as url:
        yield url


@pytest.mark.skipif(not shutil.which("curl"), reason="there is no curl")
@pytest.mark.parametrize(("command", "printed"), EXAMPLES)
async def test_the_command_prints_what_is_shown(
    command: str, printed: str, catalogue: Client, url: str
) -> None:
    process = await asyncio.create_subprocess_shell(
        command.replace("http://127.0.0.1:8000", url),
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "LC_ALL": "C"},
    )
    output, _ = await process.communicate()
    assert output.decode().replace("\r\n", "\n").strip() == printed.strip()


def test_every_command_has_its_output() -> None:
    assert len(EXAMPLES) == sum(text.count("```sh") for text in PAGES.values()) == 9
