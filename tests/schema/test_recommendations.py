"""What to watch next for somebody who likes several things."""

from typing import Any

import pytest

from graph.client import Client
from tests.conftest import Ask
from tests.schema.making import Made, asked
from tests.schema.test_similar import told

EDGES = "edges { cursor score node { id name } reasons { kind weight text via { name } } }"


async def recommended(client: Client, *likes: str, arguments: str = "") -> Any:
    """The edges, or the errors' messages."""
    question = f"""query ($likes: [ID!]!) {{ recommendations(likes: $likes{arguments}) {{
      {EDGES} }} }}"""
    answer = await asked(client, question, likes=likes)
    return answer if isinstance(answer, list) else answer["recommendations"]["edges"]


TASTE = Made(
    works=["Akira", "Paprika", "Steamboy", "Perfect Blue", "Blend"],
    segments=[("Opening", "Akira"), ("Part", "Blend")],
    credits=[
        ("Otomo", "director", "Akira"),
        ("Otomo", "director", "Opening"),
        ("Otomo", "director", "Steamboy"),
        ("Kon", "director", "Paprika"),
        ("Kon", "director", "Perfect Blue"),
        ("Otomo", "screenwriter", "Blend"),
        ("Kon", "key-animator", "Blend"),
        ("Otomo", "director", "Blend"),
        ("Kon", "director", "Blend"),
    ],
)


async def test_what_is_close_to_all_comes_first(empty_graph: Client) -> None:
    await TASTE.write(empty_graph)
    found = told(await recommended(empty_graph, "Akira", "Paprika"))
    assert found == [
        ("Blend", [("STAFF", "Like Paprika: Kon directed both", ["Kon"])]),
        ("Perfect Blue", [("STAFF", "Like Paprika: Kon directed both", ["Kon"])]),
        ("Steamboy", [("STAFF", "Like Akira: Otomo directed both", ["Otomo"])]),
    ]


async def test_one_like_scores_as_similar_does(catalogue: Client) -> None:
    arguments = ", first: 100"
    scores = {
        edge["node"]["id"]: edge["score"]
        for edge in await recommended(catalogue, "work:bangumi-3627", arguments=arguments)
    }
    question = f'{{ work(slug: "memories") {{ similar(first: 100) {{ {EDGES} }} }} }}'
    similar = (await asked(catalogue, question))["work"]["similar"]["edges"]
    assert scores == {edge["node"]["id"]: edge["score"] for edge in similar}


async def test_a_score_is_the_mean_over_the_likes(empty_graph: Client) -> None:
    await TASTE.write(empty_graph)
    (only,) = [
        each
        for each in await recommended(empty_graph, "Akira")
        if each["node"]["name"] == "Steamboy"
    ]
    (shared,) = [
        each
        for each in await recommended(empty_graph, "Akira", "Paprika")
        if each["node"]["name"] == "Steamboy"
    ]
    assert shared["score"] == pytest.approx(only["score"] / 2, abs=1 / 65536)


async def test_liked_things_with_their_parts_and_wholes_are_left_out(empty_graph: Client) -> None:
    await TASTE.write(empty_graph)
    liked = ("Steamboy", "Akira", "Blend")
    names = {edge["node"]["name"] for edge in await recommended(empty_graph, *liked)}
    assert names == {"Paprika", "Perfect Blue"}


async def test_unknown_ids_are_passed_over(empty_graph: Client) -> None:
    await TASTE.write(empty_graph)
    assert await recommended(empty_graph, "Akira", "Nothing", "Otomo") == await recommended(
        empty_graph, "Akira"
    )
    assert await recommended(empty_graph, "Nothing") == []


async def test_what_is_disliked_as_well_is_not_liked(empty_graph: Client) -> None:
    await TASTE.write(empty_graph)
    both = ', dislikes: ["Akira"]'
    assert await recommended(empty_graph, "Akira", arguments=both) == []
    assert await recommended(empty_graph, "Nothing", arguments=both) == []


async def test_a_dislike_takes_half_of_its_share(empty_graph: Client) -> None:
    """However many are liked; of several, half of their mean is taken."""
    await Made(
        works=["A", "B", "C", "D", "E"],
        tags=[(on, each, 1) for each in ("Space", "Opera") for on in "ABE"]
        + [(on, each, 1) for each in ("Cats",) for on in "CDE"],
    ).write(empty_graph)

    async def score(*likes: str, dislikes: str = "") -> float:
        arguments = f"weights: {{staff: 0, popularity: 0, era: 0}}, dislikes: [{dislikes}]"
        found = await recommended(empty_graph, *likes, arguments=f", {arguments}")
        (of,) = [edge["score"] for edge in found if edge["node"]["name"] == "E"]
        return float(of)

    expected = pytest.approx(await score("A") - await score("C") / 2, abs=2 / 65536)
    assert await score("A", dislikes='"C"') == expected
    assert await score("A", "B", dislikes='"C"') == expected
    assert await score("A", dislikes='"C", "D", "Nothing"') == expected


async def test_dislikes_change_nothing_of_what_is_looked_for(empty_graph: Client) -> None:
    """A liked soundtrack finds music, and a part is not compared by how known things are."""
    await Made(
        works=["Film", "Other", "Third"],
        segments=[("Part", "Film")],
        soundtracks=["Album", "Another"],
        credits=[
            ("Kanno", "score-composer", each) for each in ("Album", "Another", "Film", "Other")
        ]
        + [("Otomo", "director", each) for each in ("Part", "Other")],
        ratings=[("Other", 1000), ("Third", 9000)],
    ).write(empty_graph)
    without = ', dislikes: ["Third"]'
    for liked in ("Album", "Part"):
        found = await recommended(empty_graph, liked, arguments=without)
        assert found == await recommended(empty_graph, liked)
        assert found != []


@pytest.mark.parametrize(("count"), [0, 101])
async def test_likes_are_1_to_100(client: Client, count: int) -> None:
    assert await recommended(client, *["x"] * count) == [
        f"Argument 'likes' of 'recommendations' must hold 1 to 100 ids, not {count}."
    ]


async def test_what_is_known_to_many_is_told_of_it_alone(empty_graph: Client) -> None:
    await Made(
        works=["A", "B"], tags=[("A", "Space", 1), ("B", "Space", 9)], ratings=[("B", 9)]
    ).write(empty_graph)
    assert told(await recommended(empty_graph, "A"))[0][1] == [
        ("POPULARITY", "rated by 9 people", []),
        ("TERM", "Like A: both tagged Space", ["Space"]),
    ]


async def test_filters_exclusions_weights_and_pages(ask: Ask) -> None:
    question = """query ($after: String) { recommendations(
      likes: ["work:bangumi-3627", "work:bangumi-5118"], first: 2, after: $after,
      weights: {era: 0}, exclude: ["work:bangumi-1938"], where: {type: {is: WORK}}
    ) { edges { node { id __typename } score reasons { kind weight } }
        pageInfo { hasNextPage endCursor } } }"""
    edges: list[Any] = []
    after, more = None, True
    while more:
        page = (await ask(question, after=after))["recommendations"]
        edges += page["edges"]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
        if len(edges) > 12:
            break
    ids = [edge["node"]["id"] for edge in edges]
    assert len(ids) == len(set(ids)) > 2
    assert "work:bangumi-1938" not in ids
    assert {edge["node"]["__typename"] for edge in edges} == {"Work"}
    assert "ERA" not in {each["kind"] for edge in edges for each in edge["reasons"]}
    assert all(sum(each["weight"] for each in e["reasons"]) == e["score"] for e in edges)


LINE = ("First", "Its sequel")


async def test_neighbours_differ(empty_graph: Client) -> None:
    await Made(
        works=["Liked", "First", "Its sequel", "Another"],
        tags=[
            *[("Liked", tag, None) for tag in ("Space", "Opera", "Tale", "War", "Robots")],
            *[(work, tag, None) for work in LINE for tag in ("Space", "Opera", "Tale")],
            *[("Another", tag, None) for tag in ("War", "Robots")],
        ],
        franchises=[("Line", LINE)],
    ).write(empty_graph)
    found = await recommended(empty_graph, "Liked")
    assert [edge["node"]["name"] for edge in found] == ["First", "Another", "Its sequel"]
    assert found[2]["score"] == found[0]["score"] > found[1]["score"]


async def test_what_is_disliked_counts_against_what_is_like_it(empty_graph: Client) -> None:
    await TASTE.write(empty_graph)
    likes = ("Akira", "Perfect Blue")
    found = {
        each["node"]["name"]: each["score"]
        for each in await recommended(empty_graph, *likes, arguments=', dislikes: ["Paprika"]')
    }
    without = {
        each["node"]["name"]: each["score"] for each in await recommended(empty_graph, *likes)
    }
    assert without.keys() - found.keys() == {"Paprika"}
    assert found["Steamboy"] == without["Steamboy"]
    assert found["Blend"] < without["Blend"]


async def test_a_franchise_may_be_folded(empty_graph: Client) -> None:
    await Made(
        works=["Liked", "First", "Its sequel"],
        tags=[(work, "Space", None) for work in ("Liked", "First", "Its sequel")],
        ratings=[("First", 100)],
        franchises=[("Line", ["First", "Its sequel"])],
    ).write(empty_graph)
    found = await recommended(empty_graph, "Liked", arguments=", collapse: FRANCHISE")
    assert [edge["node"]["name"] for edge in found] == ["First"]
