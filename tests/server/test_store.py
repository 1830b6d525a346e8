"""The store of registered documents: what it may hold, and what is wrong with it."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from graph.errors import SettingsError
from loaders.documents import Documents
from loaders.limits import LIMITS
from schema.schema import executable
from server.limits import check_document
from server.store import read_store

ROLE = '{ role(id: "composer") { name } }'
SHA256 = sha256(ROLE.encode()).hexdigest()
OTHER = "{ __typename }"


def read(path: Path) -> dict[str, str]:
    return read_store(path, Documents(executable, check_document, LIMITS.max_tokens))


def test_ids_are_of_any_algorithm_and_a_sha256_may_have_its_prefix(tmp_path: Path) -> None:
    file = tmp_path / "persisted-documents.json"
    ids = ("0a4d55a8d778e5022fab701977c5d840bbc486d0", "x-name:Role.query_1~a")
    file.write_text(json.dumps({**dict.fromkeys(ids, ROLE), f"sha256:{SHA256}": ROLE}))
    assert read(file) == {**dict.fromkeys(ids, ROLE), SHA256: ROLE}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "is not JSON: Expecting value: line 1 column 1 (char 0)"),
        ("{'a': 1}", "is not JSON: Expecting property name"),
        (b"\xff\xfe", "is not JSON: 'utf-8' codec can't decode byte 0xff in position 0"),
        ("[" * 100_000, "is not JSON: maximum recursion depth exceeded"),
        ('["{ __typename }"]', "must be a JSON object: documents by their ids"),
        ("[]", "must be a JSON object: documents by their ids"),
        ("null", "must be a JSON object: documents by their ids"),
        ('{"a": {"b": "c"}}', "'a' is not the text of a document"),
        ('{"a": null}', "'a' is not the text of a document"),
        ('{"": "{ __typename }"}', "'' is no id"),
        ('{"a b": "{ __typename }"}', "'a b' is no id"),
        (f'{{"a": "{OTHER}", "a": "{OTHER} "}}', "'a' stands for another document as well"),
        ('{"a": "{ weather }"}', "'a' cannot be asked: Cannot query field 'weather' on type"),
        ('{"a": ""}', "'a' cannot be asked: Syntax Error: Unexpected <EOF>."),
        ('{"a": "{ role(id: \\"\\ud800\\") { id } }"}', "'a' cannot be asked: Syntax Error"),
        ('{"a": "fragment A on Work { name }"}', "'a' cannot be asked: Fragment 'A' is never used"),
        (f'{{"{SHA256}": "{OTHER}"}}', f"'{SHA256}' is not the sha256 of its document, which is"),
        (f'{{"sha256:1": "{OTHER}"}}', "'sha256:1' is not the sha256 of its document, which is"),
        ('{"a": 1, "b": 2, "c": 3}', "'a' is not the text of a document (and 2 more)"),
    ],
)
def test_what_is_wrong_is_named(content: str | bytes, problem: str, tmp_path: Path) -> None:
    file = tmp_path / "persisted-documents.json"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(SettingsError) as raised:
        read(file)
    assert f"FILMOGRAPH_REGISTERED: {file}: {problem}" in str(raised.value)
