"""What the numbers were measured on and with."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from graph.client import Client
from graph.engine import Engine

PACKAGES = (
    *("neo4j", "neo4j-rust-ext", "strawberry-graphql", "graphql-core"),
    *("starlette", "uvicorn", "uvloop", "httptools", "orjson"),
)
CPU_INFO = Path("/proc/cpuinfo")


async def describe(engine: Engine) -> list[tuple[str, str]]:
    """Pairs of what is described and its description."""
    return [
        ("Date", f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"),
        ("Commit", _commit()),
        ("Machine", f"{_cpu()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}"),
        ("Cores used", str(_cores())),
        ("Neo4j", await _neo4j(engine)),
        ("Python", platform.python_version()),
        ("Packages", ", ".join(f"{name} {version(name)}" for name in PACKAGES)),
    ]


def _commit() -> str:
    command = ["git", "describe", "--always", "--dirty"]
    folder = Path(__file__).parent
    found = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return found.stdout.strip() or "unknown"


def _cpu() -> str:
    lines = CPU_INFO.read_text().splitlines() if CPU_INFO.exists() else []
    models = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(models, platform.processor() or "unknown processor")


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


async def _neo4j(engine: Engine) -> str:
    client = Client(engine.uri, engine.user, engine.password)
    try:
        rows = await client.read("CALL dbms.components() YIELD name, versions, edition")
    finally:
        await client.close()
    [[number, edition]] = [[each[0], edition] for name, each, edition in rows if "Kernel" in name]
    return f"{number} {edition}, embedded"
