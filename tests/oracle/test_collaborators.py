"""Collaborators are those credited on the same creations, each with the number of these."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Ask
from tests.examples import examples
from tests.oracle.arguments import asked
from tests.oracle.catalogue import Thing, known
from tests.oracle.connections import Asked, connections
from tests.oracle.filters import Oracle


def _asked(owner: str) -> st.SearchStrategy[Asked]:
    return asked(connections()[f"{owner}.collaborators"])


def together(person: Thing, role: Any, while_role: Any, on: Any) -> dict[str, set[str]]:
    """The creations that each other one shares with a person."""
    oracle = Oracle()

    def fits(credit: Thing, role: Any) -> bool:
        return oracle.satisfies("CreditFilter", role, credit)

    mine, theirs = {"role": while_role, "on": on}, {"role": role}
    found: dict[str, set[str]] = {}
    for creation in {
        credit.links["on"][0] for credit in person.links["credits"] if fits(credit, mine)
    }:
        for credit in creation.links["credits"]:
            (other,) = credit.links["contributor"]
            if other is not person and fits(credit, theirs):
                found.setdefault(other.id, set()).add(creation.id)
    return found


@given(
    asked(connections()["Person.collaborators"])
    | asked(connections()["Organization.collaborators"])
)
@examples(4)
async def test_who_was_credited_on_the_same_creations(ask: Ask, of: Asked) -> None:
    given_ = {"role": None, "whileRole": None, "on": None, **of.arguments}
    answer = await ask(
        "query ($id: ID!, $role: RoleFilter, $whileRole: RoleFilter, $on: CreationFilter) "
        "{ node(id: $id) { ... on Contributor { collaborators(role: $role, whileRole: $whileRole, "
        "on: $on, first: 100) { totalCount edges { count node { id name } "
        "together { on { id } } } } } } }",
        id=of.id,
        **given_,
    )
    assert isinstance(answer, dict), answer
    person = known().things[of.id or ""]
    expected = together(person, given_["role"], given_["whileRole"], given_["on"])
    found = answer["node"]["collaborators"]
    assert found["totalCount"] == len(expected)
    rows = [(-edge["count"], edge["node"]["id"]) for edge in found["edges"]]
    assert [count for count, _ in rows] == sorted(count for count, _ in rows)
    if len(expected) <= 100:
        assert {id_: -count for count, id_ in rows} == {
            id_: len(creations) for id_, creations in expected.items()
        }
        for edge in found["edges"]:
            shared = {each["on"]["id"] for each in edge["together"]}
            assert shared <= expected[edge["node"]["id"]]
            assert len(edge["together"]) == min(edge["count"], 20)
