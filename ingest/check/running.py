"""Running the checks: what each finds, counted, with examples."""

from collections.abc import AsyncIterator, Sequence
from typing import Any, Final, NamedTuple

from graph.client import Client
from ingest.check.checks import CHECKS, Check

SECONDS: Final = 300.0


class Finding(NamedTuple):
    """``ids`` are of what it is about, ``what`` says what is wrong."""

    ids: list[str]
    what: str


class Result(NamedTuple):
    check: Check
    number: int
    examples: Sequence[Finding]

    def report(self) -> dict[str, Any]:
        return {
            "check": self.check.name,
            "meaning": self.check.meaning,
            "count": self.number,
            "examples": [each._asdict() for each in self.examples],
        }


async def run_checks(
    client: Client, examples: int, checks: Sequence[Check] = CHECKS
) -> AsyncIterator[Result]:
    """The result of each check, with so many examples at most, by their ids."""
    for check in checks:
        rows = await client.read(
            f"""CYPHER 5 CALL () {{
{check.finds}
}}
WITH ids, what ORDER BY ids[0], ids[1], what
RETURN count(*), collect([ids, what])[..$examples]""",
            {"examples": examples},
            timeout=SECONDS,
        )
        ((count, found),) = rows
        yield Result(check, count, [Finding(*each) for each in found])
