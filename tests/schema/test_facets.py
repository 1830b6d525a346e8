"""Facets: how many works of a list have each value."""

from typing import Any

from tests.conftest import Ask


async def facets(ask: Ask, by: str, where: str = "{}", first: int = 20) -> Any:
    answer = await ask(
        f"{{ works(where: {where}, first: 0) {{ facets(by: [{by}], first: {first}) "
        "{ by values { value name count } } } }"
    )
    return answer["works"]["facets"]


async def test_each_facet_asked_for_is_counted(ask: Ask) -> None:
    memories = '{id: {is: "work:bangumi-3627"}}'
    assert await facets(ask, "KIND, DECADE, YEAR", memories) == [
        {"by": "KIND", "values": [{"value": "FILM", "name": "Film", "count": 1}]},
        {"by": "DECADE", "values": [{"value": "1990", "name": "1990s", "count": 1}]},
        {"by": "YEAR", "values": [{"value": "1995", "name": "1995", "count": 1}]},
    ]


async def test_a_count_is_the_total_of_the_list_filtered_by_the_value(ask: Ask) -> None:
    filters = {
        "KIND": "{kind: {is: %s}}",
        "YEAR": '{released: {eq: "%s"}}',
        "GENRE": '{terms: {some: {id: {is: "%s"}}}}',
        "ORGANIZATION": '{credits: {some: {contributor: {id: {is: "%s"}}}}}',
    }
    for facet in await facets(ask, ", ".join(filters), first=5):
        assert facet["values"]
        for value in facet["values"]:
            where = filters[facet["by"]] % value["value"]
            answer = await ask(f"{{ works(where: {where}, first: 0) {{ totalCount }} }}")
            assert answer == {"works": {"totalCount": value["count"]}}


async def test_the_most_frequent_come_first_then_by_name(ask: Ask) -> None:
    (facet,) = await facets(ask, "ORGANIZATION", first=100)
    ranks = [(-value["count"], value["name"]) for value in facet["values"]]
    assert ranks == sorted(ranks)


async def test_facets_of_a_list_below_another_thing(ask: Ask) -> None:
    answer = await ask(
        '{ soundtrack(id: "soundtrack:bangumi-31789") '
        "{ works { facets(by: [YEAR]) { values { value count } } } } }"
    )
    assert answer["soundtrack"]["works"]["facets"] == [{"values": [{"value": "1995", "count": 1}]}]


async def test_no_works_no_values(ask: Ask) -> None:
    assert await facets(ask, "KIND, TAG", '{name: {is: "no such work"}}') == [
        {"by": "KIND", "values": []},
        {"by": "TAG", "values": []},
    ]


async def test_how_many_values_may_be_asked_for(ask: Ask) -> None:
    question = "{ works { facets(by: [KIND], first: 101) { by } } }"
    assert await ask(question) == [
        "Argument 'first' of 'facets' must be between 0 and 100, not 101."
    ]
    assert await facets(ask, "KIND", first=0) == [{"by": "KIND", "values": []}]


async def test_a_facet_is_asked_for_once(ask: Ask) -> None:
    problem = "Argument 'by' of 'facets' names the same facet twice."
    assert await ask("{ works { facets(by: [KIND, YEAR, KIND]) { by } } }") == [problem]
