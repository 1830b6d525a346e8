"""How much of the whole graph each question touches: PROFILE counts it, and it is no chance.

tests/questions/hits.yaml has the counts; `pytest tests/whole --write-hits` writes them anew.
"""

from collections.abc import Mapping
from typing import Any

import pytest
import yaml
from neo4j import READ_ACCESS

from docs.questions import HITS, read_questions
from graph.client import NOTHING, Client
from schema.plans import explain
from tests.whole.conftest import Whole

MUCH = 1.5


async def test_what_a_statement_reads_is_counted(empty_graph: Client) -> None:
    await empty_graph.write("UNWIND range(1, 3) AS n CREATE (:Entity {id: toString(n)})")
    scan = "MATCH (e:Entity) RETURN COLLECT { MATCH (e) RETURN e.name }"
    assert await hits(empty_graph, scan) == 4 + 3
    assert await hits(empty_graph, "RETURN $one", {"one": 1}) == 0


async def test_no_question_touches_much_more_than_it_did(
    whole: Whole, pytestconfig: pytest.Config
) -> None:
    found = {
        question.name: {
            key: await hits(whole.client, statement, parameters)
            for key, statement, parameters in explain(question.path.read_text(), question.variables)
        }
        for question in read_questions()
    }
    if pytestconfig.getoption("--write-hits"):
        HITS.write_text(yaml.safe_dump(found))
    recorded = yaml.safe_load(HITS.read_text())
    assert found.keys() == recorded.keys()
    grown = {
        name: (recorded[name], counts)
        for name, counts in found.items()
        if any(count > MUCH * recorded[name][key] for key, count in counts.items())
    }
    assert grown == {}


async def hits(client: Client, statement: str, parameters: Mapping[str, Any] = NOTHING) -> int:
    """How often a statement that only reads touches the store."""
    async with client._driver.session(
        database=client.database, default_access_mode=READ_ACCESS
    ) as session:
        result = await session.run(f"PROFILE {statement}", dict(parameters))
        await result.values()
        return _hits((await result.consume()).profile or {})


def _hits(operator: Mapping[str, Any]) -> int:
    below = sum(_hits(each) for each in operator.get("children", ()))
    return int(operator.get("dbHits", 0)) + below
