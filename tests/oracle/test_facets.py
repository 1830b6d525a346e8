"""A facet counts the works of the whole list by their values."""

from collections import Counter
from typing import Any

from graphql import GraphQLEnumType
from hypothesis import given

from tests.conftest import Ask
from tests.examples import examples
from tests.oracle.catalogue import Thing, known
from tests.oracle.contract import CONTRACT
from tests.oracle.filters import Oracle
from tests.oracle.questions import filters


def values(facet: str, work: Thing) -> set[str]:
    released, kind = work.values.get("released"), work.values.get("kind")
    match facet:
        case "KIND":
            return {kind} if kind else set()
        case "DECADE":
            return {f"{released[:3]}0"} if released else set()
        case "YEAR":
            return {released[:4]} if released else set()
        case "ORGANIZATION":
            makers = [credit.links["contributor"][0] for credit in work.links["credits"]]
            return {maker.id for maker in makers if maker.kind == "Organization"}
        case _:
            return {term.id for term in work.links["terms"] if term.values["kind"] == facet}


def _facets() -> list[str]:
    facets = CONTRACT.type_map["WorkFacet"]
    assert isinstance(facets, GraphQLEnumType)
    return list(facets.values)


@given(filters("WorkFilter"))
@examples(4)
async def test_a_facet_counts_the_works_that_a_filter_leaves(
    ask: Ask, where: dict[str, Any]
) -> None:
    facets = _facets()
    answer = await ask(
        "query ($where: WorkFilter, $by: [WorkFacet!]!) { works(where: $where, first: 0) "
        "{ facets(by: $by, first: 100) { by values { value count } } } }",
        where=where,
        by=facets,
    )
    assert isinstance(answer, dict), answer
    oracle = Oracle()
    listed = [work for work in known().of("Work") if work.is_listed]
    works = [work for work in listed if oracle.satisfies("WorkFilter", where, work)]
    assert [each["by"] for each in answer["works"]["facets"]] == facets
    for facet in answer["works"]["facets"]:
        counted = Counter(value for work in works for value in values(facet["by"], work))
        found = {each["value"]: each["count"] for each in facet["values"]}
        assert sorted(found.values(), reverse=True) == list(found.values())
        assert len(found) == min(len(counted), 100)
        assert found.items() <= counted.items()
        assert not found or min(found.values()) >= max(
            (count for value, count in counted.items() if value not in found), default=0
        )
