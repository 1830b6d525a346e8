"""How long requests take that are each asked once, one after the other."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bench.load import Sample


class Row(NamedTuple):
    title: str
    sample: Sample

    def __str__(self) -> str:
        slowest = max(self.sample.latencies)
        times = " | ".join(
            f"{seconds * 1000:.1f}" for seconds in (self.sample.p50, self.sample.p95, slowest)
        )
        return f"| {self.title} | {len(self.sample.latencies)} | {times} |"


def rows_listed(rows: Iterable[Row]) -> Iterator[str]:
    """As a table of a page."""
    yield from ("", "| | requests | p50 ms | p95 ms | max ms |", "|---|---:|---:|---:|---:|")
    yield from map(str, rows)
