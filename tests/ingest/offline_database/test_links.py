"""Tables of Bangumi's subjects and the same works' ids on other sites."""

from pathlib import Path

import pytest

from graph.errors import SourceError
from ingest.matching import Link
from ingest.offline_database.links import Links, read_link
from tests.ingest.offline_database.files import LINKS


def test_a_row() -> None:
    row = {"name": "Akira", "bgm_id": "5118", "mal_id": 47, "imdb_id": "tt0094625", "anidb_id": ""}
    assert read_link(row) == {"bangumi": "5118", "mal": "47"}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (None, "no object"),
        ({"mal_id": "47"}, "no bgm_id"),
        ({"bgm_id": "5118", "mal_id": "tt47"}, "mal_id: no number: 'tt47'"),
        ({"bgm_id": "5118", "mal_id": [47]}, "mal_id: no number"),
    ],
)
def test_what_is_no_row(row: object, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_link(row)


def test_a_table() -> None:
    links = Links(LINKS)
    assert Link(8, {"bangumi": "3627", "mal": "1462", "anidb": "262"}) in list(links)
    assert (links.rows, links.problems) == (10, [])


def test_broken_rows_are_told_and_spoil_no_other(tmp_path: Path) -> None:
    path = tmp_path / "links.json"
    path.write_text('[null, {"bgm_id": "1"}, {"bgm_id": x}]')
    links = Links(path)
    assert list(links) == [Link(2, {"bangumi": "1"})]
    assert [problem.split(":")[1] for problem in links.problems] == ["1", "3"]


def test_a_table_that_is_cut_off_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "links.json"
    path.write_text('[{"bgm_id": "1"}')
    with pytest.raises(SourceError, match="is cut off after entry 1"):
        list(Links(path))
