"""What is too large is refused before the graph is asked, and the answer says which limit it was.

The attacks are small, and would be dear to whoever looked at all that they say.
"""

from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

import httpx
import pytest
from graphql import (
    FragmentDefinitionNode,
    OperationDefinitionNode,
    get_introspection_query,
    parse,
)
from hypothesis import given
from hypothesis import strategies as st

from graph.client import Client
from loaders.cost import Pricing
from loaders.weights import Weights
from schema.schema import executable
from server.limits import Sizes

Wrap = Callable[[dict[str, Any]], dict[str, Any]]
FIELDS = "fields { type { fields { name } } }"
WHERE = "query ($where: WorkFilter) { works(where: $where) { totalCount } }"


async def post(web: httpx.AsyncClient, query: str, **variables: Any) -> httpx.Response:
    accept = {"accept": "application/graphql-response+json"}
    return await web.post("/graphql", json={"query": query, "variables": variables}, headers=accept)


def nested(times: int, around: Wrap = lambda inner: {"not": inner}) -> dict[str, Any]:
    return reduce(lambda inner, _: around(inner), range(times), {})


def fragments(count: int, spread: str) -> str:
    """Fragments of which each spreads the next, as often as ``spread`` says; F0 is the first."""
    chain = [
        f"fragment F{n} on Role {{ {spread.replace('F', f'F{n + 1}')} }}" for n in range(count)
    ]
    return f'{{ role(id: "x") {{ ...F0 }} }} {" ".join(chain)} fragment F{count} on Role {{ id }}'


ATTACKS = {
    "fragments that double": (
        fragments(21, "...F ...F"),
        "The operation has 2097153 fields; 1000 is the limit.",
    ),
    "fragments that double, to the last": (
        fragments(98, "...F ...F"),
        f"The operation has {2**98 + 1} fields; 1000 is the limit.",
    ),
    "a chain of fragments": (
        fragments(900, "...F"),
        "The document has 902 definitions; 100 is the limit.",
    ),
    "fragments that overlap": (
        "{ works { nodes { "
        + " ".join(f"...F{n}" for n in range(51))
        + " } } } "
        + " ".join(f"fragment F{n} on Work {{ id name slug }}" for n in range(51)),
        "A fragment stands 51 times in one place; 50 is the limit.",
    ),
    "many operations": (
        " ".join(f"query A{n} {{ works {{ totalCount }} }}" for n in range(101)),
        "The document has 101 definitions; 100 is the limit.",
    ),
    "many questions in one": (
        "{ " + " ".join(f"a{n}: works {{ totalCount }}" for n in range(21)) + " }",
        "The operation asks 21 questions at once; 20 is the limit.",
    ),
    "many questions through a fragment": (
        "{ ...F ...F } fragment F on Query { "
        + " ".join(f"a{n}: works {{ totalCount }}" for n in range(11))
        + " }",
        "The operation asks 22 questions at once; 20 is the limit.",
    ),
    "aliases": (
        "{ works { nodes { " + " ".join(f"a{n}: name" for n in range(101)) + " } } }",
        "The operation has 101 aliases; 100 is the limit.",
    ),
    "thousands of aliases": (
        "{ works { nodes { " + " ".join(f"a{n}: name" for n in range(2600)) + " } } }",
        "The operation has 2602 fields; 1000 is the limit.",
    ),
    "one field again and again": (
        "{ works { nodes { " + "segments { totalCount } " * 1000 + "} } }",
        "'segments' stands 1000 times in one place; 50 is the limit.",
    ),
    "one field in repeats of repeats": (
        "{ " + ("works { " + "nodes { id id } " * 6 + "} ") * 6 + "}",
        "'id' stands 72 times in one place; 50 is the limit.",
    ),
    "one field in fragments side by side": (
        "{ works { nodes { ...F0 "
        + " ".join(f"...F{n}" for n in range(30))
        + " } } } "
        + " ".join(f"fragment F{n} on Work {{ name ...on Entity {{ name }} }}" for n in range(30)),
        "'name' stands 60 times in one place; 50 is the limit.",
    ),
    "directives on one field": (
        "{ works " + "@include(if: true) " * 1000 + "{ totalCount } }",
        "The document has 1000 directives; 100 is the limit.",
    ),
    "tokens": (
        "{ works " + "@include(if: true) " * 2000 + "{ totalCount } }",
        "Syntax Error: Document contains more than 8000 tokens. Parsing aborted.",
    ),
    "deep fields": (
        'query Deep { role(id: "x") {' + "broader {" * 12 + "id" + "}" * 14,
        "'Deep' nests 14 fields deep; 12 is the limit.",
    ),
    "deep fields through fragments": (
        fragments(12, "broader { ...F }"),
        "The operation nests 14 fields deep; 12 is the limit.",
    ),
    "braces": (
        "{a" * 3900,
        "Syntax Error: Document is nested too deeply. Parsing aborted.",
    ),
    "brackets": (
        "{ works(where: " + "[" * 7000,
        "Syntax Error: Document is nested too deeply. Parsing aborted.",
    ),
    "deep input": (
        "{ works(where: " + "{not: " * 30 + "{}" + "}" * 30 + ") { totalCount } }",
        "Argument 'where' of 'works' nests 31 deep; 30 is the limit.",
    ),
    "long text": (
        '{ works(where: {name: {is: "' + "x" * 2001 + '"}}) { totalCount } }',
        "Argument 'where' of 'works' has a text of 2001 characters; 2000 is the limit.",
    ),
    "a long list": (
        "{ works(where: {id: {in: [" + '"x" ' * 501 + "]}}) { totalCount } }",
        "Argument 'where' of 'works' has a list of 501 items; 500 is the limit.",
    ),
    "a long list as a default": (
        "query ($ids: [ID!]! = [" + '"x" ' * 501 + "]) { nodes(ids: $ids) { id } }",
        "The default of '$ids' has a list of 501 items; 500 is the limit.",
    ),
    "lists within lists": (
        "{works{nodes{credits{nodes{on{credits{nodes{on{credits{nodes{id}}}}}}}}}}}",
        "The operation costs 185242; 100000 is the limit.",
    ),
    "introspection within itself": (
        "{__schema{types{fields{type{fields{type{fields{type{fields{name}}}}}}}}}}",
        "Maximum introspection depth exceeded",
    ),
    "introspection again and again": (
        "{ __schema { " + " ".join(f"a{n}: types {{ {FIELDS} }}" for n in range(48)) + " } }",
        "The operation costs 115249; 100000 is the limit.",
    ),
}
VARIABLES: dict[str, tuple[dict[str, Any], str]] = {
    "deep": (nested(30), "Variable '$where' nests 31 deep; 30 is the limit."),
    "as deep as JSON": (nested(900), "Variable '$where' nests 31 deep; 30 is the limit."),
    "ids": (
        {"id": {"in": ["x"] * 501}},
        "Variable '$where' has a list of 501 items; 500 is the limit.",
    ),
    "and": ({"and": [{}] * 501}, "Variable '$where' has a list of 501 items; 500 is the limit."),
    "lists in lists": (
        {"or": [{"and": [{"id": {"in": ["x"] * 3000}}]}]},
        "Variable '$where' has a list of 3000 items; 500 is the limit.",
    ),
    "text": (
        {"name": {"contains": "x" * 2001}},
        "Variable '$where' has a text of 2001 characters; 2000 is the limit.",
    ),
    "hops within hops": (
        nested(4, lambda inner: {"credits": {"some": {"on": inner or {"id": {"is": "x"}}}}}),
        "The operation costs 160022; 100000 is the limit.",
    ),
}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The statements that the graph is asked."""
    statements: list[str] = []
    read = Client.read

    async def noted(self: Client, statement: str, parameters: Mapping[str, Any]) -> list[list[Any]]:
        statements.append(statement)
        return await read(self, statement, parameters)

    monkeypatch.setattr(Client, "read", noted)
    return statements


@pytest.mark.parametrize("name", ATTACKS)
async def test_an_attack_is_refused(name: str, web: httpx.AsyncClient, asked: list[str]) -> None:
    query, message = ATTACKS[name]
    response = await post(web, query)
    assert response.status_code == 400
    assert response.json()["errors"][0]["message"] == message
    assert asked == []


@pytest.mark.parametrize("name", VARIABLES)
async def test_an_attack_by_variables_is_refused(
    name: str, web: httpx.AsyncClient, asked: list[str]
) -> None:
    where, message = VARIABLES[name]
    response = await post(web, WHERE, where=where)
    assert response.status_code == 400
    assert response.json()["errors"][0]["message"] == message
    assert asked == []


async def test_types_within_types_are_counted_with_all_of_them(
    web: httpx.AsyncClient, asked: list[str]
) -> None:
    types = ("Work", "Segment", "Soundtrack", "Track")
    own = " ".join(f"... on {name} {{ {name.lower()}: slug }}" for name in types)
    below = own + " id name names { text } images { url }"
    for _ in range(3):
        below = f"{own} credits(first: 1) {{ nodes {{ on {{ {below} }} }} }}"
    response = await post(web, f'{{ node(id: "x") {{ ... on Creation {{ {below} }} }} }}')
    (error,) = response.json()["errors"]
    assert error["message"] == (
        "The question has more than 1000 fields with every type written out."
    )
    assert asked == []


async def test_a_body_of_megabytes_is_refused(web: httpx.AsyncClient, asked: list[str]) -> None:
    response = await post(web, "{ works { totalCount } } #" + "x" * 1_800_000)
    assert response.status_code == 413
    assert response.json() == {"errors": [{"message": "The body is larger than 65536 bytes."}]}
    assert asked == []


async def test_what_is_as_large_as_it_may_be_is_answered(web: httpx.AsyncClient) -> None:
    chain = fragments(98, "...F").replace('"x"', '"director"')
    assert (await post(web, chain)).json()["data"] == {"role": {"id": "director"}}
    aliases = " ".join(f"a{n}: __typename" for n in range(100))
    assert (await post(web, f"{{ works(first: 0) {{ {aliases} }} }}")).status_code == 200
    for where in (nested(29), {"id": {"in": ["x"] * 500}}, {"name": {"is": "x" * 2000}}):
        response = await post(web, WHERE, where=where)
        assert response.json()["data"] == {"works": {"totalCount": 0}}


async def test_tools_may_ask_for_the_schema(web: httpx.AsyncClient) -> None:
    response = await post(web, get_introspection_query(input_value_deprecation=True))
    assert response.json()["data"]["__schema"]["queryType"]["name"] == "Query"


async def test_the_limits_can_be_asked_for(web: httpx.AsyncClient, asked: list[str]) -> None:
    query = "{ limits { maxCost deepest: maxDepth maxPageSize maxBody } }"
    limits = {"maxCost": 100000, "deepest": 12, "maxPageSize": 100, "maxBody": 65536}
    assert (await post(web, query)).json()["data"] == {"limits": limits}
    assert asked == []


class Counted(dict[str, FragmentDefinitionNode]):
    """Fragments that count how often they are opened."""

    opened = 0

    def __getitem__(self, name: str) -> FragmentDefinitionNode:
        self.opened += 1
        return super().__getitem__(name)


@given(st.lists(st.lists(st.integers(1, 9), min_size=1, max_size=5), min_size=1, max_size=99))
def test_each_fragment_is_opened_once(spreads: list[list[int]]) -> None:
    """However often fragments spread those that come after them."""
    last = len(spreads)
    texts = [
        f"fragment F{n} on Role {{ {' '.join(f'...F{min(n + step, last)}' for step in each)} }}"
        for n, each in enumerate(spreads)
    ]
    document = parse(f"{{ roles {{ ...F0 }} }} {' '.join(texts)} fragment F{last} on Role {{ id }}")
    operation, *found = document.definitions
    assert isinstance(operation, OperationDefinitionNode)
    fragments = Counted()
    for each in found:
        assert isinstance(each, FragmentDefinitionNode)
        fragments[each.name.value] = each
    size = Sizes(fragments).of(operation.selection_set)
    assert fragments.opened <= len(found)
    fragments.opened = 0
    price = Pricing(executable, fragments, Weights({}, {})).operation(operation)
    assert fragments.opened <= len(found)
    # Of the 250 roles, every field below `roles` is the id of one.
    assert price.most == 1 + 250 * (size.fields - 1)
