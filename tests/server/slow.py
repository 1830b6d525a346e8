"""A question that takes as long as it may: `list` runs a statement without end."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from graph.client import NOTHING, Client

ENDLESS = "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN count(a + b)"
SLOW = '{ list(id: "slow") { id } }'
RUNNING = """SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery STARTS WITH 'UNWIND range'
RETURN count(*)"""


class Slowness:
    """How many endless statements Client.read runs, and has run at most."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, seconds: float | None = None) -> None:
        self.now = self.most = 0
        read = Client.read

        async def slowly(
            client: Client, statement: str, parameters: Mapping[str, Any] = NOTHING, **given: Any
        ) -> list[list[Any]]:
            if ":List" not in statement:
                return await read(client, statement, parameters, **given)
            self.now += 1
            self.most = max(self.most, self.now)
            try:
                return await read(client, ENDLESS, timeout=seconds)
            finally:
                self.now -= 1

        monkeypatch.setattr(Client, "read", slowly)


async def running(client: Client) -> int:
    """How many of them the database runs."""
    ((count,),) = await client.read(RUNNING, {})
    return int(count)


async def until_running(client: Client, count: int) -> None:
    async with asyncio.timeout(20):
        while await running(client) != count:  # noqa: ASYNC110 - the database tells no events
            await asyncio.sleep(0.02)
