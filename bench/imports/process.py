"""A command in a process of its own: how long it took, and how much memory at most."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

ROOT = Path(__file__).parent.parent.parent
_UNIT = 1 if sys.platform == "darwin" else 1024
"""Of ru_maxrss, in bytes."""


class Ran(NamedTuple):
    """Seconds, and the process's own resident bytes at most."""

    seconds: float
    peak: int


def run(command: Sequence[str | Path], environment: Mapping[str, str]) -> Ran:
    """Run to the end. Raises CalledProcessError with what the command wrote."""
    start = perf_counter()
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, output)
    return Ran(perf_counter() - start, usage.ru_maxrss * _UNIT)
