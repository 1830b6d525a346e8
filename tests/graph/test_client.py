"""The client against a real Neo4j: rows, transactions, and errors in our words."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.client import Client, Step
from graph.database import open_database
from graph.errors import (
    AccessDenied,
    ConstraintViolation,
    DatabaseError,
    DatabaseUnavailable,
    QueryMemoryError,
    QueryTimeout,
    SettingsError,
)
from graph.settings import Settings
from tests.graph.bolt.test_messages import values

ENDLESS = "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN count(a + b)"


@pytest.fixture(params=[True, False], ids=["lean", "official"])
def lean(request: pytest.FixtureRequest) -> bool:
    """Whether reads go by graph.bolt or by the official driver: nobody should see a difference."""
    return bool(request.param)


@pytest.fixture
async def client(client: Client, settings: Settings, lean: bool) -> AsyncIterator[Client]:
    async with open_database(replace(settings, lean_reads=lean)) as client:
        yield client


async def test_rows_are_lists_of_values(client: Client) -> None:
    rows = await client.read(
        "UNWIND $texts AS text RETURN text, size(text)", {"texts": ["Memories", "回憶"]}
    )
    assert rows == [["Memories", 8], ["回憶", 2]]


async def test_reading_everything_there_is(client: Client) -> None:
    rows = await client.read("UNWIND range(1, 5000) AS number RETURN number")
    assert len(rows) == 5000


@given(values.filter(lambda value: not isinstance(value, float)) | st.floats(allow_nan=False))
async def test_every_value_comes_back_as_it_was_sent(client: Client, value: object) -> None:
    assert await client.read("RETURN $value", {"value": value}) == [[value]]


async def test_parameters_larger_than_a_chunk(client: Client) -> None:
    texts = ["回憶" * 50_000, *map(str, range(70_000))]
    assert await client.read("RETURN $texts", {"texts": texts}) == [[texts]]


async def test_parameters_and_values_with_types_of_the_driver(empty_graph: Client) -> None:
    day = date(1995, 12, 23)
    await empty_graph.write("CREATE (:Mark {day: $day})", {"day": day})
    [[found, mark]] = await empty_graph.read(
        "MATCH (m:Mark {day: $day}) RETURN m.day, m", {"day": day}
    )
    assert found.to_native() == day
    assert mark["day"] == found


async def test_a_read_sees_the_write_before_it(empty_graph: Client) -> None:
    assert await empty_graph.write("CREATE (m:Mark {n: 1}) RETURN m.n") == [[1]]
    assert await empty_graph.read("MATCH (m:Mark) RETURN m.n") == [[1]]


async def test_a_read_cannot_write(client: Client) -> None:
    with pytest.raises(DatabaseError, match=r"[Ww]rit"):
        await client.read("CREATE (:Mark)")


async def test_all_steps_of_a_transaction_happen_or_none(empty_graph: Client) -> None:
    same = Step("CREATE (:Work {slug: 'memories'})")
    with pytest.raises(ConstraintViolation):
        await empty_graph.write_all([same, same])
    assert await empty_graph.read("MATCH (w:Work) RETURN count(w)") == [[0]]


async def test_each_step_answers_with_its_rows(client: Client) -> None:
    steps = [Step("RETURN 1"), Step("UNWIND $numbers AS n RETURN n", {"numbers": [2, 3]})]
    assert await client.write_all(steps) == [[[1]], [[2], [3]]]


async def test_a_deadlock_is_resolved_by_running_a_write_again(
    empty_graph: Client, caplog: pytest.LogCaptureFixture
) -> None:
    """Two writes lock two nodes in opposite orders; the driver's log tells that they met."""
    await empty_graph.write("CREATE (:Mark {id: 'a', n: 0}), (:Mark {id: 'b', n: 0})")
    count = "MATCH (m:Mark {id: $id}) SET m.n = m.n + 1"
    linger = Step("UNWIND range(1, 3000000) AS n RETURN count(n)")
    there = [Step(count, {"id": "a"}), linger, Step(count, {"id": "b"})]
    back = [Step(count, {"id": "b"}), linger, Step(count, {"id": "a"})]
    await asyncio.gather(empty_graph.write_all(there), empty_graph.write_all(back))
    assert await empty_graph.read("MATCH (m:Mark) RETURN m.id, m.n ORDER BY m.id") == [
        ["a", 2],
        ["b", 2],
    ]
    assert "DeadlockDetected" in caplog.text


async def test_a_read_ends_at_its_timeout(client: Client) -> None:
    with pytest.raises(QueryTimeout) as caught:
        await client.read(ENDLESS, timeout=0.2)
    assert "TransactionTimedOut" in str(caught.value.code)


async def test_a_write_ends_at_the_timeout_of_the_client(settings: Settings) -> None:
    async with open_database(replace(settings, transaction_timeout=0.2)) as client:
        with pytest.raises(QueryTimeout):
            await client.write(ENDLESS)


async def test_a_cancelled_read_ends_its_transaction(client: Client) -> None:
    running = "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery = $query RETURN count(*)"
    query = f"{ENDLESS} AS cancelled"
    read = asyncio.create_task(client.read(query))
    while await client.read(running, {"query": query}) == [[0]]:
        assert not read.done()
    read.cancel()
    with pytest.raises(asyncio.CancelledError):
        await read
    while await client.read(running, {"query": query}) == [[1]]:
        pass


async def test_many_reads_at_once(client: Client) -> None:
    reads = (client.read("RETURN $n", {"n": n}) for n in range(300))
    assert await asyncio.gather(*reads) == [[[n]] for n in range(300)]


async def test_a_read_after_one_that_failed(client: Client) -> None:
    with pytest.raises(DatabaseError, match="by zero"):
        await client.read("UNWIND [1, 0] AS n RETURN 1 / n")
    assert await client.read("RETURN 1") == [[1]]


async def test_a_client_that_was_closed(your_neo4j: Settings) -> None:
    async with open_database(your_neo4j) as closed:
        assert await closed.read("RETURN 1") == [[1]]
    with pytest.raises(DatabaseError, match="closed"):
        await closed.read("RETURN 1")


async def test_a_statement_that_is_no_cypher(client: Client) -> None:
    with pytest.raises(DatabaseError, match="Invalid input 'FIND'") as caught:
        await client.read("FIND films")
    assert caught.value.code == "Neo.ClientError.Statement.SyntaxError"


async def test_verifying_a_database_that_answers(client: Client) -> None:
    await client.verify()


async def test_a_wrong_password(your_neo4j: Settings) -> None:
    with pytest.raises(AccessDenied):
        async with open_database(replace(your_neo4j, neo4j_password="not the password")):
            pass


async def test_a_user_who_is_not_known(your_neo4j: Settings, lean: bool) -> None:
    assert your_neo4j.neo4j_uri
    stranger = Client(your_neo4j.neo4j_uri, "stranger", "password", lean=lean)
    try:
        with pytest.raises(AccessDenied, match="refuses the user"):
            await stranger.read("RETURN 1")
    finally:
        await stranger.close()


async def test_reading_where_the_private_parts_of_the_driver_lie_elsewhere(
    your_neo4j: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "graph.bolt.pool", None)
    async with open_database(your_neo4j) as client:
        assert await client.read("RETURN 1") == [[1]]
    assert "Reads go by the official driver" in caplog.text


async def test_reading_where_the_private_parts_of_the_driver_take_other_arguments(
    your_neo4j: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class Packer:
        new_packable_buffer = bytearray

    monkeypatch.setattr("graph.bolt.messages._packer", Packer)
    monkeypatch.delitem(sys.modules, "graph.bolt.connection", raising=False)
    async with open_database(your_neo4j) as client:
        assert await client.read("RETURN 1") == [[1]]
    assert "Reads go by the official driver: Packer() takes no arguments" in caplog.text


async def test_nobody_there() -> None:
    nobody = Client("bolt://127.0.0.1:9", "neo4j", "password")
    try:
        with pytest.raises(DatabaseUnavailable, match="does not answer"):
            await nobody.verify()
    finally:
        await nobody.close()


@pytest.mark.parametrize("uri", ["gopher://localhost", "bolt://localhost:77777"])
def test_an_address_that_no_driver_understands(uri: str) -> None:
    with pytest.raises(SettingsError, match=r"^NEO4J_URI: "):
        Client(uri, "neo4j", "password")


async def test_a_neo4j_of_yours_is_used_by_its_address(
    empty_graph: Client, your_neo4j: Settings
) -> None:
    await empty_graph.write("CREATE (:Mark {id: 'by address'})")
    async with open_database(your_neo4j) as other:
        assert await other.read("MATCH (m:Mark) RETURN m.id") == [["by address"]]


async def test_a_query_that_needs_too_much_memory_is_ended_and_not_tried_again(
    client: Client,
) -> None:
    with pytest.raises(QueryMemoryError):
        await client.read("UNWIND range(1, 100000000) AS i RETURN collect(toString(i))")
