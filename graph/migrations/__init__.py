"""Migrations: numbered Cypher files, run in order, each recorded as (:Schema {version}).

A file is named `0001-what-it-does.cypher`; its statements end with a semicolon at a line's end.
Every statement must do nothing when run again (IF NOT EXISTS, MERGE): that is what makes two
processes safe that migrate at once, and a migration that was interrupted.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from graph.client import Client
from graph.errors import DatabaseError

FOLDER = Path(__file__).parent
INDEX_SECONDS = 3600


@dataclass(frozen=True)
class Migration:
    """One step of the schema. `name` is its file's, without the ending."""

    version: int
    name: str
    statements: tuple[str, ...]

    @classmethod
    def load(cls, path: Path) -> Migration:
        version, _, _ = path.stem.partition("-")
        pieces = (piece.strip() for piece in path.read_text().split(";\n"))
        return cls(int(version), path.stem, tuple(piece for piece in pieces if piece))


def newest() -> int:
    """The number of the last migration that this program knows."""
    return max(int(path.stem.partition("-")[0]) for path in FOLDER.glob("*.cypher"))


async def migrate(client: Client) -> list[str]:
    """Bring the graph up to this program's schema; the names of the migrations it took.

    Raises DatabaseError where a newer program has migrated the graph already.
    """
    missing = await pending(client)
    for migration in missing:
        for statement in migration.statements:
            await _define(client, statement)
        await client.define(f"CALL db.awaitIndexes({INDEX_SECONDS})")
        await client.write(
            "MERGE (s:Schema {version: $version})"
            " ON CREATE SET s.name = $name, s.appliedAt = datetime()",
            {"version": migration.version, "name": migration.name},
        )
    return [migration.name for migration in missing]


async def _define(client: Client, statement: str) -> None:
    """Also where another process does the same at once: Neo4j has then looked too early."""
    try:
        await client.define(statement)
    except DatabaseError as error:
        if error.code is None or not error.code.endswith("EquivalentSchemaRuleAlreadyExists"):
            raise


async def pending(client: Client) -> list[Migration]:
    """The migrations that the graph lacks. Raises DatabaseError as `migrate` does."""
    known = [Migration.load(path) for path in sorted(FOLDER.glob("*.cypher"))]
    [[applied]] = await client.read("MATCH (s:Schema) RETURN collect(s.version)")
    if unknown := set(applied) - {migration.version for migration in known}:
        raise DatabaseError(
            f"The graph has schema version {max(unknown)}, and this program knows versions up to "
            f"{known[-1].version}: use the newer program."
        )
    return [migration for migration in known if migration.version not in applied]
