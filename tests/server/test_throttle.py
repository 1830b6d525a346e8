"""How much a client may ask: what it takes, what comes back, and who is one client."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.client import Client
from graph.settings import Settings
from server.app import create_app
from server.clients import network
from server.throttle import BYTES_PER_CLIENT, ROOM, Throttle
from tests.conftest import serving, variables

ROLE = '{ role(id: "composer") { name } }'  # 33 characters, which take 4; costs 2
TWENTY = "{ works(first: 20) { nodes { id } } }"  # 37 characters; costs 22
NONE = '{ works(where: {id: {is: "none"}}) { nodes { id } } }'  # 53 characters; costs 23, then 3
Asking = Callable[[str], Awaitable[httpx.Response]]
TOKEN = "correct horse battery staple"


@dataclass
class Clock:
    """Seconds that pass only when they are told to."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def throttle(clock: Clock) -> Throttle:
    return Throttle(100, 10, frozenset({sha256(TOKEN.encode()).hexdigest()}), clock)


@asynccontextmanager
async def asking(
    client: Client, throttle: Throttle, address: str = "203.0.113.1", **headers: str
) -> AsyncIterator[Asking]:
    """Asks as somebody at that address."""
    transport = httpx.ASGITransport(create_app(client, throttle=throttle), client=(address, 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as web:

        async def ask(query: str) -> httpx.Response:
            return await web.post("/graphql", json={"query": query}, headers=headers)

        yield ask


def told(response: httpx.Response) -> tuple[str, ...]:
    """The limit, what remains of it, and in how many seconds it is full."""
    names = ("Limit", "Remaining", "Reset")
    return tuple(response.headers[f"x-ratelimit-{name}"] for name in names)


async def test_an_answer_tells_what_is_left(
    catalogue: Client, throttle: Throttle, clock: Clock
) -> None:
    async with asking(catalogue, throttle) as ask:
        first, known = await ask(ROLE), await ask(ROLE)
        clock.now += 0.5
        later = await ask(ROLE)
    assert first.json()["extensions"]["cost"] == {
        "requestedQueryCost": 2,
        "actualQueryCost": 2,
        "throttleStatus": {"maximumAvailable": 100, "currentlyAvailable": 94, "restoreRate": 10},
    }
    assert told(first) == ("100", "94", "1")
    assert told(known) == ("100", "92", "1")
    assert told(later) == ("100", "95", "1")


async def test_what_was_not_needed_is_given_back(catalogue: Client, throttle: Throttle) -> None:
    async with asking(catalogue, throttle) as ask:
        cost = (await ask(NONE)).json()["extensions"]["cost"]
    assert (cost["requestedQueryCost"], cost["actualQueryCost"]) == (23, 3)
    assert cost["throttleStatus"]["currentlyAvailable"] == 100 - 6 - 3


async def test_who_asks_too_much_is_told_when_to_come_back(
    catalogue: Client, throttle: Throttle, clock: Clock
) -> None:
    async with asking(catalogue, throttle) as ask:
        answers = [await ask(TWENTY) for _ in range(5)]
        clock.now += 1
        early = await ask(TWENTY)
        clock.now += 1
        late = await ask(TWENTY)
    assert [each.status_code for each in answers] == [200, 200, 200, 200, 429]
    refused = answers[-1]
    assert refused.headers["retry-after"] == "2"
    assert told(refused) == ("100", "8", "10")
    assert refused.json() == {
        "errors": [
            {
                "message": "The question costs 22, and 8 of 100 are left; ask again in 2 seconds.",
                "extensions": {
                    "code": "THROTTLED",
                    "cost": 22,
                    "throttleStatus": {
                        "maximumAvailable": 100,
                        "currentlyAvailable": 8,
                        "restoreRate": 10,
                    },
                },
            }
        ]
    }
    assert (early.status_code, early.headers["retry-after"]) == (429, "1")
    assert late.status_code == 200


async def test_what_costs_more_than_a_bucket_takes_a_full_one(
    catalogue: Client, clock: Clock
) -> None:
    throttle = Throttle(10, 10, clock=clock)
    async with asking(catalogue, throttle) as ask:
        answered = await ask(TWENTY)  # 4 for reading it, and what is left
        refused = await ask(TWENTY)
    assert (answered.status_code, told(answered)) == (200, ("10", "0", "3"))
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "3")


async def test_reading_a_question_that_is_refused_is_paid(
    catalogue: Client, throttle: Throttle
) -> None:
    async with asking(catalogue, throttle) as ask:
        wrong, again = [await ask("{ films { id } } #" + "x" * 482) for _ in range(2)]
        refused = await ask("{ films { id } }")
    assert (told(wrong)[1], told(again)[1]) == ("50", "0")
    assert (wrong.status_code, refused.status_code) == (200, 429)


async def test_what_fails_is_not_given_back(catalogue: Client, throttle: Throttle) -> None:
    async with asking(catalogue, throttle) as ask:
        failed = await ask("{ works(first: 50, after: 1) { totalCount } }")
        failed = await ask('{ works(first: 50, after: "1") { nodes { id } } }')
    assert "Argument 'after'" in failed.json()["errors"][0]["message"]
    assert told(failed)[1] == str(100 - 5 - 5 - 52)


@pytest.mark.parametrize("query", ["{ works {", "{ films { id } }", "query ($n: Int!) { a }", "#"])
async def test_what_is_not_executed_tells_what_is_left(
    query: str, catalogue: Client, throttle: Throttle
) -> None:
    async with asking(catalogue, throttle) as ask:
        wrong = await ask(query)
    status = {"maximumAvailable": 100, "currentlyAvailable": int(told(wrong)[1]), "restoreRate": 10}
    assert wrong.json()["extensions"] == {"cost": {"throttleStatus": status}}


async def test_one_second_is_no_seconds(
    catalogue: Client, throttle: Throttle, clock: Clock
) -> None:
    async with asking(catalogue, throttle) as ask:
        for _ in range(4):
            await ask(TWENTY)
        clock.now += 1
        (error,) = (await ask(TWENTY)).json()["errors"]
    assert error["message"].endswith("ask again in 1 second.")


@pytest.mark.parametrize(
    ("other", "headers", "left"),
    [
        ("203.0.113.1", {}, "92"),
        ("203.0.113.2", {}, "94"),
        ("2001:db8::1", {}, "94"),
        ("203.0.113.1", {"authorization": f"Bearer {TOKEN}"}, "94"),
        ("203.0.113.1", {"x-api-key": TOKEN}, "94"),
        ("203.0.113.1", {"authorization": "Bearer made up"}, "92"),
        ("203.0.113.1", {"x-forwarded-for": "198.51.100.1"}, "92"),
    ],
)
async def test_each_client_has_a_bucket(
    other: str, headers: dict[str, str], left: str, catalogue: Client, throttle: Throttle
) -> None:
    async with asking(catalogue, throttle) as ask:
        await ask(ROLE)
        expected = {"94": "94", "92": "88"}[left]  # another application reads the question anew
    async with asking(catalogue, throttle, other, **headers) as ask:
        assert told(await ask(ROLE))[1] == expected


@pytest.mark.parametrize(
    ("host", "client"),
    [
        ("203.0.113.1", "203.0.113.1"),
        ("::ffff:203.0.113.1", "203.0.113.1"),
        ("2001:db8:1:2::3", "2001:0db8:0001:0002::/64"),
        ("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:0db8:0001:0002::/64"),
        ("fe80::1%eth0", "fe80:0000:0000:0000::/64"),
        ("::1", "0000:0000:0000:0000::/64"),
        ("unknown", "unknown"),
        ("a:b" * 100, ("a:b" * 15)),
    ],
)
def test_addresses_of_one_subscriber_are_one_client(host: str, client: str) -> None:
    assert network(host) == client


SECONDS = st.floats(0, 50, allow_nan=False)


@given(st.lists(st.tuples(SECONDS, st.integers(1, 120), st.integers(0, 120)), max_size=30))
def test_no_more_is_taken_than_a_bucket_and_what_has_come_back(
    asked: list[tuple[float, int, int]],
) -> None:
    clock = Clock()
    throttle = Throttle(100, 10, clock=clock)
    bucket = throttle.bucket("a")
    start, taken = clock.now, 0
    for seconds, cost, back in asked:
        clock.now += seconds
        wait = throttle.take(bucket, cost)
        assert (wait > 0) == (cost > 100 - throttle.missing(bucket) + (0 if wait else cost))
        if not wait:
            returned = min(cost, back)
            throttle.give_back(bucket, returned)
            taken += cost - returned
        assert taken <= 100 + 10 * (clock.now - start) + 0.1


def test_who_waits_as_long_as_was_said_is_answered(throttle: Throttle, clock: Clock) -> None:
    bucket = throttle.bucket("a")
    assert throttle.take(bucket, 100) == 0
    assert throttle.take(bucket, 33) == 3.3
    clock.now += 3.3
    assert throttle.take(bucket, 33) == 0


def test_many_addresses_do_not_fill_memory(throttle: Throttle) -> None:
    most = ROOM // BYTES_PER_CLIENT
    for number in range(most + 1000):
        throttle.take(throttle.bucket(f"client {number}"), 10)
    assert len(throttle.buckets.kept) == most
    assert throttle.missing(throttle.bucket(f"client {most}")) == 10
    assert throttle.missing(throttle.bucket("client 0")) == 0


async def test_clients_are_not_limited_unless_it_is_set(web: httpx.AsyncClient) -> None:
    response = await web.post("/graphql", json={"query": ROLE})
    assert response.json()["extensions"] == {
        "cost": {"requestedQueryCost": 2, "actualQueryCost": 2}
    }
    assert not [name for name in response.headers if name.startswith("x-ratelimit")]


async def test_pages_of_other_sites_see_what_is_left(catalogue: Client, throttle: Throttle) -> None:
    async with asking(catalogue, throttle, origin="https://films.example") as ask:
        exposed = (await ask(ROLE)).headers["access-control-expose-headers"]
    assert exposed == "Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset"


async def test_a_trusted_proxy_says_who_asks(
    settings: Settings, catalogue: Client, tmp_path: Path
) -> None:
    environment = {
        **variables(settings),
        "FILMOGRAPH_THROTTLE_RATE": "1",
        "FILMOGRAPH_THROTTLE_BUCKET": "100",
        "FILMOGRAPH_TRUSTED_PROXIES": "127.0.0.0/8",
    }
    async with serving(environment, tmp_path / "log") as url, httpx.AsyncClient() as web:
        asked = [
            await web.post(
                f"{url}/graphql", json={"query": TWENTY}, headers={"x-forwarded-for": client}
            )
            for client in ("198.51.100.1", "198.51.100.2", "198.51.100.9, 198.51.100.1")
        ]
    _, other, again = (int(told(each)[1]) for each in asked)
    assert again < other - 10  # both would be 78, but for what comes back in a second or ten
