"""docs/limits.md is true: its tables, its formula's example and what it says of errors."""

import json
import re
from pathlib import Path

import httpx

from graph.client import Client
from graph.settings import Settings
from loaders.limits import listed
from loaders.prices import HOP, LOOKUPS, SIZES, USUAL_SIZE
from server.app import create_app
from server.queue import USUAL
from server.throttle import Throttle

PAGE = (Path(__file__).parents[1] / "docs" / "limits.md").read_text()
ROWS = [tuple(cell.strip() for cell in row.split("|")[1:-1]) for row in PAGE.splitlines()]
ANSWERS = [json.loads(answer) for answer in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)]


def test_the_limits_are_those_that_hold() -> None:
    told = [row for row in ROWS if len(row) == 3 and row[0].startswith("`")]
    assert told == [(f"`{name}`", f"{value:,}", of) for name, value, of in listed()]


def test_the_sizes_of_lists_are_those_that_count() -> None:
    told = {
        name: int(row[1])
        for row in ROWS
        if len(row) == 2 and row[0].startswith("`") and row[1].isdecimal()
        for name in re.findall(r"`(.*?)`", row[0])
    }
    assert told == {name: size for name, size in SIZES.items() if not name.startswith("__")}
    assert f"a plain list has {USUAL_SIZE}" in PAGE


def test_the_prices_of_lookups_are_those_that_count() -> None:
    (told,) = re.findall(r"\*\*Lookup\.\*\*(.*?)\n\n", PAGE, re.DOTALL)
    prices = {name: int(price) for price, name in re.findall(r"(\d+)\s+for\s+`(\w+)`", told)}
    assert prices == LOOKUPS
    assert f"counts {HOP} times" in PAGE


async def test_the_example_costs_what_is_said(web: httpx.AsyncClient) -> None:
    (question,) = re.findall(r"```graphql\n(.*?)```", PAGE, re.DOTALL)
    answer = (await web.post("/graphql", json={"query": question})).json()
    assert answer["extensions"] == ANSWERS[0]


def test_the_room_before_the_database_is_what_is_set() -> None:
    room = Settings.max_running, Settings.max_waiting, Settings.max_wait
    told = re.search(
        r"At most (\d+) statements run.*?(\d+) more may wait.*?for (\d+) seconds", PAGE, re.DOTALL
    )
    assert told
    assert tuple(map(int, told.groups())) == room == USUAL


async def test_a_client_that_asks_too_much_is_told_so(catalogue: Client) -> None:
    transport = httpx.ASGITransport(create_app(catalogue, throttle=Throttle(100, 10, clock=int)))
    query = "{ works(first: 20) { nodes { id } } }"
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as web:
        for _ in range(5):
            answer = await web.post("/graphql", json={"query": query})
    assert answer.json()["errors"][0]["extensions"] == ANSWERS[2]


async def test_a_refusal_reads_as_is_said(web: httpx.AsyncClient) -> None:
    query = "{works{nodes{credits{nodes{on{credits{nodes{on{credits{nodes{id}}}}}}}}}}}"
    (error,) = (await web.post("/graphql", json={"query": query})).json()["errors"]
    assert error["extensions"] == ANSWERS[1]
