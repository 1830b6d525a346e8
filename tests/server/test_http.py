"""GraphQL over HTTP: statuses, media types, and what a client may see of what goes wrong."""

from collections.abc import AsyncIterator, MutableMapping
from pathlib import Path
from typing import Any

import httpx
import pytest

from graph.client import Client
from graph.errors import DatabaseUnavailable
from graph.migrations import migrate
from loaders.documents import Documents
from loaders.limits import LIMITS
from server.app import create_app

JSON = "application/json"
GRAPHQL = "application/graphql-response+json"


async def post(web: httpx.AsyncClient, accept: str = GRAPHQL, **body: object) -> httpx.Response:
    return await web.post("/graphql", json=body, headers={"accept": accept})


async def test_a_question_by_get(web: httpx.AsyncClient) -> None:
    query = "query ($slug: String) { work(slug: $slug) { name } }"
    variables = '{"slug": "memories"}'
    response = await web.get("/graphql", params={"query": query, "variables": variables})
    assert response.json()["data"] == {"work": {"name": "Memories"}}
    assert response.headers["content-type"] == "application/json; charset=utf-8"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"query": "{ works {"}, "Syntax Error: Expected Name, found <EOF>."),
        ({"query": "{ films { id } }"}, "Cannot query field 'films' on type 'Query'."),
        ({"query": "query A { __typename } query B { __typename }"}, "Which operation? Name one."),
        ({"query": "{ __typename }", "operationName": "C"}, "There is no operation 'C'."),
        (
            {"query": "query ($id: ID!) { role(id: $id) { id } }"},
            "Variable '$id' has invalid value",
        ),
        (
            {"query": "{ works(orderBy: [{name: ASC, rating: ASC}]) { totalCount } }"},
            "exactly one field must be specified",
        ),
    ],
)
async def test_a_wrong_question_is_400_or_200_by_media_type(
    body: dict[str, str], message: str, web: httpx.AsyncClient
) -> None:
    new, old = await post(web, **body), await post(web, JSON, **body)
    assert (new.status_code, old.status_code) == (400, 200)
    assert new.json() == old.json()
    assert message in new.json()["errors"][0]["message"]
    assert "data" not in new.json()


AS_JSON = {"content-type": JSON}


@pytest.mark.parametrize(
    ("content", "headers", "status", "message"),
    [
        (b"{", AS_JSON, 400, "The body is not JSON"),
        (b"", AS_JSON, 400, "The body is not JSON"),
        (b'{"query": "\xff"}', AS_JSON, 400, "The body is not JSON: str is not valid UTF-8"),
        (b'{"query": "\\ud800"}', AS_JSON, 400, "The body is not JSON"),
        (b"[" * 2000, AS_JSON, 400, "The body is not JSON"),
        (b'[{"query": "{__typename}"}]', AS_JSON, 400, "batches are not answered"),
        (b'"{__typename}"', AS_JSON, 400, "The body must be a JSON object."),
        (b"{}", AS_JSON, 400, "The question is missing"),
        (b'{"query": ["{__typename}"]}', AS_JSON, 400, "as the string 'query'"),
        (b'{"query": "{__typename}", "variables": []}', AS_JSON, 400, "'variables' must be an"),
        (b'{"query": "{__typename}", "variables": "{}"}', AS_JSON, 400, "'variables' must be an"),
        (b'{"query": "{__typename}", "operationName": 1}', AS_JSON, 400, "must be a string"),
        (b'{"query": "{__typename}", "extensions": 0}', AS_JSON, 400, "'extensions' must be an"),
        (b"{ works { id } }", {"content-type": "text/plain"}, 415, "not text/plain"),
        (b"{}", {}, 415, "not nothing"),
        (b"{}", {"content-type": f"{JSON}; charset=utf-16"}, 415, "in UTF-8, not utf-16"),
        (b"{}", {**AS_JSON, "content-encoding": "gzip"}, 415, "not as gzip"),
        (b" " * (LIMITS.max_body + 1), AS_JSON, 413, "larger than 65536 bytes"),
    ],
)
async def test_a_body_that_is_no_question(
    content: bytes, headers: dict[str, str], status: int, message: str, web: httpx.AsyncClient
) -> None:
    for accept in (JSON, GRAPHQL):
        response = await web.post(
            "/graphql", content=content, headers={**headers, "accept": accept}
        )
        assert response.status_code == status
        assert response.headers["content-type"] == f"{accept}; charset=utf-8"
        (error,) = response.json()["errors"]
        assert message in error["message"]


@pytest.mark.parametrize(
    ("url", "status", "message"),
    [
        ("", 400, "The question is missing"),
        ("?query=", 400, "The question is missing"),
        ("?query=%FF", 400, "The URL is not UTF-8."),
        ("?query={__typename}&query={__typename}", 400, "'query' is given twice"),
        ("?query={__typename}&variables={", 400, "The parameter 'variables' is not JSON"),
        ("?query={__typename}&variables=[]", 400, "'variables' must be an object"),
        ("?query={__typename}&extensions=1", 400, "'extensions' must be an object"),
        (f"?query={'x' * LIMITS.max_url}", 414, "longer than 16384 bytes: send it by POST"),
    ],
)
async def test_a_url_that_is_no_question(
    url: str, status: int, message: str, web: httpx.AsyncClient
) -> None:
    response = await web.get(f"/graphql{url}")
    assert response.status_code == status
    (error,) = response.json()["errors"]
    assert message in error["message"]


async def test_parameters_of_a_url_may_be_empty_null_or_unknown(web: httpx.AsyncClient) -> None:
    for others in ("operationName=&variables=&extensions=", "variables=null", "lang=en&lang=ja"):
        response = await web.get(f"/graphql?query={{__typename}}&{others}")
        assert response.json()["data"] == {"__typename": "Query"}


async def test_a_body_that_says_it_is_too_large_is_not_read(web: httpx.AsyncClient) -> None:
    headers = {**AS_JSON, "content-length": "1800000"}
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while True:
            taken += 1
            yield b" " * 1024

    response = await web.post("/graphql", content=endless(), headers=headers)
    assert (response.status_code, response.headers["connection"], taken) == (413, "close", 0)
    response = await web.post("/graphql", content=endless(), headers=AS_JSON)
    assert (response.status_code, taken) == (413, 65)


@pytest.mark.parametrize("accept", [JSON, GRAPHQL])
@pytest.mark.parametrize("operation", ["mutation", "subscription"])
async def test_only_queries_are_asked_with_get(
    operation: str, accept: str, web: httpx.AsyncClient
) -> None:
    asked = {"query": f"{operation} {{ __typename }}"}
    response = await web.get("/graphql", params=asked, headers={"accept": accept})
    assert (response.status_code, response.headers["allow"]) == (405, "POST")
    assert response.json() == {"errors": [{"message": "Only queries can be asked with GET."}]}


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
async def test_other_methods_are_refused_with_those_that_there_are(
    method: str, web: httpx.AsyncClient
) -> None:
    response = await web.request(method, "/graphql", json={"query": "{ __typename }"})
    assert response.status_code == 405
    assert response.json() == {"errors": [{"message": "Method Not Allowed."}]}
    assert set(response.headers["allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}


async def test_a_client_that_takes_neither_type_gets_no_answer(web: httpx.AsyncClient) -> None:
    response = await post(web, "text/csv", query="{ __typename }")
    assert (response.status_code, response.headers["vary"]) == (406, "Accept, Origin")
    message = "Answers come as application/graphql-response+json or application/json."
    assert response.json() == {"errors": [{"message": message}]}


async def test_pages_of_any_site_may_ask_without_credentials(web: httpx.AsyncClient) -> None:
    origin = {"origin": "https://films.example"}
    preflight = await web.options(
        "/graphql",
        headers={
            **origin,
            "access-control-request-method": "POST",
            "access-control-request-headers": "content-type, x-client",
        },
    )
    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-headers"] == "content-type, x-client"
    asked = await web.post("/graphql", json={"query": "{ __typename }"}, headers=origin)
    refused = await web.post("/graphql", headers=origin)
    for response in (preflight, asked, refused):
        assert response.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in response.headers


async def test_only_pages_of_the_origins_that_are_set_may_ask(catalogue: Client) -> None:
    app = create_app(catalogue, origins=("https://films.example",))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as web:
        asked = {
            origin: await web.get("/graphql?query={__typename}", headers={"origin": origin})
            for origin in ("https://films.example", "https://other.example")
        }
    allowed, other = asked.values()
    assert allowed.headers["access-control-allow-origin"] == "https://films.example"
    assert set(allowed.headers["vary"].split(", ")) == {"Accept", "Origin"}
    assert "access-control-allow-origin" not in other.headers


async def test_options_tells_the_methods(web: httpx.AsyncClient) -> None:
    response = await web.options("/graphql", headers={"accept": "text/html"})
    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["allow"] == "GET, HEAD, OPTIONS, POST"


async def test_a_graph_that_lacks_a_migration_is_not_ready(
    web: httpx.AsyncClient, catalogue: Client
) -> None:
    await catalogue.write("MATCH (s:Schema) DELETE s")
    response = await web.get("/ready")
    await migrate(catalogue)
    assert response.status_code == 503
    missing = [
        "0001-constraints-and-indexes",
        "0002-words-of-names",
        "0003-aliases",
        "0004-revision",
        "0005-orders-and-counts",
        "0006-sounds-of-names",
        "0007-deeds-of-roles",
    ]
    assert response.json() == {"status": "not migrated", "missing": missing}


async def test_internal_errors_are_masked_under_an_id_that_the_log_has(
    web: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("the password is swordfish")

    monkeypatch.setattr(Client, "read", broken)
    response = await post(web, query="{ works { totalCount } }")
    (error,) = response.json()["errors"]
    assert error["message"] == f"Internal error; the log has it as {error['extensions']['id']}."
    assert error["path"] == ["works"]
    assert "swordfish" not in response.text
    logged = capsys.readouterr()
    assert error["extensions"]["id"] in logged.out + logged.err
    assert "swordfish" in logged.out + logged.err


async def test_what_goes_wrong_outside_a_field_is_masked_as_well(
    web: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the password is swordfish")

    monkeypatch.setattr(Documents, "get", broken)
    response = await post(web, JSON, query="{ __typename }")
    (error,) = response.json()["errors"]
    assert response.status_code == 500
    assert error["message"] == f"Internal error; the log has it as {error['extensions']['id']}."
    assert "swordfish" not in response.text


async def test_a_database_that_does_not_answer_is_said_so(
    web: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object) -> None:
        raise DatabaseUnavailable("bolt://10.0.0.1 refused")

    monkeypatch.setattr(Client, "read", away)
    response = await post(web, query="{ works { totalCount } }")
    (error,) = response.json()["errors"]
    assert error["extensions"] == {"code": "DATABASE_UNAVAILABLE"}
    assert "10.0.0.1" not in response.text
    assert (await web.get("/ready")).status_code == 503
    assert (await web.get("/health")).status_code == 200


async def test_what_operators_watch(web: httpx.AsyncClient) -> None:
    assert (await web.get("/ready")).json() == {"status": "ready"}
    assert (await web.get("/health")).json()["status"] == "alive"
    sdl = Path(__file__).parents[2] / "schema" / "schema.graphql"
    assert (await web.get("/schema.graphql")).content == sdl.read_bytes()


async def test_head_answers_as_get_without_a_body(web: httpx.AsyncClient) -> None:
    asked = {"query": "{ __typename }"}
    response, got = (
        await web.head("/graphql", params=asked),
        await web.get("/graphql", params=asked),
    )
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers == got.headers


async def test_in_development_an_answer_shows_its_statements(catalogue: Client) -> None:
    transport = httpx.ASGITransport(create_app(catalogue, development=True))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as web:
        answer = (await post(web, query='{ role(id: "composer") { name } }')).json()
    (step,) = answer["extensions"]["plan"]
    assert step["field"] == "role"
    assert "MATCH (m0:Role)" in step["statement"]
    assert step["parameters"] == {"p0": "composer"}


async def test_a_websocket_is_refused(catalogue: Client) -> None:
    sent = []

    async def receive() -> dict[str, str]:
        return {"type": "websocket.connect"}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message["type"])

    scope = {"type": "websocket", "path": "/graphql", "headers": [], "query_string": b""}
    await create_app(catalogue)(scope, receive, send)
    assert sent == ["websocket.close"]
