"""Search: what is found, what comes first, and what a text may hold."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.client import Client
from graph.search import MOST
from ingest.fame import fame
from ingest.identity import folded, name_key
from ingest.sound import spelled
from loaders.answer import Context
from schema.schema import schema
from tests.conftest import Ask
from tests.examples import examples
from tests.schema.searches import MEAN, rank, searches

SEARCH = """query ($text: String!, $types: [EntityType!], $where: CreationFilter, $minScore: Float,
  $first: Int, $after: String) {
  search(query: $text, types: $types, where: $where, minScore: $minScore, first: $first,
    after: $after) {
    totalCount
    edges { cursor score matched node { __typename id name } }
    pageInfo { hasNextPage hasPreviousPage endCursor }
  }
}"""


async def search(ask: Ask, query: str, **arguments: Any) -> Any:
    return (await ask(SEARCH, text=query, **arguments))["search"]


async def best(ask: Ask, query: str, **arguments: Any) -> tuple[str, str]:
    found = (await search(ask, query, **arguments))["edges"][0]
    return found["node"]["__typename"], found["node"]["name"]


async def test_the_first_hit(ask: Ask) -> None:
    """Of what people type (searches.yaml), as the mean reciprocal rank of what they mean."""
    ranks = {query: await rank(ask, query, meant) for query, meant in searches()}
    later = {query: each for query, each in ranks.items() if each != 1}
    assert len(ranks) >= 200
    assert sum(ranks.values()) / len(ranks) >= MEAN, later


async def test_how_well_names_match(empty_graph: Client) -> None:
    names = [
        "Cowboy Rose",
        "Cowboyrose",
        "A Cowboy Rose Bud",
        "Rose for a Cowboy",
        "Rosebud Cowboys",
    ]
    await named(empty_graph, [*names, "Cowbou Rosa", "Tulip"])
    found = [
        (edge["matched"], edge["score"]) for edge in await found_in(empty_graph, "cowboy rose")
    ]
    assert found == [
        ("Cowboy Rose", 1),
        ("Cowboyrose", 0.95),
        ("A Cowboy Rose Bud", 0.745),
        ("Rose for a Cowboy", 0.645),
        ("Rosebud Cowboys", 0.495),
    ]
    misspelt = await found_in(empty_graph, "cowbyo rose")
    assert (misspelt[0]["matched"], misspelt[0]["score"]) == ("Cowboy Rose", 0.33)


async def test_where_many_names_match_the_most_famous_are_looked_at(empty_graph: Client) -> None:
    await named(empty_graph, [f"Rose {number}" for number in range(1, MOST + 2)])
    await empty_graph.write(
        "UNWIND range(0, 11) AS number MATCH (n {id: 'work:' + number}) "
        "UNWIND range(1, 30) AS i CREATE (:Credit)-[:ON]->(n)"
    )
    await fame(empty_graph)
    found = await found_in(empty_graph, "ros")
    assert {edge["node"]["id"] for edge in found} == {f"work:{each}" for each in range(12)}
    assert (await found_in(empty_graph, "rose 10"))[0]["matched"] == "Rose 10"


async def test_a_little_known_person_among_many_famous_works(empty_graph: Client) -> None:
    await named(empty_graph, [f"Kaze {number}" for number in range(MOST + 1)])
    await empty_graph.write(
        "MATCH (n:Work) UNWIND range(1, 30) AS i CREATE (:Credit)-[:ON]->(n) "
        "WITH DISTINCT n MATCH (n {id: 'work:0'}) REMOVE n:Work SET n:Soundtrack"
    )
    await credited(empty_graph, "Kaori Mizuhashi")
    await fame(empty_graph)
    assert len(await found_in(empty_graph, "ka", first=100)) == 100
    people = await found_in(empty_graph, "ka", types=["PERSON"])
    assert [edge["matched"] for edge in people] == ["Kaori Mizuhashi"]
    others = await found_in(empty_graph, "ka", types=["SOUNDTRACK", "PERSON", "PERSON"])
    assert [edge["matched"] for edge in others] == ["Kaze 0", "Kaori Mizuhashi"]
    assert await found_in(empty_graph, "ka", types=["TRACK"]) == []
    misspelt = await found_in(empty_graph, "mizuhasih", types=["PERSON"])
    assert [edge["matched"] for edge in misspelt] == ["Kaori Mizuhashi"]


async def test_one_word_names_who_is_well_known(empty_graph: Client) -> None:
    await named(empty_graph, ["Oshino", "Oshii and Others"])
    await credited(empty_graph, "Mamoru Oshii")
    assert [edge["score"] for edge in await found_in(empty_graph, "oshii")] == [0.7, 0.7, 0.7]
    await empty_graph.write(
        "MATCH (who:Person) UNWIND range(1, 60) AS i CREATE (who)-[:HAS_CREDIT]->(:Credit)"
    )
    await fame(empty_graph)
    found = [(edge["matched"], edge["score"]) for edge in await found_in(empty_graph, "oshii")]
    assert found[0] == ("Mamoru Oshii", 0.75)


async def test_a_name_of_signs_alone(empty_graph: Client) -> None:
    await named(empty_graph, ["?", "☆", "Tulip?"])
    for text in ("?", "☆"):
        (found,) = await found_in(empty_graph, text, minScore=0.9)
        assert (found["matched"], found["score"]) == (text, 1)
    assert await found_in(empty_graph, "-") == []


@pytest.mark.parametrize("text", ["カノジョノオモイデ", "かのじょ の おもいで", "kanojonoomoide"])
async def test_vowels_that_meet_between_words(empty_graph: Client, text: str) -> None:
    await named(empty_graph, ["Kanojo no Omoide"])
    assert [edge["score"] for edge in await found_in(empty_graph, text)] == [0.95]


async def test_what_is_tied_may_be_of_another_type(empty_graph: Client) -> None:
    await named(empty_graph, ["Memories", "Tulip"])
    await credited(empty_graph, "Katsuhiro Otomo")
    found = await found_in(empty_graph, "otomo memories", types=["PERSON"])
    assert [(edge["node"]["id"], edge["score"]) for edge in found] == [("person:1", 0.5)]


async def test_of_things_that_are_tied_to_each_other(empty_graph: Client) -> None:
    await named(empty_graph, ["Memories", "Cannon Fodder", "Memories of Autumn", "Tulip"])
    await credited(empty_graph, "Katsuhiro Otomo")
    found = await found_in(empty_graph, "otomo memories")
    assert [(edge["node"]["id"], edge["score"]) for edge in found] == [
        ("work:0", 0.6),
        ("person:1", 0.5),
        ("work:2", 0.18),
    ]


async def test_what_has_the_text_as_it_stands_needs_no_ties(empty_graph: Client) -> None:
    await named(empty_graph, ["Memories", "The Otomo Memories Book"])
    await credited(empty_graph, "Katsuhiro Otomo")
    found = await found_in(empty_graph, "otomo memories")
    assert [(edge["node"]["id"], edge["score"]) for edge in found] == [
        ("work:1", 0.745),
        ("work:0", 0.18),
    ]


@pytest.mark.parametrize("misspelt", ["cowboyy", "xcowboy", "cwboy", "owboy", "cowbyo", "cowbpy"])
async def test_a_word_may_have_an_error(empty_graph: Client, misspelt: str) -> None:
    await named(empty_graph, ["Cowboy", "Tulip"])
    assert [edge["matched"] for edge in await found_in(empty_graph, misspelt)] == ["Cowboy"]


async def test_a_long_word_may_have_two_errors_if_nothing_else_is_found(
    empty_graph: Client,
) -> None:
    await named(empty_graph, ["Evangelion", "Tulip"])
    for misspelt in ("evnageloin", "evangelin", "wwangelion"):
        assert [each["matched"] for each in await found_in(empty_graph, misspelt)] == ["Evangelion"]
    assert await found_in(empty_graph, "tuilqp") == []
    await empty_graph.write(
        "MATCH (name:Name {text: 'Tulip'}) SET name += $name", {"name": _name("Evnageloim")}
    )
    assert [each["matched"] for each in await found_in(empty_graph, "evnageloin")] == ["Evnageloim"]


async def test_of_equal_matches_that_of_which_most_is_known(empty_graph: Client) -> None:
    await named(empty_graph, ["Rose", "Rose"])
    await empty_graph.write(
        "MATCH (n {id: 'work:1'}) UNWIND range(1, 30) AS i CREATE (:Credit)-[:ON]->(n)"
    )
    found = await found_in(empty_graph, "rose")
    assert [edge["node"]["id"] for edge in found] == ["work:1", "work:0"]


async def test_the_name_that_matched(ask: Ask) -> None:
    first = (await search(ask, "her memories"))["edges"][0]
    assert (first["matched"], first["score"]) == ("Her Memories", 1)
    assert first["node"]["name"] == "Magnetic Rose"


async def test_types(ask: Ask) -> None:
    assert await best(ask, "memories", types=["SOUNDTRACK"]) == (
        "Soundtrack",
        "Memories: Original Motion Picture Soundtrack",
    )
    both = await search(ask, "m", types=["PERSON", "CHARACTER"], first=100)
    assert {edge["node"]["__typename"] for edge in both["edges"]} == {"Person", "Character"}
    assert (await search(ask, "memories", types=[]))["totalCount"] == 0


async def test_with_where_only_creations_are_found(ask: Ask) -> None:
    everything = await search(ask, "m", first=100)
    creations = await search(ask, "m", first=100, where={})
    types = {edge["node"]["__typename"] for edge in creations["edges"]}
    assert types <= {"Work", "Segment", "Soundtrack", "Track"}
    assert 0 < creations["totalCount"] < everything["totalCount"]
    not_late = {"not": {"released": {"gt": "2100"}}}
    assert await search(ask, "m", first=100, where=not_late) == creations
    assert (await search(ask, "m", where={}, types=["PERSON"]))["totalCount"] == 0


async def test_where_looks_at_what_was_found(ask: Ask) -> None:
    by_otomo = {
        "credits": {
            "some": {"role": {"is": "director"}, "contributor": {"name": {"is": "大友克洋"}}}
        }
    }
    assert await best(ask, "fodder", where=by_otomo) == ("Segment", "Cannon Fodder")
    assert (await search(ask, "magnetic rose", where=by_otomo, minScore=0.4))["edges"] == []


async def test_min_score(ask: Ask) -> None:
    everything = await search(ask, "magnetic", first=100)
    scores = [edge["score"] for edge in everything["edges"]]
    for bound in (-1, 0, 0.4, 0.7, scores[0], 1.1):
        found = await search(ask, "magnetic", first=100, minScore=bound)
        kept = [score for score in scores if score >= bound]
        assert [edge["score"] for edge in found["edges"]] == kept
        assert found["totalCount"] == len(kept)


@pytest.mark.parametrize("query", ["", "  ", "\u3000", "\n"])
async def test_a_blank_text_finds_nothing(ask: Ask, query: str) -> None:
    found = await search(ask, query)
    assert (found["totalCount"], found["edges"]) == (0, [])
    assert found["pageInfo"] == {"hasNextPage": False, "hasPreviousPage": False, "endCursor": None}


@pytest.mark.parametrize("query", ["???", "()", '"', "\\", "~", "*", "-", ":", "AND", "*:*"])
async def test_what_is_syntax_elsewhere_is_text_here(ask: Ask, query: str) -> None:
    found = await search(ask, query, minScore=0.9)
    assert (found["totalCount"], found["edges"]) == (0, [])


async def test_a_text_is_at_most_300_characters(ask: Ask) -> None:
    assert (await search(ask, "akira " * 50))["totalCount"] > 0
    assert await ask(SEARCH, text="a" * 301) == [
        "Argument 'query' of 'search' must be at most 300 characters long, not 301."
    ]


async def test_a_cursor_of_another_list(ask: Ask) -> None:
    works = await ask("{ works(first: 1) { pageInfo { endCursor } } }")
    cursor = works["works"]["pageInfo"]["endCursor"]
    assert await ask(SEARCH, text="a", after=cursor) == [
        "Argument 'after' of 'search' is a cursor of another list or order."
    ]


@given(page=st.integers(1, 9), query=st.sampled_from(["m", "a", "の", "s", "メ"]))
@examples(10)
async def test_paging_yields_every_match_once_and_best_first(
    ask: Ask, page: int, query: str
) -> None:
    whole = await search(ask, query, first=100)
    expected = whole["edges"]
    seen: list[Any] = []
    at = None
    while len(seen) < len(expected):
        found = await search(ask, query, first=page, after=at)
        seen += found["edges"]
        assert found["pageInfo"]["hasPreviousPage"] is bool(at)
        assert found["pageInfo"]["hasNextPage"] is (len(seen) < found["totalCount"])
        at = found["pageInfo"]["endCursor"]
        if len(seen) >= 100:
            break
    assert seen[: len(expected)] == expected
    scores = [edge["score"] for edge in expected]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)
    ids = [edge["node"]["id"] for edge in expected]
    assert len(set(ids)) == len(ids) == min(whole["totalCount"], 100)


SYNTAX = st.sampled_from("+-&|!(){}[]^\"~*?:\\/<>=%#@.,;'`$\u3000 ")
TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(
        st.one_of(SYNTAX, st.sampled_from(["AND", "OR", "NOT", "TO", "a", "Otomo", "大友", "め"])),
        max_size=60,
    ).map("".join),
    st.lists(st.sampled_from(["otomo", "katsuhiro", "memories", "magnetic"]), max_size=30).map(
        " ".join
    ),
)


@given(TEXTS)
async def test_no_text_is_an_error(ask: Ask, query: str) -> None:
    found = await search(ask, query[:300])
    assert len(found["edges"]) == min(found["totalCount"], 20)


async def test_whatever_has_a_name_is_found_by_it(ask: Ask, catalogue: Client) -> None:
    rows = await catalogue.read(
        "MATCH (name:Name) WITH name ORDER BY name.id LIMIT 300 "
        "MATCH (n:Entity)-[:NAMED]->(name) "
        "WHERE coalesce(n.kind, '') <> 'TAG' RETURN name.text, collect(n.id)"
    )
    assert len(rows) > 200
    for text, ids in rows:
        found = await search(ask, text, minScore=1, first=100)
        assert set(ids) <= {edge["node"]["id"] for edge in found["edges"]}, text


async def found_in(client: Client, query: str, **arguments: Any) -> list[Any]:
    """The rows that a search has on a graph that is not the catalogue."""
    given = {"text": query, **arguments}
    answer = await schema.execute(SEARCH, given, context_value=Context(client))
    assert answer.data, answer.errors
    edges: list[Any] = answer.data["search"]["edges"]
    return edges


async def named(client: Client, names: list[str]) -> None:
    await client.write(
        "UNWIND range(0, size($names) - 1) AS i CREATE (n:Entity:Creation:Work {id: 'work:' + i, "
        "slug: toString(i), name: $names[i].text, sortName: $names[i].folded})"
        "-[:NAMED]->(name:Name {id: toString(i)}) SET name += $names[i]",
        {"names": [_name(text) for text in names]},
    )
    await fame(client)


async def credited(client: Client, name: str) -> None:
    """A person of that name is credited on the first of those that are ``named``."""
    await client.write(
        "MATCH (work {id: 'work:0'}) "
        "CREATE (person:Entity:Contributor:Person {id: 'person:1', slug: 'o', name: $name.text, "
        "sortName: $name.folded})-[:NAMED]->(name:Name {id: 'p'}), "
        "(person)-[:CREDITED]->(work) SET name += $name",
        {"name": _name(name)},
    )


def _name(text: str) -> dict[str, str]:
    found = {"text": text, "key": name_key(text), "folded": folded(text)}
    return found | spelled(text)
