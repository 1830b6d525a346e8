"""The measurements of imports as a page to read."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bench.imports.process import Ran

PREAMBLE = """\
Written by `make bench-import`. Whole dumps through `filmograph import`, each into a new database,
beside a bare loader of the same rows (`bench/peers/loader.py`: one constraint, UNWIND in batches,
nothing compared, no sources) in the same run on the same settings of the engine. The dump of 10 is
the same dump ten times, with ids and names of its own for every copy (`bench/imports/dump.py`).
Memory is what the importing process itself takes at most; the engine is a process of its own.
"Again" is the same import once more, which writes nothing."""


class Measured(NamedTuple):
    """An import of ``rows`` rows: through the product, once more, and by the bare loader."""

    what: str
    rows: int
    first: Ran
    again: Ran
    bare: Ran | None

    def lines(self) -> Iterator[str]:
        yield self._line("filmograph", self.first)
        yield self._line("again", self.again)
        if self.bare:
            yield self._line("bare loader", self.bare)

    def _line(self, by: str, ran: Ran) -> str:
        rate = f"{self.rows / ran.seconds:,.0f}"
        cells = self.what, f"{self.rows:,}", by, f"{ran.seconds:.1f} s", rate, _megabytes(ran)
        return f"| {' | '.join(cells)} |"


def _megabytes(ran: Ran) -> str:
    return f"{ran.peak / 1e6:.0f} MB"


def render(machine: Sequence[tuple[str, str]], measured: Sequence[Measured]) -> str:
    lines = ["# Imports", "", PREAMBLE, ""]
    lines += [f"- {name}: {value}" for name, value in machine]
    lines += [
        "",
        "| source | rows | by | time | rows/s | memory |",
        "|---|---:|---|---:|---:|---:|",
    ]
    lines += [line for each in measured for line in each.lines()]
    return "\n".join(lines) + "\n"
