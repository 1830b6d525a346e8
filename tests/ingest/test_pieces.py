"""The elements of a list in a file, one by one."""

import gzip
import json
import sys
from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import SourceError
from ingest import pieces as module
from ingest.pieces import pieces

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ENTRIES = [{"sources": [], "title": 'A "quoted" [one] {here}\\'}, {"sources": ["x"]}, {}]
ABOUT = {"license": {"name": "data"}, "data": ENTRIES, "lastUpdate": "2026-07-02"}
LINES = "\n".join(map(json.dumps, [{"lastUpdate": "2026-07-02"}, *ENTRIES])).encode() + b"\n"
FORMS = {
    "small": json.dumps(ABOUT).encode(),
    "pretty": json.dumps(ABOUT, indent=2).encode(),
    "marked": b"\xef\xbb\xbf" + json.dumps(ABOUT).encode(),
    "lines": LINES,
    "windows": LINES.replace(b"\n", b"\r\n"),
    "unended": LINES.rstrip(),
}


def read(tmp_path: Path, data: bytes, name: str | None = "data") -> list[tuple[int, bytes]]:
    path = tmp_path / "file"
    path.write_bytes(data)
    return list(pieces(path, name))


def parsed(found: list[tuple[int, bytes]]) -> list[object]:
    return [orjson.loads(text) for _, text in found]


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstd.compress])
@pytest.mark.parametrize("form", FORMS)
def test_forms_are_told_by_what_is_in_them(tmp_path: Path, form: str, pack: type[bytes]) -> None:
    found = read(tmp_path, pack(FORMS[form]))
    assert parsed(found) == ENTRIES
    first = 2 if form in ("lines", "windows", "unended") else 1
    assert [number for number, _ in found] == [first, first + 1, first + 2]


def test_a_list_without_an_object(tmp_path: Path) -> None:
    assert parsed(read(tmp_path, json.dumps(ENTRIES).encode(), None)) == ENTRIES


def test_lines_may_begin_with_an_entry(tmp_path: Path) -> None:
    assert [number for number, _ in read(tmp_path, b'{"sources": []}\n{}\n')] == [1, 2]


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        (b'{"data": [null, 1, "a,b", [2], {"x": tru}, {"y": 1}]}', 6),
        (b'{"about": 1}\nnull\n1\n"a,b"\n[2]\n{"x": tru}\n\n{"y": 1}\n', 6),
    ],
)
def test_what_is_no_object_or_no_json_spoils_nothing_else(
    tmp_path: Path, broken: bytes, expected: int
) -> None:
    found = [text.strip() for _, text in read(tmp_path, broken)]
    assert found == [b"null", b"1", b'"a,b"', b"[2]", b'{"x": tru}', b'{"y": 1}']
    assert len(found) == expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", 'is not of its form: expected an object with a list "data", or lines of JSON'),
        (b"<html></html>", 'is not of its form: expected an object with a list "data"'),
        (b'{"entries": []}', 'is not of its form: expected an object with a list "data"'),
        (b'{"data": {"data": [{}]}}', 'is not of its form: expected an object with a list "data"'),
        (b'{"data": [{"title": "A"}, {"tit', "is cut off in entry 2"),
        (b'{"data": [{"title": "A"}, {"title": "B"}', "is cut off after entry 2"),
        (b'{"data": [{"title": "A"}]', "is cut off after entry 1"),
        (b'{"license": {', "is cut off"),
        (b'{"about": 1}\n{"title": "A"}\n{"tit', "is cut off in this line"),
        (gzip.compress(FORMS["small"])[:-9], "is damaged: Compressed file ended before"),
        (zstd.compress(FORMS["small"])[:-9], "is damaged: Compressed file ended before"),
        (gzip.compress(FORMS["small"])[:20] + b"\xff" * 40, "is damaged"),
        (b"PK\x03\x04", "is a zip archive; expected is one file, plain or compressed by gzip or"),
    ],
)
def test_a_file_of_another_form_or_cut_off_is_an_error(
    tmp_path: Path, data: bytes, expected: str
) -> None:
    with pytest.raises(SourceError) as error:
        read(tmp_path, data)
    assert expected in str(error.value)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        list(pieces(tmp_path / "nowhere", "data"))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(0, 99) | st.text(alphabet='a"\\[]{},:é\n', max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(alphabet='da"', max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.lists(JSON, max_size=6), st.integers(1, 7), st.sampled_from([None, 1]))
def test_wherever_blocks_end_the_elements_are_the_same(
    tmp_path: Path, entries: list[object], block: int, indent: int | None
) -> None:
    data = json.dumps({"a": 'data"[', "data": entries, "z": [1]}, indent=indent).encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "BLOCK", block)
        found = read(tmp_path, data)
    assert parsed(found) == entries


@given(st.integers(1, len(FORMS["pretty"]) - 2))
def test_a_file_cut_anywhere_is_an_error(tmp_path: Path, length: int) -> None:
    with pytest.raises(SourceError):
        read(tmp_path, FORMS["pretty"][:length])
