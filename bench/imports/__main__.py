"""`make bench-import`: imports of whole dumps beside a bare loader."""

import argparse
import asyncio
import json
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bench.imports.dump import multiply, rows
from bench.imports.process import Ran, run
from bench.imports.report import Measured, render
from bench.machine import describe
from graph.engine import Engine, open_engine
from graph.settings import Settings

RESULTS = Path(__file__).parent.parent / "IMPORTS.md"
DATA = Path(__file__).parent.parent.parent.parent / "shared" / "data"
FILMOGRAPH = Path(sys.executable).with_name("filmograph")
LOADER = (sys.executable, "-m", "bench.peers.loader")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.imports", description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=DATA, help="folder with the dumps")
    parser.add_argument(
        "--scale", type=int, nargs="+", default=[1, 10], help="how many times the dump's rows"
    )
    parser.add_argument("--cores", type=int, default=2, help="for engine and importer together")
    parser.add_argument("--only", choices=("bangumi", "offline-database"), help="one source alone")
    parser.add_argument("--no-peer", action="store_true", help="without the bare loader")
    parser.add_argument("--results", type=Path, default=RESULTS, help="where the page is written")
    given = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: given.cores])
    asyncio.run(_bench(given))


async def _bench(given: argparse.Namespace) -> None:
    measured = []
    with tempfile.TemporaryDirectory(prefix="filmograph-bench-") as folder:
        bench = Bench(Path(folder), peer=not given.no_peer)
        if given.only != "offline-database":
            for scale in given.scale:
                measured.append(await bench.bangumi(given.data / "bangumi-archive.zip", scale))
        if given.only != "bangumi":
            file = given.data / "anime-offline-database.json.gz"
            links = given.data / "bangumi-external-ids.json.gz"
            measured.append(await bench.offline_database(file, links))
    text = render(bench.machine, measured)
    given.results.write_text(text)
    sys.stdout.write(text)


class Bench:
    """``folder`` is for dumps, reports and databases."""

    def __init__(self, folder: Path, *, peer: bool) -> None:
        self.folder = folder
        self.peer = peer
        self.machine: Sequence[tuple[str, str]] = ()

    async def bangumi(self, dump: Path, scale: int) -> Measured:
        """The dump, so many times as large."""
        if scale > 1:
            _say(f"Bangumi x{scale}: writing the dump")
            target = self.folder / f"bangumi-{scale}.zip"
            multiply(dump, scale, target)
            dump = target
        what = "Bangumi" if scale == 1 else f"Bangumi x{scale}"
        number = sum(rows(dump).values())
        command: list[str | Path] = ["import", "bangumi", dump]
        return await self._measured(what, number, command, dump)

    async def offline_database(self, file: Path, links: Path) -> Measured:
        """On a database that holds nothing but the catalogue's vocabulary."""
        command: list[str | Path] = ["import", "offline-database", file, "--links", links]
        return await self._measured("anime-offline-database", None, command, file)

    async def _measured(
        self, what: str, number: int | None, command: Sequence[str | Path], file: Path
    ) -> Measured:
        report = self.folder / "report.json"
        ours: list[str | Path] = [FILMOGRAPH, *command, "--report", report]
        bare = await self._ran(f"{what}: bare loader", [*LOADER, file]) if self.peer else []
        first, again = await self._ran(f"{what}: filmograph", ours, ours)
        read = sum(table["read"] for table in json.loads(report.read_text())["rows"].values())
        if number not in (None, read):
            raise SystemExit(f"{what}: {number} rows, of which {read} were accounted for")
        return Measured(what, read, first, again, bare[0] if bare else None)

    async def _ran(self, what: str, *commands: Sequence[str | Path]) -> list[Ran]:
        """The commands one after another, on a new database."""
        with tempfile.TemporaryDirectory(dir=self.folder) as data:
            settings = replace(Settings.from_environment(), data=Path(data), neo4j_uri=None)
            async with open_engine(settings, _say) as engine:
                self.machine = await describe(engine)
                found = []
                for command in commands:
                    found.append(await asyncio.to_thread(run, command, _environment(engine)))
                    _say(f"{what}: {found[-1].seconds:.1f} s, {found[-1].peak / 1e6:.0f} MB")
                return found


def _environment(engine: Engine) -> Mapping[str, str]:
    return {
        "NEO4J_URI": engine.uri,
        "NEO4J_USER": engine.user,
        "NEO4J_PASSWORD": engine.password,
    }


def _say(message: str) -> None:
    sys.stderr.write(f"{message}\n")


if __name__ == "__main__":
    main()
