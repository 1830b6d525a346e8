"""The entries of a file, each once."""

import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import SourceError
from ingest.offline_database.staging import Staging
from tests.ingest.offline_database.files import WHOLE, written

Found = tuple[list[tuple[str, dict[str, str], int]], list[str]]


def entry(title: str, *pages: str) -> dict[str, Any]:
    """`pages` such as "mal-1"."""
    hosts = {"mal": "myanimelist.net/anime", "anidb": "anidb.net/anime"}
    parts = [page.split("-") for page in pages]
    return {"title": title, "sources": [f"https://{hosts[site]}/{id_}" for site, id_ in parts]}


def staged(tmp_path: Path, *entries: object) -> Found:
    """Keys, ids and numbers of twins of the entries; why others are skipped."""
    staging = Staging(written(tmp_path / "anime.json", entries))
    try:
        found = [(each.key, dict(each.anime.ids), len(each.twins)) for each in staging.entries()]
        counted = sum(1 + twins for *_, twins in found)
        skipped = list(staging.skipped())
        assert counted + len(skipped) == staging.rows == len(entries)
        return found, [f"{each.row.line}: {each.reason}" for each in skipped]
    finally:
        staging.close()


def test_an_entry_is_known_by_the_first_of_the_sites(tmp_path: Path) -> None:
    assert staged(tmp_path, entry("Foo", "mal-1", "anidb-2"), entry("Bar", "mal-3")) == (
        [("anidb-2", {"mal": "1", "anidb": "2"}, 0), ("mal-3", {"mal": "3"}, 0)],
        [],
    )


def test_what_says_the_same_is_one_entry(tmp_path: Path) -> None:
    one = entry("Foo", "mal-1")
    assert staged(tmp_path, one, one, one) == ([("mal-1", {"mal": "1"}, 2)], [])


def test_of_entries_with_one_page_the_fuller_counts(tmp_path: Path) -> None:
    assert staged(tmp_path, entry("Foo", "anidb-1"), entry("Foo!", "anidb-1", "mal-2")) == (
        [("anidb-1", {"anidb": "1", "mal": "2"}, 0)],
        ["1: its page is that of another entry: 2"],
    )


def test_a_page_of_two_entries_is_that_of_the_one_it_names(tmp_path: Path) -> None:
    assert staged(tmp_path, entry("Foo", "anidb-1", "mal-2"), entry("Bar", "mal-2")) == (
        [("anidb-1", {"anidb": "1"}, 0), ("mal-2", {"mal": "2"}, 0)],
        [],
    )


def test_a_page_of_two_entries_that_names_neither_is_left_out(tmp_path: Path) -> None:
    found, _ = staged(tmp_path, entry("Foo", "anidb-1", "mal-3"), entry("Bar", "anidb-2", "mal-3"))
    assert found == [("anidb-1", {"anidb": "1"}, 0), ("anidb-2", {"anidb": "2"}, 0)]


def test_broken_entries_are_skipped_with_their_place(tmp_path: Path) -> None:
    assert staged(tmp_path, None, entry("", "mal-1"), entry("Foo"), entry("Bar", "mal-2")) == (
        [("mal-2", {"mal": "2"}, 0)],
        ["1: no object", "2: no title", "3: no page of a site that is known"],
    )


def test_json_that_is_broken_is_skipped(tmp_path: Path) -> None:
    path = tmp_path / "anime.jsonl"
    path.write_text('{}\n{"title": tru}\n')
    staging = Staging(path)
    try:
        assert [each.row.line for each in staging.skipped()] == [2]
    finally:
        staging.close()


def test_a_file_without_entries_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="has no entries"):
        Staging(written(tmp_path / "anime.json", []))


PAGES = st.lists(
    st.sampled_from(["mal-1", "mal-2", "mal-3", "anidb-1", "anidb-2"]), max_size=3, unique=True
)


@given(
    st.lists(
        st.builds(
            lambda title, pages: entry(title, *pages), st.sampled_from(["", "Foo", "Bar"]), PAGES
        )
        | st.none(),
        min_size=1,
        max_size=6,
    ),
    st.randoms(use_true_random=False),
)
def test_every_entry_is_accounted_for_whatever_the_order(
    tmp_path: Path, entries: list[object], chance: random.Random
) -> None:
    found, skipped = staged(tmp_path, *entries)
    chance.shuffle(entries)
    again, skipped_again = staged(tmp_path, *entries)
    assert again == found
    assert len(skipped_again) == len(skipped)
    pages = [page for _, ids, _ in found for page in ids.items()]
    assert len(pages) == len(set(pages))


@pytest.mark.skipif(not WHOLE.is_file(), reason="the whole file is not beside the repository")
def test_every_row_of_the_whole_file_is_accounted_for() -> None:
    staging = Staging(WHOLE)
    try:
        reasons = Counter(each.reason for each in staging.skipped())
        assert reasons == {"no title": 336}
        assert sum(1 + len(each.twins) for each in staging.entries()) == 27_088
        assert staging.rows == 27_424
    finally:
        staging.close()
