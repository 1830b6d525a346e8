"""What commands show where no terminal shows it."""

import subprocess
import sys

PROGRESS = """
from server.commands.feeds import progress_bar
with progress_bar() as bar:
    task = bar.add_task("Importing a-dump-of-bangumi-with-a-long-name.zip", total=594231)
    bar.advance(task, 594231)
"""


def test_the_end_of_a_progress_is_one_whole_line() -> None:
    shown = subprocess.run(
        [sys.executable, "-c", PROGRESS],
        env={"COLUMNS": "40"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    (line,) = shown.stderr.splitlines()
    assert line.startswith("Importing a-dump-of-bangumi-with-a-long-name.zip ")
    assert "594231/594231" in line
