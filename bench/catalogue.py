"""The full catalogue: what ships, the whole Bangumi dump and the anime-offline-database.

It is imported once, into a folder that is kept. A file in the folder says from which files; where
it is missing or says otherwise, everything is imported (again), which changes nothing that is
there and takes a minute or two.
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from graph.engine import Engine, open_engine
from graph.settings import Settings

ROOT = Path(__file__).parent.parent
FILMOGRAPH = Path(sys.executable).with_name("filmograph")
DUMPS = (
    "bangumi-archive.zip",
    "anime-offline-database.json.gz",
    "bangumi-external-ids.json.gz",
)
READERS = ("catalog", "ingest", "graph/migrations")
KINDS = (".py", ".yaml", ".cypher")
MARK = "imported"


@asynccontextmanager
async def opened(data: Path, dumps: Path) -> AsyncIterator[Engine]:
    """An engine on the full catalogue in the data folder, which is imported first if need be.

    Raises SystemExit as `imported` does, and EngineError.
    """
    await imported(data, dumps)
    settings = replace(Settings.from_environment(), data=data, neo4j_uri=None)
    async with open_engine(settings, say) as engine:
        yield engine


def say(message: str) -> None:
    sys.stderr.write(f"{message}\n")


async def imported(data: Path, dumps: Path) -> None:
    """Bring the full catalogue into the data folder, unless it is there.

    Raises SystemExit where a dump is missing or an import fails, which has said why.
    """
    archive, database, links = files = [dumps / name for name in DUMPS]
    missing = [str(each) for each in files if not each.is_file()]
    if missing:
        raise SystemExit(f"There is no {', no '.join(missing)}: set DATA to the dumps' folder.")
    digest = await asyncio.to_thread(_digest, files)
    mark = data / MARK
    if mark.exists() and mark.read_text() == digest:
        return
    settings = replace(Settings.from_environment(), data=data, neo4j_uri=None)
    async with open_engine(settings, lambda _: None):  # kept running from one to the next
        await _import(data, "catalogue")
        await _import(data, "bangumi", archive)
        await _import(data, "offline-database", database, "--links", links)
    mark.write_text(digest)


async def _import(data: Path, source: str, *arguments: str | Path) -> None:
    environment = {**os.environ, "FILMOGRAPH_DATA": str(data), "NEO4J_URI": ""}
    process = await asyncio.create_subprocess_exec(
        *(FILMOGRAPH, "import", source, *arguments), env=environment, stdout=sys.stderr
    )
    if code := await process.wait():
        raise SystemExit(code)


def _digest(files: list[Path]) -> str:
    """Of the dumps, and of all that makes a graph of them."""
    readers = (path for name in READERS for path in sorted((ROOT / name).rglob("*")))
    digest = sha256()
    for path in (*files, *(each for each in readers if each.suffix in KINDS)):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()
