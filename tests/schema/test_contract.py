"""What clients rely on: nothing of it is missing from the schema, renamed or narrower."""

from pathlib import Path

import pytest
from graphql import build_schema
from graphql.utilities import find_breaking_changes

from schema.schema import executable

KEPT = Path(__file__).with_name("contract.graphql")
AGREED = Path(__file__).parents[3] / "shared" / "contract" / "schema.graphql"


def broken(contract: str) -> list[str]:
    return [
        change.description for change in find_breaking_changes(build_schema(contract), executable)
    ]


def test_the_schema_has_all_of_the_contract() -> None:
    assert broken(KEPT.read_text()) == []


def test_what_is_missing_would_be_found() -> None:
    more = KEPT.read_text().replace("type Query {", "type Query {\n  premieres: [Work!]!")
    assert broken(more) == ["Field Query.premieres was removed."]


@pytest.mark.skipif(not AGREED.exists(), reason="the contract is not beside the repository")
def test_the_contract_is_the_one_agreed_on() -> None:
    assert KEPT.read_text() == AGREED.read_text()
