"""What is similar, and why: each kind of evidence on a graph made for it, and what always holds."""

from dataclasses import replace
from math import log
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.client import Client
from graph.similarity.evidence import EVIDENCE, MADE
from graph.similarity.relations import NEAR
from tests.conftest import Ask
from tests.examples import examples
from tests.schema.making import Made, asked

KEYS = [each.key for each in EVIDENCE]
NODE = "id name ... on Work { released } ... on Segment { released }"
EDGES = f"edges {{ cursor score node {{ {NODE} }} reasons {{ kind weight text via {{ name }} }} }}"
Edge = dict[str, Any]


async def similar(client: Client, id_: str, arguments: str = "") -> Any:
    """The edges, or the errors' messages."""
    question = f"""query ($id: ID!) {{ node(id: $id) {{ ... on Creation {{
      similar{f"({arguments})" if arguments else ""} {{ {EDGES} }} }} }} }}"""
    answer = await asked(client, question, id=id_)
    return answer if isinstance(answer, list) else answer["node"]["similar"]["edges"]


def told(edges: list[Edge]) -> list[tuple[str, list[tuple[str, str, list[str]]]]]:
    """Each edge as (name, reasons), a reason as (kind, text, names)."""
    return [
        (
            edge["node"]["name"],
            [
                (each["kind"], each["text"], [thing["name"] for thing in each["via"]])
                for each in edge["reasons"]
            ],
        )
        for edge in edges
    ]


def alone(*keys: str) -> str:
    weights = ", ".join(f"{key}: {1 if key in keys else 0}" for key in KEYS)
    return f"weights: {{{weights}}}"


async def test_people_who_made_both(empty_graph: Client) -> None:
    await Made(
        works=["Akira", "Steamboy", "Roujin Z", "Other"],
        credits=[
            ("Otomo", "director", "Akira"),
            ("Otomo", "director", "Steamboy"),
            ("Otomo", "screenwriter", "Roujin Z"),
            ("Someone", "director", "Other"),
        ],
    ).write(empty_graph)
    assert told(await similar(empty_graph, "Akira")) == [
        ("Steamboy", [("STAFF", "Otomo directed both", ["Otomo"])]),
        ("Roujin Z", [("STAFF", "Otomo directed one and wrote the other", ["Otomo"])]),
    ]


async def test_a_role_below_another_is_told_as_the_one_above(empty_graph: Client) -> None:
    await Made(
        works=["Akira", "Memories"],
        credits=[("Otomo", "director", "Akira"), ("Otomo", "chief-director", "Memories")],
    ).write(empty_graph)
    assert told(await similar(empty_graph, "Akira")) == [
        ("Memories", [("STAFF", "Otomo directed both", ["Otomo"])])
    ]


async def test_music_cast_and_studios_are_kinds_of_their_own(empty_graph: Client) -> None:
    roles = {
        "Kanno": "score-composer",
        "Hayashibara": "voice-actor",
        "Madhouse": "animation-studio",
        "Okiura": "key-animator",
    }
    await Made(
        works=["A", "B"],
        credits=[(who, role, on) for who, role in roles.items() for on in ("A", "B")],
    ).write(empty_graph)
    ((_, reasons),) = told(await similar(empty_graph, "A"))
    assert sorted(reasons) == [
        ("CAST", "Hayashibara performed in both", ["Hayashibara"]),
        ("MUSIC", "Kanno scored both", ["Kanno"]),
        ("STAFF", "Okiura worked on both", ["Okiura"]),
        ("STUDIO", "Madhouse did animation for both", ["Madhouse"]),
    ]


async def test_somebody_who_works_on_everything_says_less(empty_graph: Client) -> None:
    works = [f"Work {number}" for number in range(9)]
    await Made(
        works=["A", "B", *works],
        credits=[
            ("Rare", "director", "A"),
            ("Rare", "director", "B"),
            *[("Busy", "director", on) for on in ("A", *works)],
        ],
    ).write(empty_graph)
    first, second, *_ = await similar(empty_graph, "A")
    assert first["node"]["name"] == "B"
    assert first["score"] > second["score"]


async def test_what_too_many_things_have_is_no_evidence(empty_graph: Client) -> None:
    works = ["A", *[f"Work {number}" for number in range(MADE - 1)]]
    credits = [("Narrator", "director", work) for work in works]
    await Made(works=[*works, "B"], credits=credits).write(empty_graph)
    assert await similar(empty_graph, "A")
    await empty_graph.write("""MATCH (who {id: 'Narrator'}), (on {id: 'B'})
      CREATE (who)-[:CREDITED {roles: ['director'], deeds: [0]}]->(on)""")
    assert await similar(empty_graph, "A") == []


async def test_of_many_with_as_much_in_common_the_best_known_are_near(
    empty_graph: Client,
) -> None:
    works = [f"Work {number:03}" for number in range(NEAR)]
    await Made(
        works=["A", *works, "Zenith"],
        tags=[(work, "Space", None) for work in ("A", *works, "Zenith")],
        ratings=[("Zenith", 5000)],
    ).write(empty_graph)
    first, *_ = await similar(empty_graph, "A")
    assert first["node"]["name"] == "Zenith"


async def test_terms(empty_graph: Client) -> None:
    await Made(
        works=["A", "B", "C"],
        tags=[(work, "Space", None) for work in "ABC"] + [(work, "Opera", None) for work in "AB"],
    ).write(empty_graph)
    assert told(await similar(empty_graph, "A")) == [
        ("B", [("TERM", "both tagged Opera and Space", ["Opera", "Space"])]),
        ("C", [("TERM", "both tagged Space", ["Space"])]),
    ]


async def test_a_franchise(empty_graph: Client) -> None:
    await Made(works=["A", "B"], franchises=[("Line", ["A", "B"])]).write(empty_graph)
    assert told(await similar(empty_graph, "A")) == [
        ("B", [("FRANCHISE", "both belong to Line", ["Line"])])
    ]


async def test_relations_are_told_from_where_they_are_asked(empty_graph: Client) -> None:
    await Made(
        works=["A", "B", "C"],
        relations=[("A", "sequel", "B", "prequel"), ("A", "references", "C", "referenced-by")],
    ).write(empty_graph)
    assert told(await similar(empty_graph, "A")) == [
        ("B", [("RELATION", "B is the sequel of A", [])]),
        ("C", [("RELATION", "A refers to C", [])]),
    ]
    assert told(await similar(empty_graph, "B")) == [
        ("A", [("RELATION", "B is the sequel of A", [])])
    ]


async def test_lists(empty_graph: Client) -> None:
    await Made(works=["A", "B"], lists=[("Best of", ["A", "B"])]).write(empty_graph)
    assert told(await similar(empty_graph, "A")) == [
        ("B", [("LIST", "both on the list Best of", [])])
    ]


async def test_the_time_weighs_what_other_evidence_found(empty_graph: Client) -> None:
    await Made(
        works=[("A", "1995-12-23"), ("B", "1995"), ("C", "1999"), ("D", "2005"), ("E", "1995")],
        tags=[(work, "Space", None) for work in "ABCD"],
    ).write(empty_graph)
    found = told(await similar(empty_graph, "A", alone("terms", "era")))
    space = ("TERM", "both tagged Space", ["Space"])
    assert found == [
        ("B", [("ERA", "both films from 1995", []), space]),
        ("C", [("ERA", "both films from 1995 and 1999", []), space]),
        ("D", [("ERA", "both films from 1995 and 2005", []), space]),
    ]


KNOWN = Made(
    works=["A", "B", "C"],
    tags=[(work, "Space", None) for work in "ABC"],
    ratings=[("A", 5000), ("B", 100)],
)


async def test_how_many_know_it(empty_graph: Client) -> None:
    await KNOWN.write(empty_graph)
    assert told(await similar(empty_graph, "A", alone("popularity"))) == [
        ("B", [("POPULARITY", "rated by 100 people", [])])
    ]


async def test_who_follows_a_better_known_one_counts_as_less_known(empty_graph: Client) -> None:
    await replace(KNOWN, relations=[("A", "sequel", "B", "prequel")]).write(empty_graph)
    (first, second) = await similar(empty_graph, "C", alone("popularity"))
    assert first["score"] == int(65536 * log(5001) / log(30000)) / 65536
    assert second["score"] == int(65536 * 0.6 * log(101) / log(30000)) / 65536


async def test_who_refers_to_a_better_known_one_is_as_known_as_it_is(empty_graph: Client) -> None:
    await replace(KNOWN, relations=[("A", "referenced-by", "B", "references")]).write(empty_graph)
    (_, second) = await similar(empty_graph, "C", alone("popularity"))
    assert second["score"] == int(65536 * log(101) / log(30000)) / 65536


async def test_what_is_near_to_the_explicit_and_safe_is_found(empty_graph: Client) -> None:
    works = [f"Work {number:03}" for number in range(NEAR)]
    await Made(
        works=["A", *works, "Safe"],
        tags=[(work, "Space", None) for work in ("A", *works, "Safe")]
        + [(work, "Opera", None) for work in ("A", *works)],
    ).write(empty_graph)
    await empty_graph.write("MATCH (n:Work) WHERE n.id <> 'Safe' SET n.nsfw = true")
    assert [edge["node"]["name"] for edge in await similar(empty_graph, "A")] == ["Safe"]


ANTHOLOGY = Made(
    works=["Memories", "Akira"],
    segments=[("Magnetic Rose", "Memories"), ("Stink Bomb", "Memories")],
    credits=[
        ("Otomo", "director", "Akira"),
        ("Otomo", "original-creator", "Magnetic Rose"),
        ("Otomo", "original-creator", "Stink Bomb"),
    ],
)


async def test_a_whole_is_made_by_those_who_made_its_parts(empty_graph: Client) -> None:
    await ANTHOLOGY.write(empty_graph)
    found = await similar(empty_graph, "Memories")
    assert [edge["node"]["name"] for edge in found] == ["Akira"]


async def test_the_example_of_the_documentation(empty_graph: Client) -> None:
    others = [f"Other {number}" for number in range(6)]
    await Made(
        works=[("A", "1995"), ("B", "1995"), *others],
        credits=[("Ann", "director", on) for on in ("A", "B", *others)],
    ).write(empty_graph)
    first = (await similar(empty_graph, "A"))[0]
    assert [(each["kind"], each["weight"], each["text"]) for each in first["reasons"]] == [
        ("ERA", 4795 / 65536, "both films from 1995"),
        ("STAFF", 2557 / 65536, "Ann directed both"),
    ]
    assert first["score"] == 7352 / 65536
    assert (await similar(empty_graph, "A", "weights: {era: 0}"))[0]["score"] == 2759 / 65536


async def test_a_franchise_may_be_folded_into_its_nearest_entry(empty_graph: Client) -> None:
    await Made(
        works=["A", "B", "C", "D"],
        tags=[(work, "Space", None) for work in "ABCD"],
        franchises=[("Line", ["B", "C"])],
        ratings=[("C", 100)],
    ).write(empty_graph)
    names = [edge["node"]["name"] for edge in await similar(empty_graph, "A")]
    assert names == ["C", "B", "D"]
    found = await similar(empty_graph, "A", "collapse: FRANCHISE")
    assert [edge["node"]["name"] for edge in found] == ["C", "D"]


async def test_neither_parts_nor_the_whole_are_similar(empty_graph: Client) -> None:
    await ANTHOLOGY.write(empty_graph)
    found = await similar(empty_graph, "Magnetic Rose")
    assert [edge["node"]["name"] for edge in found] == ["Stink Bomb", "Akira"]
    found = await similar(empty_graph, "Akira")
    names = [edge["node"]["name"] for edge in found]
    assert sorted(names) == ["Magnetic Rose", "Memories", "Stink Bomb"]


async def test_music_is_compared_with_music(empty_graph: Client) -> None:
    await Made(
        works=["Film"],
        soundtracks=["Album", "Other album"],
        tracks=[("Song", "Album"), ("Other song", "Other album")],
        credits=[
            ("Kanno", role, on)
            for role, on in [
                ("score-composer", "Film"),
                ("composer", "Song"),
                ("composer", "Other song"),
            ]
        ],
    ).write(empty_graph)
    found = told(await similar(empty_graph, "Song"))
    assert sorted(found) == [
        (name, [("MUSIC", "Kanno composed music for both", ["Kanno"])])
        for name in ("Other album", "Other song")
    ]
    assert await similar(empty_graph, "Film") == []


async def test_filters_and_exclusions(empty_graph: Client) -> None:
    await Made(
        works=[("A", "1990"), ("B", "1995"), ("C", "2005"), ("D", "1996")],
        credits=[("Otomo", "director", on) for on in "ABCD"],
    ).write(empty_graph)
    found = await similar(empty_graph, "A", 'where: {released: {lt: "2000"}}, exclude: ["D", "X"]')
    assert [edge["node"]["name"] for edge in found] == ["B"]


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        (
            "weights: {staff: -1}",
            "Argument 'weights' of 'similar' must have weights of 0 and up, 'staff' is -1.",
        ),
        (alone(), "Argument 'weights' of 'similar' must leave at least one kind above 0."),
    ],
)
async def test_weights_that_are_none(client: Client, weights: str, message: str) -> None:
    assert await similar(client, "work:bangumi-3627", weights) == [message]


async def test_weights_may_be_variables(ask: Ask) -> None:
    question = """query ($era: Float, $weights: SimilarityWeights) { work(slug: "memories") {
      literal: similar(weights: {era: 0}) { edges { score node { id } } }
      single: similar(weights: {era: $era}) { edges { score node { id } } }
      object: similar(weights: $weights) { edges { score node { id } } }
      default: similar { edges { score node { id } } } } }"""
    given = (await ask(question, era=0, weights={"era": 0, "staff": None}))["work"]
    assert given["literal"] == given["single"] == given["object"] != given["default"]
    left_out = (await ask(question))["work"]
    assert left_out["single"] == left_out["object"] == left_out["default"] == given["default"]


async def test_a_kind_turned_off_gives_no_reason(catalogue: Client) -> None:
    edges = await similar(catalogue, "work:bangumi-3627", "weights: {terms: 0, era: 0}, first: 100")
    kinds = {each["kind"] for edge in edges for each in edge["reasons"]}
    assert {"STAFF", "STUDIO", "RELATION"} <= kinds <= {each.kind for each in EVIDENCE}
    assert not kinds & {"TERM", "ERA"}


WEIGHTS = st.fixed_dictionaries(
    {"staff": st.floats(0.01, 10)}, optional={key: st.floats(0, 10) for key in KEYS[1:]}
)


@given(weights=WEIGHTS)
@examples(15)
async def test_reasons_add_up_to_scores_that_descend(
    catalogue: Client, weights: dict[str, float]
) -> None:
    given = ", ".join(f"{key}: {weight}" for key, weight in weights.items())
    edges = await similar(catalogue, "work:bangumi-3627", f"first: 100, weights: {{{given}}}")
    assert edges
    for edge in edges:
        shares = [each["weight"] for each in edge["reasons"]]
        assert sum(shares) == edge["score"]
        assert all(share > 0 for share in shares)
        assert shares == sorted(shares, reverse=True)
        assert len({each["kind"] for each in edge["reasons"]}) == len(shares)
    scores = [edge["score"] for edge in edges]
    assert all(0 < score <= 1 for score in scores)
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("size", [1, 3, 7])
async def test_pages_hold_each_row_once(ask: Ask, size: int) -> None:
    question = """query ($first: Int!, $after: String) { segment(slug: "magnetic-rose") {
      similar(first: $first, after: $after) {
        edges { cursor node { id } } pageInfo { hasNextPage endCursor hasPreviousPage } } } }"""

    async def page(first: int, after: str | None) -> Any:
        return (await ask(question, first=first, after=after))["segment"]["similar"]

    all_ = [edge["node"]["id"] for edge in (await page(30, None))["edges"]]
    found: list[str] = []
    after = None
    while len(found) < len(all_):
        got = await page(size, after)
        assert got["pageInfo"]["hasPreviousPage"] == bool(found)
        found += [edge["node"]["id"] for edge in got["edges"]]
        if not got["pageInfo"]["hasNextPage"]:
            break
        after = got["pageInfo"]["endCursor"]
    assert found[: len(all_)] == all_
    assert len(set(all_)) == len(all_) > size


@given(data=st.data())
@examples(15)
async def test_filters_narrow_and_change_nothing_else(
    catalogue: Client, data: st.DataObject
) -> None:
    year = str(data.draw(st.integers(1985, 2010)))
    every = (await similar(catalogue, "work:bangumi-3627", "first: 100"))[:50]
    excluded = data.draw(st.lists(st.sampled_from([edge["node"]["id"] for edge in every])))
    ids = ", ".join(f'"{each}"' for each in excluded)
    where = f'first: 100, where: {{released: {{gte: "{year}"}}}}, exclude: [{ids}]'
    narrowed = await similar(catalogue, "work:bangumi-3627", where)
    expected = [
        edge
        for edge in every
        if (edge["node"].get("released") or "") >= year and edge["node"]["id"] not in excluded
    ]
    # Behind the first fifty there may be more that satisfy the filter.
    assert narrowed[: len(expected)] == expected
    assert not {edge["node"]["id"] for edge in narrowed} & set(excluded)


async def test_what_is_alike_is_alike_both_ways(catalogue: Client) -> None:
    arguments = "first: 100, weights: {popularity: 0}"
    mine = "work:bangumi-3627"
    edges = await similar(catalogue, mine, arguments)
    for edge in edges[:5]:
        back = await similar(catalogue, edge["node"]["id"], arguments)
        (same,) = [each for each in back if each["node"]["id"] == mine]
        assert same["score"] == edge["score"]


async def test_a_reason_has_at_most_twenty_via(empty_graph: Client) -> None:
    names = [f"Animator {number:02}" for number in range(30)]
    await Made(
        works=["A", "B"], credits=[(who, "key-animator", on) for who in names for on in "AB"]
    ).write(empty_graph)
    ((_, [(_, text, via)]),) = told(await similar(empty_graph, "A"))
    assert text == "Animator 00, Animator 01 and 28 more worked on both"
    assert via == names[:20]
