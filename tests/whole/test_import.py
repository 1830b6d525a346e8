"""The whole dumps, one after the other: minutes, and every row."""

from collections import Counter

from ingest.account import Account
from tests.whole.conftest import Whole, bangumi


def totals(account: Account) -> Counter[str]:
    """How many rows came out how."""
    found: Counter[str] = Counter()
    for outcomes in account.rows.values():
        found.update({str(outcome): number for outcome, number in outcomes.items() if number})
    return found


async def test_every_row_of_the_whole_dumps(whole: Whole) -> None:
    assert totals(whole.bangumi) == {"created": 617117, "merged": 15181, "skipped": 298}
    assert totals(whole.offline_database) == {"created": 17800, "merged": 9288, "skipped": 336}
    assert not (await bangumi(whole.client)).writes
    memories = """MATCH (w:Work)-[:HAS_EXTERNAL_ID]->(x)
WHERE x.site = 'bangumi' AND x.externalId = '3627'
RETURN w.id, COUNT { (w)-[:HAS_SEGMENT]->() },
  COLLECT { MATCH (w)-[:CITES]->(s) RETURN DISTINCT s.id ORDER BY s.id }"""
    assert await whole.client.read(memories) == [
        [
            "work:bangumi-3627",
            3,
            [
                "anime-offline-database",
                "ann",
                "bangumi",
                "bangumi-external-ids",
                "filmograph",
                "wiki",
            ],
        ]
    ]
