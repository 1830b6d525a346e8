"""Extracted facts as YAML: short where it can be, and read back as they are."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.catalog.document import read_document
from ingest.extraction.facts import Fact, value
from ingest.extraction.writing import file_text


def written(entity: Fact) -> str:
    return file_text("works", [entity], "2026-11-21", "catalog.schema.json").partition("works:\n")[
        2
    ]


@pytest.mark.parametrize(
    ("fact", "line"),
    [
        ({"rating": value(7.2, "bangumi")}, "rating: 7.2"),
        ({"kind": [value("OVA", "bangumi", "wiki")]}, "kind: {value: OVA, by: [bangumi, wiki]}"),
        (
            {"released": [value("1989-04-15", "bangumi"), value("1987", "ann")]},
            'released: - {value: 1989-04-15} - {value: "1987", by: ann}',
        ),
        ({"ids": {"bangumi": value(7, "bangumi")}}, "ids: {bangumi: 7}"),
        ({"ids": {"mal": value("7", "wiki")}}, "ids: {mal: {id: 7, by: wiki}}"),
        ({"credits": []}, ""),
    ],
)
def test_value(fact: Fact, line: str) -> None:
    assert " ".join(written({"slug": "x", **fact}).split()[3:]) == line


@given(text=st.text(min_size=1, max_size=40).filter(str.isprintable))
def test_any_text_is_read_back_as_it_is(tmp_path: Path, text: str) -> None:
    name = {"slug": "x", "names": [{"en": text, "by": ["bangumi"]}]}
    path = tmp_path / "works.yaml"
    path.write_text(file_text("works", [name], "2026-11-21", "schema.json"), encoding="utf-8")
    document = read_document(path)
    assert document.problems == []
    assert document.data["works"][0]["names"] == [{"en": text}]
