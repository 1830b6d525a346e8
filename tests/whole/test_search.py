"""What people type finds what they mean among everything as well (tests/schema/searches.yaml)."""

from typing import Any

import httpx

from server.app import create_app
from tests.schema.searches import MEAN, rank, searches
from tests.whole.conftest import Whole


async def test_the_first_hit(whole: Whole) -> None:
    transport = httpx.ASGITransport(create_app(whole.client))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as web:

        async def ask(query: str, /, **variables: Any) -> Any:
            response = await web.post("/graphql", json={"query": query, "variables": variables})
            return response.json()["data"]

        ranks = {query: await rank(ask, query, meant) for query, meant in searches()}
    later = {query: each for query, each in ranks.items() if each != 1}
    assert sum(ranks.values()) / len(ranks) >= MEAN, later
