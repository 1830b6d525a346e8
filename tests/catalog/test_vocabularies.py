"""The shipped vocabularies: what clients rely on is there, and every Bangumi code has its place."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from ingest.catalog.vocabulary import CATALOG, read_vocabulary

VOCABULARY = read_vocabulary()
ROLES = {role.id: role for role in VOCABULARY.roles}
KINDS = {kind.id: kind for kind in VOCABULARY.relation_kinds}
CONTRACT = yaml.safe_load((Path(__file__).parent / "contract.yaml").read_text(encoding="utf-8"))

# First and last of each run of codes in Bangumi's own vocabularies.
STAFF_CODES = "1-11 13-67 69-77 80-125 127-182 1001-1035 2001-2017 3001-3023 4001-4044"
RELATION_CODES = (
    "1-12 14-14 99-99 1002-1008 1010-1015 1099-1099 3001-3007 3099-3099"
    " 4002-4003 4006-4010 4012-4012 4014-4019 4099-4099"
)


def codes(name: str) -> dict[int, str]:
    """What each Bangumi code means, from one of the files."""
    table: dict[str, Any] = yaml.safe_load((CATALOG / f"{name}.yaml").read_text(encoding="utf-8"))
    return {code: id_ for id_, row in table[name].items() for code in row.get("bangumi", ())}


def spread(runs: str) -> set[int]:
    found: set[int] = set()
    for run in runs.split():
        first, last = map(int, run.split("-"))
        found.update(range(first, last + 1))
    return found


@pytest.mark.parametrize("id_", CONTRACT["roles"])
def test_role_of_the_contract(id_: str) -> None:
    broader, bangumi = CONTRACT["roles"][id_]
    meaning = codes("roles")
    assert ROLES[id_].broader == broader
    assert [meaning[code] for code in bangumi] == [id_] * len(bangumi)


@pytest.mark.parametrize("id_", CONTRACT["relations"])
def test_relation_kind_of_the_contract(id_: str) -> None:
    inverse, continuity, bangumi = CONTRACT["relations"][id_]
    meaning = codes("relations")
    assert (KINDS[id_].inverse, KINDS[id_].continuity) == (inverse, continuity)
    assert [meaning[code] for code in bangumi] == [id_] * len(bangumi)


def test_every_role_stands_below_one_of_the_contract() -> None:
    def top(id_: str) -> str:
        broader = ROLES[id_].broader
        return id_ if broader is None else top(broader)

    assert {top(id_) for id_ in ROLES} <= CONTRACT["roles"].keys()


def test_every_staff_code_of_bangumi_is_a_role() -> None:
    assert codes("roles").keys() == spread(STAFF_CODES)


def test_every_relation_code_of_bangumi_is_a_kind() -> None:
    assert codes("relations").keys() == spread(RELATION_CODES)


def test_sources_in_order_of_precedence() -> None:
    assert [source.id for source in VOCABULARY.sources] == [
        "filmograph",
        "ann",
        "bangumi",
        "anime-offline-database",
        "bangumi-external-ids",
        "wiki",
    ]


def test_roles_that_have_one_holder() -> None:
    assert {role.id for role in VOCABULARY.roles if role.sole} == {
        "director",
        "chief-director",
        "original-creator",
        "author",
        "series-composer",
        "composer",
        "score-composer",
        "lyricist",
        "arranger",
        "art-director",
        "director-of-photography",
        "sound-director",
    }
