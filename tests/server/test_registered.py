"""Registered operations: documents by their ids, as clients send them."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import httpx
import pytest

from graph.client import Client
from server.app import create_app
from server.registered import Registered

GRAPHQL = "application/graphql-response+json"
NAME = "query Name($slug: String!) { work(slug: $slug) { name } }"
ROLE = '{ role(id: "composer") { name } }'
NAMED = "{ __typename } # has a name"
SHA1 = "0a4d55a8d778e5022fab701977c5d840bbc486d0"
MEMORIES = {"work": {"name": "Memories"}}


def hashed(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def persisted(text: str, **more: object) -> dict[str, Any]:
    return {"persistedQuery": {"version": 1, "sha256Hash": hashed(text), **more}}


STORE = {SHA1: NAME, hashed(ROLE): ROLE, "typename": NAMED}


def asked(catalogue: Client, *, only: bool = False) -> httpx.AsyncClient:
    app = create_app(catalogue, registered=Registered(STORE, only))
    transport = httpx.ASGITransport(app)
    headers = {"accept": GRAPHQL}
    return httpx.AsyncClient(transport=transport, base_url="http://test", headers=headers)


def parameters(body: Mapping[str, Any]) -> dict[str, str]:
    """As clients put them into a URL."""
    compact = {"separators": (",", ":")}
    return {
        name: value if isinstance(value, str) else json.dumps(value, **compact)  # type: ignore[arg-type]  # of any option
        for name, value in body.items()
    }


@pytest.mark.parametrize("only", [False, True])
@pytest.mark.parametrize(
    ("body", "data"),
    [
        # Of the specification, with the ids of the store and the prefix for sha256.
        ({"documentId": SHA1, "variables": {"slug": "memories"}}, MEMORIES),
        ({"documentId": hashed(ROLE)}, {"role": {"name": "Composer"}}),
        ({"documentId": f"sha256:{hashed(ROLE)}"}, {"role": {"name": "Composer"}}),
        # A document that stands in the store under another id has its sha256 all the same.
        ({"documentId": hashed(NAME), "variables": {"slug": "memories"}}, MEMORIES),
        ({"extensions": persisted(NAME), "variables": {"slug": "memories"}}, MEMORIES),
        ({"extensions": persisted(NAMED)}, {"__typename": "Query"}),
        # Apollo Client's createPersistedQueryLink.
        (
            {"operationName": None, "variables": {}, "extensions": persisted(ROLE)},
            {"role": {"name": "Composer"}},
        ),
        # Registered text is registered, also when it is sent.
        ({"query": ROLE}, {"role": {"name": "Composer"}}),
        ({"query": ROLE, "extensions": persisted(ROLE)}, {"role": {"name": "Composer"}}),
    ],
)
async def test_a_registered_document_is_asked_by_post_and_by_get(
    body: dict[str, Any], data: object, only: bool, catalogue: Client
) -> None:
    async with asked(catalogue, only=only) as web:
        assert (await web.post("/graphql", json=body)).json()["data"] == data
        given = {name: value for name, value in body.items() if value is not None}
        assert (await web.get("/graphql", params=parameters(given))).json()["data"] == data


@pytest.mark.parametrize(
    "body", [{"documentId": "md5:none"}, {"extensions": persisted("{ __typename }")}]
)
async def test_an_unknown_id_is_said_as_apollos_clients_expect_it(
    body: dict[str, Any], catalogue: Client
) -> None:
    async with asked(catalogue) as web:
        for answer in (
            await web.post("/graphql", json=body),
            await web.get("/graphql", params=parameters(body)),
        ):
            assert answer.status_code == 400
            assert answer.headers["cache-control"] == "no-store"
            code = {"code": "PERSISTED_QUERY_NOT_FOUND"}
            error = {"message": "PersistedQueryNotFound", "extensions": code}
            assert answer.json() == {"errors": [error]}
        old = await web.post("/graphql", json=body, headers={"accept": "application/json"})
        assert (old.status_code, old.json()) == (200, answer.json())


async def test_a_client_registers_what_it_asks_by_sending_both_once(catalogue: Client) -> None:
    query = "query Name($id: ID!) { role(id: $id) { id } }"
    variables = {"id": "director"}
    by_hash = {"variables": variables, "extensions": persisted(query)}
    async with asked(catalogue) as web:
        assert "errors" in (await web.post("/graphql", json=by_hash)).json()
        # urql's persistedExchange says besides that the hash was not known.
        both = {**by_hash, "query": query, "extensions": persisted(query, miss=True)}
        sent = (await web.post("/graphql", json=both)).json()["data"]
        again = (await web.get("/graphql", params=parameters(by_hash))).json()["data"]
    assert sent == again == {"role": {"id": "director"}}


async def test_what_clients_register_is_bounded(catalogue: Client) -> None:
    registered = Registered()
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(create_app(catalogue, registered=registered)),
        base_url="http://test",
    ) as web:
        registered.recent.room = 40_000
        for number in range(200):
            query = f"{{ __typename }} # {number}"
            body = {"query": query, "extensions": persisted(query)}
            assert "data" in (await web.post("/graphql", json=body)).json()
        assert registered.recent.held <= 40_000
        assert "data" in (await web.post("/graphql", json={"extensions": persisted(query)})).json()
        first = {"extensions": persisted("{ __typename } # 0")}
        assert "errors" in (await web.post("/graphql", json=first)).json()


@pytest.mark.parametrize(
    "body",
    [
        {"query": "{ __typename }", "extensions": persisted(ROLE)},
        {"query": "{ __typename }", "documentId": f"sha256:{hashed(ROLE)}"},
        {"query": "{ __typename }", "documentId": SHA1},
    ],
)
async def test_an_id_of_another_text_is_refused(body: dict[str, Any], catalogue: Client) -> None:
    async with asked(catalogue) as web:
        answer = await web.post("/graphql", json=body)
        known = await web.post("/graphql", json={**body, "query": None})
    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert error["extensions"] == {"code": "PERSISTED_QUERY_MISMATCH"}
    assert "__typename" not in known.text


@pytest.mark.parametrize(
    "body",
    [
        {"query": "{ __typename }"},
        {"query": "{ __schema { types { name } } }"},
        {"query": "{ __typename }", "extensions": persisted("{ __typename }")},
        {"query": f"{ROLE} "},
    ],
)
async def test_only_registered_documents_are_answered_where_that_is_set(
    body: dict[str, Any], catalogue: Client
) -> None:
    message = "Only registered operations are answered here."
    error = {"message": message, "extensions": {"code": "PERSISTED_QUERY_ONLY"}}
    async with asked(catalogue, only=True) as web:
        for _ in range(2):
            answer = await web.post("/graphql", json=body)
            assert (answer.status_code, answer.json()) == (403, {"errors": [error]})
        old = await web.get("/graphql", params=parameters(body), headers={"accept": "*/*"})
        assert (old.status_code, old.json()) == (200, {"errors": [error]})
        page = await web.get("/graphql", headers={"accept": "text/html"})
        assert page.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"documentId": 1}, "'documentId' must be a string."),
        ({"documentId": ""}, "The question is missing: send it as the string 'query'."),
        ({"documentId": SHA1, "query": 1}, "The question is missing"),
        ({"extensions": {"persistedQuery": "x"}}, "'persistedQuery' must be an object of version"),
        ({"extensions": {"persistedQuery": {"version": 2}}}, "must be an object of version 1."),
        ({"extensions": {"persistedQuery": {"version": 1}}}, "have the string 'sha256Hash'."),
        ({"documentId": SHA1, "extensions": persisted(ROLE)}, "Send either 'documentId' or"),
        ({"extensions": {"persistedQuery": None}}, "The question is missing"),
    ],
)
async def test_what_is_no_id_is_refused(
    body: dict[str, Any], message: str, catalogue: Client
) -> None:
    async with asked(catalogue) as web:
        answer = await web.post("/graphql", json=body)
    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert message in error["message"]


async def test_a_url_with_an_id_twice_is_refused(catalogue: Client) -> None:
    async with asked(catalogue) as web:
        answer = await web.get("/graphql?documentId=a&documentId=b")
    assert answer.json()["errors"][0]["message"] == "The parameter 'documentId' is given twice."


async def test_a_browser_that_asks_by_an_id_gets_no_page(catalogue: Client) -> None:
    html = {"accept": "text/html,*/*;q=0.8"}
    async with asked(catalogue) as web:
        answer = await web.get("/graphql", params={"documentId": hashed(ROLE)}, headers=html)
    assert answer.json()["data"] == {"role": {"name": "Composer"}}
