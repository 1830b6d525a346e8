"""What is not safe for work is left out where things are found, unless it is asked for."""

import pytest

from graph.client import Client
from tests.schema.making import Made, asked

# "Red" and its parts are not safe for work, nor are the line and the album.
SHELF = Made(
    works=(("Blue", "1990"), ("Red", "1991"), ("Green", "1992")),
    segments=(("Sea", "Blue"), ("Fire", "Red")),
    soundtracks=("Chants", "Songs"),
    credits=(
        ("Ann", "director", "Blue"),
        ("Ann", "director", "Red"),
        ("Ann", "director", "Green"),
        ("Bob", "editor", "Red"),
    ),
    tags=(("Blue", "colours", 5), ("Red", "colours", 5)),
    franchises=(("Rainbow", ("Blue", "Red")), ("Night", ("Red",))),
)
MARKED = ("Red", "Fire", "Chants", "Night")


@pytest.fixture
async def shelf(empty_graph: Client) -> Client:
    await SHELF.write(empty_graph)
    await empty_graph.write("MATCH (n) WHERE n.id IN $ids SET n.nsfw = true", {"ids": MARKED})
    await empty_graph.write(
        "MATCH (n:Entity) WITH n, {id: n.id, text: n.name, key: toLower(n.name)} AS name "
        "CREATE (n)-[:NAMED]->(m:Name) SET m += name"
    )
    return empty_graph


@pytest.mark.parametrize(
    ("field", "safe", "every"),
    [
        ("works", ["Blue", "Green"], ["Blue", "Green", "Red"]),
        ("segments", ["Sea"], ["Fire", "Sea"]),
        ("soundtracks", ["Songs"], ["Chants", "Songs"]),
        ("franchises", ["Rainbow"], ["Night", "Rainbow"]),
    ],
)
async def test_lists(shelf: Client, field: str, safe: list[str], every: list[str]) -> None:
    answer = await asked(
        shelf,
        f"{{ safe: {field} {{ totalCount nodes {{ id }} }} "
        f"every: {field}(includeNsfw: true) {{ totalCount nodes {{ id }} }} }}",
    )
    assert [node["id"] for node in answer["safe"]["nodes"]] == safe
    assert [node["id"] for node in answer["every"]["nodes"]] == every
    assert (answer["safe"]["totalCount"], answer["every"]["totalCount"]) == (len(safe), len(every))


async def test_facets_and_the_works_of_a_term(shelf: Client) -> None:
    answer = await asked(
        shelf,
        '{ works { facets(by: [YEAR]) { values { value } } } term(id: "colours") '
        "{ works { totalCount } all: works(includeNsfw: true) { totalCount } } }",
    )
    assert answer == {
        "works": {"facets": [{"values": [{"value": "1990"}, {"value": "1992"}]}]},
        "term": {"works": {"totalCount": 1}, "all": {"totalCount": 2}},
    }


async def test_a_filter_tells_which(shelf: Client) -> None:
    question = (
        "{ only: works(where: {nsfw: true}, includeNsfw: true) { nodes { id nsfw } } "
        "safe: works(where: {nsfw: false}, includeNsfw: true) { nodes { id nsfw } } "
        "people(where: {credits: {none: {on: {nsfw: true}}}}) { totalCount } "
        "none: works(where: {nsfw: true}) { nodes { id } } }"
    )
    assert await asked(shelf, question) == {
        "only": {"nodes": [{"id": "Red", "nsfw": True}]},
        "safe": {"nodes": [{"id": "Blue", "nsfw": False}, {"id": "Green", "nsfw": False}]},
        "people": {"totalCount": 0},
        "none": {"nodes": []},
    }


async def test_search(shelf: Client) -> None:
    question = (
        '{ safe: search(query: "Red") { edges { node { id } } } '
        'all: search(query: "Red", includeNsfw: true) { edges { node { id } } } }'
    )
    found = [{"node": {"id": "Red"}}]
    assert await asked(shelf, question) == {"safe": {"edges": []}, "all": {"edges": found}}


async def test_similar_and_recommendations(shelf: Client) -> None:
    question = """{
      work(id: "Blue") { similar { edges { node { id } } } }
      all: work(id: "Blue") { similar(includeNsfw: true) { edges { node { id } } } }
      recommendations(likes: ["Blue"]) { edges { node { id } } }
      more: recommendations(likes: ["Blue"], includeNsfw: true) { edges { node { id } } }
    }"""
    answer = await asked(shelf, question)
    safe, both = [{"node": {"id": "Green"}}], [{"node": {"id": "Red"}}, {"node": {"id": "Green"}}]
    assert answer == {
        "work": {"similar": {"edges": safe}},
        "all": {"similar": {"edges": both}},
        "recommendations": {"edges": safe},
        "more": {"edges": both},
    }


async def test_ways_lead_around_it_but_also_to_it(shelf: Client) -> None:
    question = """{
      around: paths(from: "Ann", to: "Bob") { length }
      through: paths(from: "Ann", to: "Bob", includeNsfw: true) { length }
      to: paths(from: "Ann", to: "Red") { length }
      from: paths(from: "Red", to: "Green") { length }
    }"""
    assert await asked(shelf, question) == {
        "around": [],
        "through": [{"length": 2}],
        "to": [{"length": 1}],
        "from": [{"length": 2}],
    }


async def test_what_is_asked_for_by_id_and_what_somebody_did_is_shown(shelf: Client) -> None:
    question = """{
      work(id: "Red") { id }
      node(id: "Fire") { id }
      person(id: "Ann") { credits { nodes { on { id } } } }
      franchise(id: "Rainbow") { entries { totalCount } }
    }"""
    answer = await asked(shelf, question)
    assert answer["work"] == {"id": "Red"}
    assert answer["node"] == {"id": "Fire"}
    on = [credit["on"]["id"] for credit in answer["person"]["credits"]["nodes"]]
    assert on == ["Blue", "Red", "Green"]
    assert answer["franchise"] == {"entries": {"totalCount": 2}}
