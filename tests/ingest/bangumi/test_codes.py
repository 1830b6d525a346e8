"""What codes mean: every code of Bangumi's vocabularies means something here."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.errors import SourceError
from ingest.bangumi.codes import TYPES, read_codes
from ingest.catalog.vocabulary import CATALOG, read_vocabulary

COMMON = CATALOG.parent.parent / "shared" / "data" / "bangumi-common"
beside = pytest.mark.skipif(not COMMON.is_dir(), reason="it is not beside the repository")


def common(name: str) -> Any:
    return yaml.safe_load((COMMON / name).read_text(encoding="utf-8"))


@beside
def test_every_platform_has_a_kind() -> None:
    table = common("subject_platforms.yml")["platforms"]
    codes = {
        (type_, code)
        for type_, platforms in table.items()
        if type_ in TYPES.values()
        for code in platforms
    }
    assert codes
    assert codes <= read_codes().kinds.keys()


@beside
def test_every_position_has_a_role() -> None:
    table = common("subject_staffs.yml")["staffs"]
    codes = {code for staffs in table.values() for code in staffs}
    assert len(codes) == 296
    assert codes <= read_codes().roles.keys()


@beside
def test_every_relation_has_a_kind() -> None:
    table = common("subject_relations.yml")["relations"]
    codes = {code for relations in table.values() for code in relations}
    assert codes
    assert codes <= read_codes().relations.keys()


def test_the_roles_of_companies_people_and_labels_are_roles() -> None:
    codes = read_codes()
    roles = {role.id for role in read_vocabulary().roles}
    used = {each.role for keys in codes.companies.values() for each in keys.values()}
    used |= {role for keys in codes.people.values() for role in keys.values()}
    assert used | set(codes.labels.values()) <= roles


def test_a_new_code_means_the_role_of_its_name(tmp_path: Path) -> None:
    (tmp_path / "subject_staffs.yml").write_text(
        "staffs: {2: {2: {jp: 監督}, 990: {cn: 导演, jp: 監督}, 991: {cn: 炊事员}}}",
        encoding="utf-8",
    )
    codes = read_codes(tmp_path)
    assert codes.roles[990] == "director"
    assert 991 not in codes.roles
    assert codes.unmapped == {991: "炊事员"}


@pytest.mark.parametrize("text", [None, "staffs: [1]", "{", "other: {}"])
def test_a_vocabulary_of_another_form_is_named(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "subject_staffs.yml").write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=r"subject_staffs\.yml"):
        read_codes(tmp_path)
