"""filmograph import offline-database: what it says, writes and reports."""

import json
from pathlib import Path

from graph.client import Client
from graph.settings import Settings
from tests.ingest.offline_database.files import ENTRIES, LINKS, written
from tests.server.test_cli import run


async def test_a_dry_run_says_what_would_merge_and_writes_nothing(
    settings: Settings, catalogue: Client, tmp_path: Path
) -> None:
    """The engine is shared with the tests' own client."""
    nodes = await catalogue.read("MATCH (n) RETURN count(n)")
    report = tmp_path / "report.json"
    ended = run(
        "import",
        "offline-database",
        str(written(tmp_path / "anime.json", [*ENTRIES, None])),
        f"--links={LINKS}",
        "--dry-run",
        f"--report={report}",
        FILMOGRAPH_DATA=str(settings.data),
    )
    assert ended.returncode == 0, ended.stderr
    found = json.loads(report.read_text(encoding="utf-8"))
    assert found["rows"] == {"data": 12}
    assert found["skipped"] == [{"table": "data", "line": 12, "reason": "no object"}]
    matched = {each["entry"]: (each["work"], each["reason"]) for each in found["matched"]}
    assert matched["work:anidb-262"] == ("work:bangumi-3627", "external id")
    assert matched["work:anidb-234"] == ("work:anidb-234", "new")
    assert "new works" in ended.stdout + ended.stderr
    assert await catalogue.read("MATCH (n) RETURN count(n)") == nodes


def test_what_is_wrong_with_a_file_is_said_before_a_database_is_started(tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('{"data": [{"title": "A"}, {"ti')
    whole = written(tmp_path / "anime.json", ENTRIES)
    for arguments, message in (
        ([tmp_path / "nowhere.json"], "cannot be read"),
        ([broken], "is cut off in entry 2"),
        ([whole, f"--links={broken}"], "broken.json: is cut off"),
        ([whole, f"--links={whole}"], "anime.json: is not of its form: expected a list"),
        ([whole, f"--report={tmp_path / 'nowhere' / 'x.json'}"], "folder does not exist"),
        ([whole, f"--report={tmp_path / '.' / 'anime.json'}"], "a file of its own"),
    ):
        ended = run("import", "offline-database", *map(str, arguments))
        assert ended.returncode == 1
        assert message in " ".join(ended.stderr.split())
        assert "Starting Neo4j" not in ended.stderr
