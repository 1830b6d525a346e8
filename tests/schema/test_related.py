"""Related franchises: what ties lines of works to each other."""

from typing import Any

import pytest

from graph.client import Client
from tests.schema.making import Made, asked
from tests.schema.test_similar import told

RELATED = """query ($slug: String!, $first: Int, $after: String) { franchise(slug: $slug) {
  related(first: $first, after: $after) { totalCount
    edges { score node { id name } reasons { kind weight text via { name } } }
    pageInfo { hasNextPage endCursor } } } }"""


async def related(client: Client, slug: str, **arguments: Any) -> Any:
    return (await asked(client, RELATED, slug=slug, **arguments))["franchise"]["related"]


LINES = Made(
    works=["Alien", "Aliens", "Predator", "Alien vs. Predator", "Blade Runner", "Memento"],
    segments=[("Prologue", "Blade Runner")],
    credits=[
        ("Scott", "director", "Alien"),
        ("Scott", "director", "Prologue"),
        ("Nolan", "director", "Memento"),
    ],
    tags=[("Aliens", "War", None), ("Predator", "War", None)],
    relations=[("Blade Runner", "references", "Alien", "referenced-by")],
    franchises=[
        ("Alien line", ["Alien", "Aliens", "Alien vs. Predator"]),
        ("Predator line", ["Predator", "Alien vs. Predator"]),
        ("Blade Runner line", ["Blade Runner"]),
        ("Memento line", ["Memento"]),
    ],
)


async def test_works_of_both_relations_makers_and_terms_tie_them(empty_graph: Client) -> None:
    await LINES.write(empty_graph)
    found = await related(empty_graph, "Alien line")
    assert found["totalCount"] == 2
    assert [(name, sorted(reasons)) for name, reasons in told(found["edges"])] == [
        (
            "Predator line",
            [
                ("FRANCHISE", "Alien vs. Predator belongs to both", ["Alien vs. Predator"]),
                ("TERM", "both tagged War", ["War"]),
            ],
        ),
        (
            "Blade Runner line",
            [
                ("RELATION", "Blade Runner refers to Alien", []),
                ("STAFF", "Scott directed both", ["Scott"]),
            ],
        ),
    ]


async def test_it_is_related_both_ways_alike(empty_graph: Client) -> None:
    await LINES.write(empty_graph)
    (first, *_) = (await related(empty_graph, "Alien line"))["edges"]
    (back,) = (await related(empty_graph, "Predator line"))["edges"]
    assert back["score"] == first["score"]
    assert sum(each["weight"] for each in back["reasons"]) == back["score"] <= 1


async def test_nothing_is_related_where_nothing_ties(empty_graph: Client) -> None:
    await LINES.write(empty_graph)
    assert await related(empty_graph, "Memento line") == {
        "totalCount": 0,
        "edges": [],
        "pageInfo": {"hasNextPage": False, "endCursor": None},
    }


@pytest.mark.parametrize(("first", "names"), [(0, []), (1, ["Predator line"])])
async def test_a_page(empty_graph: Client, first: int, names: list[str]) -> None:
    await LINES.write(empty_graph)
    page = await related(empty_graph, "Alien line", first=first)
    assert [edge["node"]["name"] for edge in page["edges"]] == names
    assert page["pageInfo"]["hasNextPage"] is True


async def test_the_page_after(empty_graph: Client) -> None:
    await LINES.write(empty_graph)
    page = await related(empty_graph, "Alien line", first=1)
    page = await related(empty_graph, "Alien line", after=page["pageInfo"]["endCursor"])
    assert [edge["node"]["name"] for edge in page["edges"]] == ["Blade Runner line"]
    assert page["totalCount"] == 2


async def test_a_sequel_of_the_same_line_is_no_tie(empty_graph: Client) -> None:
    await Made(
        works=["One", "Two"],
        relations=[("One", "sequel", "Two", "prequel")],
        franchises=[("Line", ["One", "Two"])],
    ).write(empty_graph)
    assert (await related(empty_graph, "Line"))["edges"] == []
