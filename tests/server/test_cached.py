"""Answers that are kept: by the server, and by clients, who ask whether theirs is still right."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from typing import Any

import httpx
import pytest

from graph.client import NOTHING, Client
from graph.errors import DatabaseUnavailable
from ingest.aliases import write_aliases
from ingest.catalog.vocabulary import read_vocabulary
from ingest.importing import import_feed
from ingest.ledger import Ledger
from ingest.parts import Feed, Part, Reading
from ingest.records import Citation, Dataset, Entity, EntityType, Name, Row
from ingest.upsert import upsert
from ingest.vocabulary import load_vocabulary
from server import revision
from server.app import create_app
from server.cached import Cached, Caching, Key
from server.question import Question
from server.throttle import Throttle

GRAPHQL = "application/graphql-response+json"
STALENESS = 0.2
ANN = (Citation("ann"),)
ROLE = '{ role(id: "composer") { name } }'
NAMES = "{ works { nodes { name } } }"


def web(client: Client, caching: Caching, *, development: bool = False) -> httpx.AsyncClient:
    app = create_app(client, caching=caching, development=development)
    headers = {"accept": GRAPHQL}
    transport = httpx.ASGITransport(app)
    return httpx.AsyncClient(transport=transport, base_url="http://test", headers=headers)


@pytest.fixture
async def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Those that have been asked of the graph, without what tells its revision."""
    found: list[str] = []
    read = Client.read

    async def noting(
        client: Client, statement: str, parameters: Mapping[str, Any] = NOTHING, **more: Any
    ) -> list[list[Any]]:
        if "Revision" not in statement:
            found.append(statement)
        return await read(client, statement, parameters, **more)

    monkeypatch.setattr(Client, "read", noting)
    return found


@pytest.fixture
async def kept(catalogue: Client) -> AsyncIterator[httpx.AsyncClient]:
    """Keeps answers until the graph is known to be another."""
    async with web(catalogue, Caching(2**20, staleness=60)) as found:
        yield found


@pytest.fixture
async def unkept(catalogue: Client) -> AsyncIterator[httpx.AsyncClient]:
    async with web(catalogue, Caching(0, "public, max-age=60", 60)) as found:
        yield found


async def test_equal_questions_are_asked_of_the_graph_once(
    kept: httpx.AsyncClient, statements: list[str]
) -> None:
    query = "query A($a: ID!, $b: ID!) { a: role(id: $a) { name } b: role(id: $b) { id } }"
    named = {"query": query, "operationName": "A"}
    sent = {**named, "variables": {"a": "composer", "b": "director"}}
    first = await kept.post("/graphql", json=sent)
    asked = len(statements)
    body = {**named, "variables": {"b": "director", "a": "composer"}}
    as_json = {"accept": "application/json"}
    again = [
        await kept.post("/graphql", json=body),
        await kept.post("/graphql", json={**body, "extensions": {}}, headers=as_json),
        await kept.get(
            "/graphql", params={**named, "variables": '{"b":"director","a":"composer"}'}
        ),
    ]
    assert {first.content} == {each.content for each in again}
    assert len(statements) == asked
    assert again[1].headers["content-type"] == "application/json; charset=utf-8"


@pytest.mark.parametrize(
    "other",
    [
        {"query": f"{ROLE} "},
        {"query": ROLE, "variables": {"a": 1}},
        {"query": '{ role(id: "director") { name } }'},
    ],
)
async def test_other_questions_are_asked(
    other: dict[str, Any], kept: httpx.AsyncClient, statements: list[str]
) -> None:
    await kept.post("/graphql", json={"query": ROLE})
    asked = len(statements)
    await kept.post("/graphql", json=other)
    assert len(statements) == asked + 1


async def test_without_room_every_question_is_asked(
    unkept: httpx.AsyncClient, statements: list[str]
) -> None:
    for _ in range(3):
        await unkept.post("/graphql", json={"query": ROLE})
        await unkept.get("/graphql", params={"query": ROLE})
    assert len(statements) == 6


async def test_a_client_that_has_the_answer_is_told_so_without_a_statement(
    unkept: httpx.AsyncClient, statements: list[str]
) -> None:
    params = {"query": ROLE}
    first = await unkept.get("/graphql", params=params)
    assert first.headers["etag"].startswith('W/"')
    assert first.headers["cache-control"] == "public, max-age=60"
    asked = len(statements)
    tag = first.headers["etag"]
    for tags in (tag, f'"other", {tag}', tag.removeprefix("W/")):
        for method in ("GET", "HEAD"):
            known = {"if-none-match": tags}
            again = await unkept.request(method, "/graphql", params=params, headers=known)
            assert (again.status_code, again.content) == (304, b"")
            for name in ("etag", "cache-control", "vary"):
                assert again.headers[name] == first.headers[name]
    assert len(statements) == asked
    other = await unkept.get("/graphql", params=params, headers={"if-none-match": 'W/"other"'})
    assert other.content == first.content


async def test_a_client_that_has_any_answer_is_told_whether_there_is_one(
    unkept: httpx.AsyncClient,
) -> None:
    known = {"if-none-match": "*"}
    there = await unkept.get("/graphql", params={"query": ROLE}, headers=known)
    assert (there.status_code, there.content) == (304, b"")
    assert there.headers["etag"].startswith('W/"')
    wrong = await unkept.get("/graphql", params={"query": "{ weather }"}, headers=known)
    assert (wrong.status_code, "errors" in wrong.json()) == (400, True)


async def test_tags_differ_by_question_variables_operation_and_media_type(
    unkept: httpx.AsyncClient,
) -> None:
    two = "query A { __typename } query B { __typename }"
    found = [
        await unkept.get("/graphql", params={"query": "{ __typename }"}),
        await unkept.get("/graphql", params={"query": "{__typename}"}),
        await unkept.get("/graphql", params={"query": two, "operationName": "A"}),
        await unkept.get("/graphql", params={"query": two, "operationName": "B"}),
        await unkept.get(
            "/graphql", params={"query": two, "operationName": "A", "variables": '{"id":"1"}'}
        ),
        await unkept.get("/graphql", params={"query": ROLE}, headers={"accept": GRAPHQL}),
        await unkept.get("/graphql", params={"query": ROLE}, headers={"accept": "*/*"}),
    ]
    assert [each.status_code for each in found] == [200] * 7
    assert len({each.headers["etag"] for each in found}) == 7


async def test_head_tells_the_tag_of_what_get_answers(unkept: httpx.AsyncClient) -> None:
    got, head = [
        await unkept.request(method, "/graphql", params={"query": ROLE})
        for method in ("GET", "HEAD")
    ]
    assert head.headers == got.headers
    assert head.content == b""


@pytest.mark.parametrize(
    ("method", "query"),
    [
        ("POST", ROLE),
        ("POST", "{ weather }"),
        ("GET", "{ weather }"),
        ("GET", "mutation { weather }"),
        ("GET", '{ works(after: "nonsense") { nodes { id } } }'),
        ("GET", ""),
        ("PUT", ROLE),
    ],
)
async def test_nobody_keeps_errors_or_what_is_asked_by_post(
    method: str, query: str, kept: httpx.AsyncClient
) -> None:
    given = {"json": {"query": query}} if method == "POST" else {"params": {"query": query}}
    for _ in range(2):
        answer = await kept.request(method, "/graphql", **given)  # type: ignore[arg-type]  # one of the two
        assert answer.headers["cache-control"] == "no-store"
        assert "etag" not in answer.headers


async def test_an_answer_with_errors_is_not_kept(
    kept: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object, **__: object) -> None:
        raise DatabaseUnavailable("gone")

    with monkeypatch.context() as patched:
        await kept.get("/graphql", params={"query": "{ __typename }"})
        patched.setattr(Client, "read", away)
        failed = await kept.get("/graphql", params={"query": ROLE})
        assert failed.json()["errors"][0]["extensions"] == {"code": "DATABASE_UNAVAILABLE"}
        assert "etag" not in failed.headers
    assert "errors" not in (await kept.get("/graphql", params={"query": ROLE})).json()


async def test_while_the_graph_does_not_answer_nothing_kept_is_told(
    catalogue: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object, **__: object) -> None:
        raise DatabaseUnavailable("gone")

    async with web(catalogue, Caching(2**20, staleness=0.001)) as asked:
        first = await asked.get("/graphql", params={"query": ROLE})
        monkeypatch.setattr(Client, "read", away)
        await asyncio.sleep(0.01)
        known = {"if-none-match": first.headers["etag"]}
        answer = await asked.get("/graphql", params={"query": ROLE}, headers=known)
    assert answer.json()["errors"][0]["extensions"] == {"code": "DATABASE_UNAVAILABLE"}


async def test_in_development_nothing_is_kept(catalogue: Client, statements: list[str]) -> None:
    async with web(catalogue, Caching(2**20), development=True) as asked:
        for _ in range(2):
            answer = await asked.get("/graphql", params={"query": ROLE})
            assert "plan" in answer.json()["extensions"]
            assert answer.headers["cache-control"] == "no-store"
    assert len(statements) == 2


async def test_many_requests_read_the_revision_once(
    catalogue: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, asked = Client.read, 0

    async def counting(
        client: Client, statement: str, *more: Any, **options: Any
    ) -> list[list[Any]]:
        nonlocal asked
        asked += "Revision" in statement
        return await read(client, statement, *more, **options)

    monkeypatch.setattr(Client, "read", counting)
    async with web(catalogue, Caching(2**20, staleness=60)) as found:
        await asyncio.gather(
            *(found.post("/graphql", json={"query": f"{ROLE} # {n % 5}"}) for n in range(50))
        )
    assert asked == 1


async def test_a_graph_that_does_not_tell_its_revision_holds_nobody_up(
    catalogue: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Client.read

    async def hanging(client: Client, statement: str, *more: Any, **given: Any) -> list[list[Any]]:
        if "Revision" in statement:
            await asyncio.Event().wait()
        return await read(client, statement, *more, **given)

    monkeypatch.setattr(Client, "read", hanging)
    monkeypatch.setattr(revision, "PATIENCE", 0.01)
    monkeypatch.setattr(revision, "READ_SECONDS", 0.05)
    async with web(catalogue, Caching(2**20)) as asked:
        for _ in range(3):
            answer = await asked.get("/graphql", params={"query": ROLE})
            assert answer.json()["data"] == {"role": {"name": "Composer"}}
            assert "etag" not in answer.headers
    unknown = revision.Revision(catalogue, staleness=1)
    assert await unknown.current() is None
    with pytest.raises(StopIteration):  # without waiting: it is being read
        unknown.current().send(None)
    await asyncio.sleep(0.1)
    with pytest.raises(StopIteration):  # nor is it read again at once
        unknown.current().send(None)
    assert unknown.reading is None


async def test_a_revision_that_cannot_be_read_is_no_old_one(
    catalogue: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("not of the database")

    known = revision.Revision(catalogue, staleness=0)
    assert await known.current() is not None
    monkeypatch.setattr(revision, "state", broken)
    with pytest.raises(RuntimeError):
        await known.current()


def test_what_was_read_before_the_graph_changed_is_not_kept_as_of_after() -> None:
    cached, key = Cached(2**20), Key.of(Question("{ __typename }", None, {}))
    cached.get(b"1", key)
    cached.get(b"2", key)
    cached.put(b"1", key, b"old")
    assert cached.get(b"2", key) is None
    cached.put(b"2", key, b"new")
    assert cached.get(b"2", key) == b"new"
    assert cached.get(b"3", key) is None


async def test_what_is_kept_takes_nothing_and_tells_each_client_its_own_status(
    catalogue: Client,
) -> None:
    app = create_app(
        catalogue, caching=Caching(2**20, staleness=60), throttle=Throttle(100, 1, clock=lambda: 0)
    )

    async def ask(address: str, method: str, **given: Any) -> httpx.Response:
        transport = httpx.ASGITransport(app, client=(address, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as asked:
            return await asked.request(method, "/graphql", **given)

    async def left(address: str) -> tuple[int, str]:
        answer = await ask(address, "POST", json={"query": ROLE})
        status = answer.json()["extensions"]["cost"].pop("throttleStatus")
        return status["currentlyAvailable"], answer.headers["x-ratelimit-remaining"]

    assert await left("203.0.113.1") == (94, "94")
    assert await left("203.0.113.2") == (100, "100")
    assert await left("203.0.113.1") == (94, "94")
    got = await ask("203.0.113.1", "GET", params={"query": ROLE})
    cost = {"requestedQueryCost": 2, "actualQueryCost": 2}
    assert got.json() == {"data": {"role": {"name": "Composer"}}, "extensions": {"cost": cost}}
    assert got.headers["x-ratelimit-remaining"] == "94"
    known = {"if-none-match": got.headers["etag"]}
    again = await ask("203.0.113.1", "GET", params={"query": ROLE}, headers=known)
    assert (again.status_code, again.headers["x-ratelimit-remaining"]) == (304, "94")


async def test_what_others_may_keep_says_nothing_of_one_client(catalogue: Client) -> None:
    app = create_app(
        catalogue, caching=Caching(0, "public, max-age=60", 60), throttle=Throttle(100, 1)
    )
    transport = httpx.ASGITransport(app, client=("203.0.113.1", 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as asked:
        got = await asked.get("/graphql", params={"query": ROLE})
        known = {"if-none-match": got.headers["etag"]}
        again = await asked.get("/graphql", params={"query": ROLE}, headers=known)
        posted = await asked.post("/graphql", json={"query": ROLE})
    assert (got.status_code, again.status_code) == (200, 304)
    told = ["x-ratelimit-remaining" in each.headers for each in (got, again, posted)]
    assert told == [False, False, True]


async def test_variables_that_are_too_deep_are_named(kept: httpx.AsyncClient) -> None:
    deep = b"[" * 500 + b"]" * 500
    body = b'{"query": "{ __typename }", "variables": {"a": ' + deep + b"}}"
    answer = await kept.post("/graphql", content=body, headers={"content-type": "application/json"})
    message = "Variable '$a' nests 31 deep; 30 is the limit."
    assert (answer.status_code, answer.json()) == (400, {"errors": [{"message": message}]})


def test_the_room_is_kept() -> None:
    cached = Cached(200_000)
    for number in range(1000):
        key = Key.of(Question(f"{{ a{number} }}", None, {}))
        cached.get(b"1", key)
        cached.put(b"1", key, bytes(1000))
    assert 190_000 < cached.contents.held <= 200_000


def work(name: str) -> Entity:
    names = (Name(name, "OFFICIAL", "en", ANN),)
    return Entity(EntityType.WORK, f"work:{name.lower()}", name.lower(), names, ANN)


async def asked_of(asked: httpx.AsyncClient) -> tuple[list[str], str, str]:
    """The works by GET and by POST, and the GET's tag."""
    await asyncio.sleep(STALENESS)
    got = await asked.get("/graphql", params={"query": NAMES})
    posted = await asked.post("/graphql", json={"query": NAMES})
    assert got.content == posted.content
    names = [each["name"] for each in got.json()["data"]["works"]["nodes"]]
    return names, got.headers["etag"], got.headers["cache-control"]


async def test_what_is_imported_is_answered_after_the_staleness(empty_graph: Client) -> None:
    await load_vocabulary(empty_graph, read_vocabulary())
    await upsert(empty_graph, Dataset("catalog", (work("Akira"),)))
    async with web(empty_graph, Caching(2**20, staleness=STALENESS)) as asked:
        names, tag, control = await asked_of(asked)
        assert (names, control) == (["Akira"], "no-cache")
        assert await asked_of(asked) == (names, tag, control)
        await upsert(empty_graph, Dataset("catalog", (work("Akira"), work("Memories"))))
        names, newer, _ = await asked_of(asked)
        assert names == ["Akira", "Memories"]
        await write_aliases(empty_graph, {"work:other": "work:akira"})
        _, newest, _ = await asked_of(asked)
    assert len({tag, newer, newest}) == 3


def part(number: int, name: str) -> Part:
    thing = replace(work(name), row=Row("subject", number))
    reading = Reading(Dataset(f"bangumi/subject/{number}", (thing,)))
    return Part(reading.dataset.origin, thing.id, name, {"subject": 1}, lambda: reading)


async def test_of_an_import_that_goes_on_every_part_is_answered(empty_graph: Client) -> None:
    """Each stage of the feed is read after the one before has been asked for."""
    await load_vocabulary(empty_graph, read_vocabulary())
    found: list[list[str]] = []
    loop = asyncio.get_running_loop()
    async with web(empty_graph, Caching(2**20, staleness=STALENESS)) as asked:

        def stage(*parts: Part) -> Any:
            names = asyncio.run_coroutine_threadsafe(asked_of(asked), loop).result()[0]
            found.append(names)
            yield from parts

        stages = (stage(part(1, "Akira")), stage(part(2, "Memories")), stage())
        feed = Feed("bangumi", "dump.zip", {"subject": 2}, stages)
        with Ledger() as ledger:
            await import_feed(empty_graph, feed, ledger)
        found.append((await asked_of(asked))[0])
    assert found == [[], ["Akira"], ["Akira", "Memories"], ["Akira", "Memories"]]
