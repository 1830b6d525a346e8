"""docs/export.md shows a file as it is."""

import json
from hashlib import sha256
from pathlib import Path

from ingest.export.checking import check, read_header

PAGE = Path(__file__).parents[3] / "docs" / "export.md"


def test_the_lines_that_are_shown_are_an_export(tmp_path: Path) -> None:
    shown = [line.strip() for line in PAGE.read_text().splitlines() if line.startswith("    {")]
    *body, footer = shown
    written = "".join(f"{line}\n" for line in body).encode()
    assert json.loads(footer) == {"lines": 4, "sha256": sha256(written).hexdigest()}
    path = tmp_path / "graph.jsonl"
    path.write_bytes(written + footer.encode() + b"\n")
    check(path, read_header(path))
