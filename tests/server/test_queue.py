"""More questions than the database can take: some run, some wait, the others are refused."""

import asyncio
from dataclasses import replace

import httpx
import pytest

from graph.client import Client
from graph.database import open_database
from graph.settings import Settings
from server.app import create_app
from server.queue import Room
from tests.server.slow import SLOW, Slowness, until_running

QUICK = '{ role(id: "composer") { name } }'
CHEAP = ["{ __typename }", "{ __schema { queryType { name } } }", "{ limits { maxCost } }"]


def asking(client: Client, room: Room) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(create_app(client, room=room))
    return httpx.AsyncClient(transport=transport, base_url="http://test", timeout=60)


async def test_what_is_too_much_is_refused_at_once_and_then_all_is_well(
    catalogue: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    slowness = Slowness(monkeypatch, seconds=4)
    async with asking(catalogue, Room(running=2, waiting=5, seconds=1)) as web:
        asked = [web.post("/graphql", json={"query": SLOW}) for _ in range(300)]
        ended = [await each for each in asyncio.as_completed(asked)]
        after = await web.post("/graphql", json={"query": QUICK})
    # 293 at once, 5 when no turn has come within a second, 2 when the database has ended them.
    assert [each.status_code for each in ended] == [503] * 298 + [200] * 2
    assert slowness.most == 2
    refused, overdue = ended[0], ended[-1]
    assert refused.headers["retry-after"] == "1"
    assert refused.json() == {
        "errors": [
            {
                "message": "Too many questions at once; ask again in 1 second.",
                "extensions": {"code": "OVERLOADED"},
            }
        ]
    }
    assert overdue.json()["errors"][0]["extensions"] == {"code": "TIMEOUT"}
    assert after.json()["data"] == {"role": {"name": "Composer"}}


async def test_what_needs_no_database_is_answered_all_the_same(
    catalogue: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    Slowness(monkeypatch)
    async with asking(catalogue, Room(running=1, waiting=0, seconds=1)) as web:
        slow = asyncio.create_task(web.post("/graphql", json={"query": SLOW}))
        await until_running(catalogue, 1)
        quick = await web.post("/graphql", json={"query": QUICK})
        cheap = [await web.post("/graphql", json={"query": each}) for each in CHEAP]
        health, ready = await web.get("/health"), await web.get("/ready")
        slow.cancel()
        await asyncio.wait([slow])
    assert quick.status_code == 503
    assert [each.json().keys() & {"errors"} for each in cheap] == [set()] * len(CHEAP)
    assert (health.status_code, ready.status_code) == (200, 200)


async def test_a_statement_waits_for_its_turn(catalogue: Client) -> None:
    async with asking(catalogue, Room(running=1, waiting=20, seconds=10)) as web:
        query = "{ " + " ".join(f'a{n}: role(id: "composer") {{ name }}' for n in range(20)) + " }"
        answer = (await web.post("/graphql", json={"query": query})).json()
    assert answer["data"] == {f"a{n}": {"name": "Composer"} for n in range(20)}


async def test_of_a_question_with_several_parts_all_are_asked_or_none(catalogue: Client) -> None:
    async with asking(catalogue, Room(running=1, waiting=1, seconds=10)) as web:
        query = "{ " + " ".join(f'a{n}: role(id: "composer") {{ name }}' for n in range(3)) + " }"
        response = await web.post("/graphql", json={"query": query})
    assert response.status_code == 503
    assert "data" not in response.json()


async def test_a_question_ends_at_the_time_limit_of_a_transaction(
    settings: Settings, catalogue: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    Slowness(monkeypatch)
    async with (
        open_database(replace(settings, transaction_timeout=0.2)) as hasty,
        asking(hasty, Room()) as web,
    ):
        response = await web.post("/graphql", json={"query": SLOW})
        after = await web.post("/graphql", json={"query": QUICK})
    (error,) = response.json()["errors"]
    assert error["path"] == ["list"]
    assert error["extensions"] == {"code": "TIMEOUT"}
    assert after.json()["data"] == {"role": {"name": "Composer"}}
    await until_running(catalogue, 0)
