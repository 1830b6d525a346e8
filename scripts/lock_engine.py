"""Write the lock file of a Neo4j version: every jar that Community needs, with its sha256 sum.

    python scripts/lock_engine.py 2026.08.1 graph/engine.lock.toml

For maintainers, and the only place that needs Maven: jgo's own resolver would add jars that Neo4j
needs for its tests alone.
"""

from __future__ import annotations

import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import tomli_w
from jgo.env import LockedDependency
from jgo.maven import Dependency, MavenContext, MvnResolver

ARTIFACTS = ("neo4j", "neo4j-bolt")


def main(version: str, path: Path) -> None:
    maven = shutil.which("mvn") or sys.exit("Maven (mvn) is needed to make a lock file.")
    context = MavenContext(resolver=MvnResolver(Path(maven)))
    wanted = [context.create_dependency(f"org.neo4j:{name}:{version}") for name in ARTIFACTS]
    inputs, transitive = context.resolver.resolve(wanted)
    dependencies = inputs + [d for d in transitive if d.scope in ("compile", "runtime")]
    with ThreadPoolExecutor() as threads:
        jars = list(threads.map(_locked, dependencies))
    jars.sort(key=lambda jar: tuple(jar.values()))
    lock = {"version": version, "main_class": _main_class(version), "jars": jars}
    path.write_text("# Written by scripts/lock_engine.py\n" + tomli_w.dumps(lock))


def _locked(dependency: Dependency) -> dict[str, str | int]:
    locked = LockedDependency.from_dependency(dependency)
    size = dependency.artifact.resolve().stat().st_size
    return {
        "group": locked.groupId,
        "artifact": locked.artifactId,
        "version": locked.version,
        "classifier": locked.classifier or "",
        "size": size,
        "sha256": str(locked.sha256),
    }


def _main_class(version: str) -> str:
    name = "CommunityEntryPoint" if version.startswith("5.") else "Neo4jCommunity"
    return f"org.neo4j.server.{name}"


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
