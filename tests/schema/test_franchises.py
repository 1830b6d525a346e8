"""Franchises: their works in the order of release and of the story."""

from typing import Any

from graph.client import Client
from tests.conftest import Ask
from tests.schema.making import asked


async def entries(ask: Ask, slug: str, arguments: str = "") -> list[dict[str, Any]]:
    answer = await ask(
        f'{{ franchise(slug: "{slug}") {{ entries(first: 100{arguments}) '
        "{ totalCount edges { cursor position node { name released } } } } }"
    )
    found = answer["franchise"]["entries"]
    assert found["totalCount"] == len(found["edges"])
    return list(found["edges"])


async def test_a_franchise_is_found_by_its_name(ask: Ask) -> None:
    answer = await ask('{ franchises(where: {name: {is: "攻殻機動隊"}}) { nodes { slug } } }')
    assert answer == {"franchises": {"nodes": [{"slug": "ghost-in-the-shell"}]}}


async def test_release_order_is_the_default(ask: Ask) -> None:
    found = await entries(ask, "ghost-in-the-shell")
    assert found == await entries(ask, "ghost-in-the-shell", ", order: RELEASE")
    dates = [edge["node"]["released"] for edge in found]
    assert dates == sorted(dates)
    assert [edge["position"] for edge in found] == list(range(1, len(found) + 1))


async def test_story_order_has_positions_of_its_own(ask: Ask) -> None:
    found = await entries(ask, "ghost-in-the-shell", ", order: STORY")
    assert [edge["position"] for edge in found] == list(range(1, len(found) + 1))


async def test_a_filter_leaves_the_places_in_the_whole_line(ask: Ask) -> None:
    *_, last = await entries(ask, "ghost-in-the-shell")
    where = f', where: {{name: {{is: "{last["node"]["name"]}"}}}}'
    assert await entries(ask, "ghost-in-the-shell", where) == [last]


async def test_a_cursor_of_one_order_is_none_of_the_other(ask: Ask) -> None:
    first, *_ = await entries(ask, "ghost-in-the-shell", ", order: STORY")
    question = (
        '{ franchise(slug: "ghost-in-the-shell") { entries(order: RELEASE, after: "%s") '
        "{ totalCount } } }"
    )
    assert await ask(question % first["cursor"]) == [
        "Argument 'after' of 'entries' is a cursor of another list or order."
    ]


LINE = """CREATE (f:Entity:Franchise {id: 'f', slug: 'f', name: 'F', sortName: 'f'}),
  (:RelationKind {id: 'sequel', continuity: true}),
  (:RelationKind {id: 'remake', continuity: false})
WITH f UNWIND [
  ['one', 1.0, '1990', 1, 1], ['two', 2.0, '1992', 2, 2], ['half', 2.5, '2999-01-02', 3, 4],
  ['six', 6.0, '1996', 4, 3], ['apart', null, null, 5, 5], ['after', null, '2999-03', 6, 6]
] AS row
CREATE (f)-[:HAS_ENTRY {position: row[1], story: row[3], release: row[4]}]->
  (:Entity:Creation:Work {id: row[0], name: row[0], sortName: row[0], released: row[2]})
WITH count(*) AS entries
UNWIND [['six', 'after', 'sequel'], ['one', 'apart', 'remake']] AS pair
MATCH (one {id: pair[0]}), (other {id: pair[1]})
CREATE (one)-[:HAS_RELATION {kind: pair[2]}]->(:Relation {id: pair[2]})
  <-[:HAS_RELATION {kind: pair[2]}]-(other)"""


async def gaps(client: Client, order: str) -> dict[str, list[str]]:
    await client.write(LINE)
    answer = await asked(
        client,
        'query ($order: FranchiseOrder!) { franchise(id: "f") { entries(order: $order) { edges { '
        "node { id } gaps { kind missing text } } } } }",
        order=order,
    )
    return {
        edge["node"]["id"]: [
            f"{gap['kind']} {gap['missing']} {gap['text']}" for gap in edge["gaps"]
        ]
        for edge in answer["franchise"]["entries"]["edges"]
    }


async def test_the_story_tells_what_is_missing_before_an_entry(empty_graph: Client) -> None:
    assert await gaps(empty_graph, "STORY") == {
        "one": [],
        "two": [],
        "half": ["UNRELEASED 0 It comes out on 2999-01-02"],
        "six": ["MISSING 3 Parts 3 to 5 of the story are not here"],
        "apart": [
            "UNDATED 0 Nobody says when it came out",
            "UNPLACED 0 Nothing tells its place in the story",
        ],
        "after": ["UNRELEASED 0 It comes out in 2999-03"],
    }


async def test_releases_tell_what_is_not_out_or_of_no_date(empty_graph: Client) -> None:
    found = await gaps(empty_graph, "RELEASE")
    assert {id_: each for id_, each in found.items() if each} == {
        "half": ["UNRELEASED 0 It comes out on 2999-01-02"],
        "apart": ["UNDATED 0 Nobody says when it came out"],
        "after": ["UNRELEASED 0 It comes out in 2999-03"],
    }
