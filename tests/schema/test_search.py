"""Search: what is found, what comes first, and what a text may hold."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.client import Client
from loaders.answer import Context
from schema.schema import schema
from tests.conftest import Ask
from tests.examples import examples

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


@pytest.mark.parametrize(
    ("query", "typename", "name"),
    [
        # Whole names: English, Japanese, Chinese, romanised, in either order, long vowels, width.
        ("Magnetic Rose", "Segment", "Magnetic Rose"),
        ("彼女の想いで", "Segment", "Magnetic Rose"),
        ("kanojo no omoide", "Segment", "Magnetic Rose"),
        ("回忆三部曲", "Work", "Memories"),
        ("Ootomo Katsuhiro", "Person", "Katsuhiro Otomo"),
        ("ŌTOMO  katsuhiro", "Person", "Katsuhiro Otomo"),
        ("大友 克洋", "Person", "Katsuhiro Otomo"),
        ("克洋 大友", "Person", "Katsuhiro Otomo"),
        ("ＭＡＧＮＥＴＩＣ　ＲＯＳＥ", "Segment", "Magnetic Rose"),
        ("めもりーず", "Work", "Memories"),
        ("studio 4c", "Organization", "Studio 4°C"),
        ("Heintz Beckner", "Character", "Heintz Beckner"),
        ("science fiction", "Term", "Science fiction"),
        # Beginnings, as one types.
        ("magnetic r", "Segment", "Magnetic Rose"),
        ("大友克", "Person", "Katsuhiro Otomo"),
        ("最臭", "Segment", "Stink Bomb"),
        # Words of a name, in any order, and parts of names without spaces.
        ("fodder cannon", "Segment", "Cannon Fodder"),
        ("odyssey 2001", "Work", "2001: A Space Odyssey"),
        ("想いで", "Segment", "Magnetic Rose"),
        # Typing errors.
        ("magnetik rose", "Segment", "Magnetic Rose"),
        ("Katushiro Otomo", "Person", "Katsuhiro Otomo"),
        ("satosi kon", "Person", "Satoshi Kon"),
        ("大友克羊", "Person", "Katsuhiro Otomo"),
    ],
)
async def test_the_first_hit(ask: Ask, query: str, typename: str, name: str) -> None:
    assert await best(ask, query) == (typename, name)


async def test_whole_names_come_before_beginnings_words_and_guesses(empty_graph: Client) -> None:
    names = ["Rose", "Rosebud", "A Rose by Any Name", "Rosa", "Tulip"]
    await named(empty_graph, names)
    found = await found_in(empty_graph, "rose")
    matched = [edge["matched"] for edge in found]
    assert matched == ["Rose", "Rosebud", "A Rose by Any Name", "Rosa"]
    scores = [edge["score"] for edge in found]
    assert scores[0] == 1 > scores[1] >= 0.7 > scores[2] >= 0.4 > scores[3] >= 0.1


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
        "MATCH (n:Entity)-[:NAMED]->(name) RETURN name.text, collect(n.id)"
    )
    assert len(rows) > 200
    for text, ids in rows:
        found = await search(ask, text, minScore=1, first=100)
        assert set(ids) <= {edge["node"]["id"] for edge in found["edges"]}, text


async def found_in(client: Client, query: str) -> list[Any]:
    """The rows that a search has on a graph that is not the catalogue."""
    answer = await schema.execute(SEARCH, {"text": query}, context_value=Context(client))
    assert answer.data, answer.errors
    edges: list[Any] = answer.data["search"]["edges"]
    return edges


async def named(client: Client, names: list[str]) -> None:
    await client.write(
        "UNWIND range(0, size($names) - 1) AS i CREATE (n:Entity:Creation:Work {id: 'work:' + i, "
        "slug: toString(i), name: $names[i], sortName: toLower($names[i])})"
        "-[:NAMED]->(:Name {id: toString(i), text: $names[i], key: toLower($names[i]), "
        "folded: toLower($names[i])})",
        {"names": names},
    )
