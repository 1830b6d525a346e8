"""The full catalogue for measuring."""

from pathlib import Path

import pytest

from bench.catalogue import imported


async def test_dumps_that_are_missing_are_named(tmp_path: Path) -> None:
    (tmp_path / "bangumi-archive.zip").touch()
    with pytest.raises(SystemExit, match=r"no .*anime-offline-database.json.gz, no .*external-ids"):
        await imported(tmp_path / "data", tmp_path)
