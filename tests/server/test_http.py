"""GraphQL over HTTP: statuses, media types, and what a client may see of what goes wrong."""

import asyncio

import httpx
import pytest

from graph.client import Client
from graph.errors import DatabaseUnavailable
from graph.migrations import migrate
from server.app import create_app
from server.limits import MAX_BODY

JSON = "application/json"
GRAPHQL = "application/graphql-response+json"


async def post(web: httpx.AsyncClient, accept: str = GRAPHQL, **body: object) -> httpx.Response:
    return await web.post("/graphql", json=body, headers={"accept": accept})


async def test_a_question_by_get(web: httpx.AsyncClient) -> None:
    query = "query ($slug: String) { work(slug: $slug) { name } }"
    variables = '{"slug": "memories"}'
    response = await web.get("/graphql", params={"query": query, "variables": variables})
    assert response.json() == {"data": {"work": {"name": "Memories"}}}
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


@pytest.mark.parametrize(
    ("content", "headers", "status", "message"),
    [
        (b"{", {"content-type": JSON}, 400, "The body is not JSON"),
        (b"[]", {"content-type": JSON}, 400, "batches are not answered"),
        (b"{}", {"content-type": JSON}, 400, "The question is missing"),
        (b'{"query": "{__typename}", "variables": []}', {"content-type": JSON}, 400, "variables"),
        (b"{ works { id } }", {"content-type": "text/plain"}, 415, "Send the question as"),
        (b" " * (MAX_BODY + 1), {"content-type": JSON}, 413, "larger than 65536 bytes"),
    ],
)
async def test_a_body_that_is_no_question(
    content: bytes, headers: dict[str, str], status: int, message: str, web: httpx.AsyncClient
) -> None:
    response = await web.post("/graphql", content=content, headers=headers)
    assert response.status_code == status
    assert message in response.json()["errors"][0]["message"]


async def test_depth_is_limited_also_through_fragments(web: httpx.AsyncClient) -> None:
    deep = "role(id: 1) {" + "broader {" * 12 + "id" + "}" * 13
    (error,) = (await post(web, query=f"{{ {deep} }}")).json()["errors"]
    assert error["message"] == "The operation nests 14 fields deep; 12 is the limit."
    fragments = " ".join(
        f"fragment F{n} on Role {{ broader {{ ...F{n + 1} }} }}" for n in range(12)
    )
    query = f"{{ role(id: 1) {{ ...F0 }} }} {fragments} fragment F12 on Role {{ id }}"
    (error,) = (await post(web, query=query)).json()["errors"]
    assert error["message"] == "The operation nests 14 fields deep; 12 is the limit."


async def test_fragments_that_double_cost_no_more_than_their_text(web: httpx.AsyncClient) -> None:
    doubling = " ".join(f"fragment F{n} on Role {{ ...F{n + 1} ...F{n + 1} }}" for n in range(30))
    query = f'{{ role(id: "director") {{ ...F0 }} }} {doubling} fragment F30 on Role {{ id }}'
    async with asyncio.timeout(5):
        (error,) = (await post(web, query=query)).json()["errors"]
    assert error["message"] == "The operation has 1073741825 fields; 1000 is the limit."


async def test_fragments_do_not_multiply_fields_without_bound(web: httpx.AsyncClient) -> None:
    spreads = " ".join(f"a{n}: segments {{ nodes {{ work {{ ...F }} }} }}" for n in range(12))
    query = "fragment F on Work { name } query { work(id: 1) { %s } }"
    for _ in range(2):
        query = query.replace("{ name }", f"{{ {spreads.replace('...F', 'name')} }}", 1)
        query = query.replace("work { name }", f"work {{ {spreads.replace('...F', 'id')} }}")
    (error,) = (await post(web, query=query % spreads)).json()["errors"]
    assert "fields; 1000 is the limit" in error["message"]


async def test_what_is_asked_again_and_again_is_refused_before_it_is_validated(
    web: httpx.AsyncClient,
) -> None:
    query = "{ works { nodes { " + "segments { totalCount } " * 1000 + "} } }"
    async with asyncio.timeout(2):
        (error,) = (await post(web, query=query)).json()["errors"]
    assert error["message"] == "'segments' stands 1000 times in one place; 50 is the limit."
    many = "{ " + " ".join(f"a{n}: works {{ totalCount }}" for n in range(21)) + " }"
    (error,) = (await post(web, query=many)).json()["errors"]
    assert error["message"] == "The operation asks 21 questions at once; 20 is the limit."


async def test_a_graph_that_lacks_a_migration_is_not_ready(
    web: httpx.AsyncClient, catalogue: Client
) -> None:
    await catalogue.write("MATCH (s:Schema) DELETE s")
    response = await web.get("/ready")
    await migrate(catalogue)
    assert response.status_code == 503
    missing = ["0001-constraints-and-indexes"]
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
    assert "type Work implements" in (await web.get("/schema.graphql")).text


async def test_head_answers_as_get_without_a_body(web: httpx.AsyncClient) -> None:
    response = await web.head("/graphql", params={"query": "{ __typename }"})
    assert (response.status_code, response.content) == (200, b"")


async def test_in_development_an_answer_shows_its_statements(catalogue: Client) -> None:
    transport = httpx.ASGITransport(create_app(catalogue, development=True))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as web:
        answer = (await post(web, query='{ role(id: "composer") { name } }')).json()
    (step,) = answer["extensions"]["plan"]
    assert step["field"] == "role"
    assert "MATCH (m0:Role)" in step["statement"]
    assert step["parameters"] == {"p0": "composer"}
