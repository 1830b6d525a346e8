"""docs/read-path.md shows what really becomes of its question."""

import json
import re
from pathlib import Path

import httpx

from graph.client import Client
from schema.plans import explain

TEXT = (Path(__file__).parents[2] / "docs" / "read-path.md").read_text()
QUESTION, STATEMENT, RECORD, ANSWER = re.findall(
    r"```(?:graphql|cypher|json)\n(.*?)\n```", TEXT, re.DOTALL
)
VARIABLES = {"slug": "memories"}


def test_the_statement_is_what_the_question_becomes() -> None:
    [(_, statement, _)] = explain(QUESTION, VARIABLES)
    assert statement == STATEMENT


async def test_the_record_is_what_the_statement_returns(catalogue: Client) -> None:
    [(_, statement, parameters)] = explain(QUESTION, VARIABLES)
    assert await catalogue.read(statement, parameters) == [[json.loads(RECORD)]]


async def test_the_answer_is_what_is_sent(web: httpx.AsyncClient) -> None:
    response = await web.post("/graphql", json={"query": QUESTION, "variables": VARIABLES})
    assert response.json()["data"] == json.loads(ANSWER)
