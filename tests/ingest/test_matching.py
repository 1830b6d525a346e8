"""Which works of the graph a source's works are."""

import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from hypothesis import given
from hypothesis import strategies as st

from ingest.likeness import Description
from ingest.matching import (
    Decision,
    Doubt,
    Doubtful,
    Entry,
    KnownId,
    KnownWork,
    Link,
    Matching,
    Reason,
    Same,
    titles_of,
)


def work(
    id_: str,
    title: str,
    year: int | None,
    kind: str,
    elsewhere: bool = True,
    aliases: Sequence[str] = (),
    **ids: str,
) -> KnownWork:
    return KnownWork(
        id=f"work:{id_}",
        description=Description(
            kind, frozenset([year] if year else []), frozenset(titles_of(title))
        ),
        ids=tuple(KnownId(site, each, elsewhere) for site, each in ids.items()),
        elsewhere=elsewhere,
        aliases=tuple(aliases),
    )


def entry(id_: str, title: str, year: int | None, kind: str | None, **ids: str) -> Entry:
    return Entry(f"work:{id_}", kind, year, (title,), ids)


@contextmanager
def matched(
    works: Sequence[KnownWork], entries: Sequence[Entry], links: Sequence[Mapping[str, str]] = ()
) -> Iterator[Matching]:
    matching = Matching()
    try:
        matching.add_works(works)
        matching.add_links(Link(row, ids) for row, ids in enumerate(links, start=1))
        matching.add_entries(entries)
        matching.decide()
        yield matching
    finally:
        matching.close()


def decided(
    works: Sequence[KnownWork], entries: Sequence[Entry], links: Sequence[Mapping[str, str]] = ()
) -> tuple[list[Decision], list[Doubtful]]:
    with matched(works, entries, links) as matching:
        return list(matching.decisions()), list(matching.doubtful())


MEMORIES = work("bangumi-3627", "MEMORIES", 1995, "FILM", bangumi="3627", mal="1462")


def test_an_id_of_a_site_decides_whatever_else_differs() -> None:
    one = entry("mal-1462", "Something else", 2001, "SERIES", mal="1462")
    assert decided([MEMORIES], [one]) == (
        [Decision("work:mal-1462", "work:bangumi-3627", Reason.EXTERNAL_ID)],
        [],
    )


def test_a_link_is_followed() -> None:
    akira = work("bangumi-9", "アキラ", 1988, "FILM", bangumi="9")
    one = entry("mal-47", "Akira", 1988, "FILM", mal="47")
    assert decided([akira], [one], [{"bangumi": "9", "mal": "47"}]) == (
        [Decision("work:mal-47", "work:bangumi-9", Reason.LINK)],
        [],
    )


def test_a_link_that_contradicts_itself_is_not_followed() -> None:
    remake = work("bangumi-9", "Dororo", 2019, "SERIES", bangumi="9")
    one = entry("mal-47", "Dororo", 1969, "SERIES", mal="47")
    assert decided([remake], [one], [{"bangumi": "9", "mal": "47"}]) == (
        [Decision("work:mal-47", "work:mal-47", Reason.NEW)],
        [Doubtful("work:mal-47", "work:bangumi-9", Doubt.CONTRADICTED, "another year")],
    )


def test_a_link_to_a_work_with_another_id_of_the_site_is_not_followed() -> None:
    one = entry("mal-1", "Memories", 1995, "FILM", mal="1")
    _, doubtful = decided([MEMORIES], [one], [{"bangumi": "3627", "mal": "1"}])
    assert doubtful == [
        Doubtful(
            "work:mal-1", "work:bangumi-3627", Doubt.CONTRADICTED, "another id on the same site"
        )
    ]


def test_of_two_links_to_one_entry_the_better_is_followed() -> None:
    works = [
        work("bangumi-1", "モノノ怪", 2007, "SERIES", bangumi="1"),
        work("bangumi-2", "もっけ", 2007, "SERIES", bangumi="2"),
    ]
    links = [{"bangumi": "1", "mal": "2931"}, {"bangumi": "2", "mal": "2931"}]
    assert decided(works, [entry("mal-2931", "もっけ", 2007, "SERIES", mal="2931")], links) == (
        [Decision("work:mal-2931", "work:bangumi-2", Reason.LINK)],
        [
            Doubtful(
                "work:mal-2931", "work:bangumi-1", Doubt.AMBIGUOUS, "the entry is work:bangumi-2"
            )
        ],
    )


def test_of_equal_links_none_is_followed() -> None:
    works = [work(f"bangumi-{n}", "Usavich", None, "SERIES", bangumi=str(n)) for n in (1, 2)]
    links = [{"bangumi": "1", "mal": "7"}, {"bangumi": "2", "mal": "7"}]
    decisions, doubtful = decided(works, [entry("mal-7", "Usavich", 2006, None, mal="7")], links)
    assert decisions == [Decision("work:mal-7", "work:mal-7", Reason.NEW)]
    assert [(each.work, each.why) for each in doubtful] == [
        ("work:bangumi-1", "others fit as well"),
        ("work:bangumi-2", "others fit as well"),
    ]


def test_sites_whose_pages_are_of_whole_series_link_nothing() -> None:
    season = work("bangumi-1", "Foo 2", 2002, "SERIES", bangumi="1", tvdb="5")
    links = [{"tvdb": "5", "mal": "7"}]
    decisions, _ = decided([season], [entry("mal-7", "Foo 1", 2002, "SERIES", mal="7")], links)
    assert decisions == [Decision("work:mal-7", "work:mal-7", Reason.NEW)]


def test_a_title_decides_with_year_and_form() -> None:
    works = [work("bangumi-1", "Perfect Blue", 1998, "FILM", bangumi="1")]
    one = entry("mal-437", "PERFECT BLUE", 1998, "FILM", mal="437")
    assert decided(works, [one])[0] == [
        Decision("work:mal-437", "work:bangumi-1", Reason.TITLE),
    ]
    for other in (
        entry("mal-437", "Perfect Blue", 1997, "FILM", mal="437"),
        entry("mal-437", "Perfect Blue", None, "FILM", mal="437"),
        entry("mal-437", "Perfect Blue", 1998, "OVA", mal="437"),
        entry("mal-437", "Perfect Blue", 1998, None, mal="437"),
    ):
        assert decided(works, [other])[0] == [Decision("work:mal-437", "work:mal-437", Reason.NEW)]


def test_a_title_decides_nothing_where_the_work_has_another_id_of_the_site() -> None:
    one = entry("mal-1", "Memories", 1995, "FILM", mal="1")
    assert decided([MEMORIES], [one]) == ([Decision("work:mal-1", "work:mal-1", Reason.NEW)], [])


def test_a_title_of_several_works_decides_nothing() -> None:
    works = [work(f"bangumi-{n}", "Snow White", 1990, "FILM", bangumi=str(n)) for n in (1, 2)]
    decisions, doubtful = decided(works, [entry("mal-7", "Snow White", 1990, "FILM", mal="7")])
    assert decisions == [Decision("work:mal-7", "work:mal-7", Reason.NEW)]
    assert [each.work for each in doubtful] == ["work:bangumi-1", "work:bangumi-2"]


def test_a_title_of_several_entries_decides_nothing() -> None:
    works = [work("bangumi-1", "Snow White", 1990, "FILM", bangumi="1")]
    entries = [entry(f"mal-{n}", "Snow White", 1990, "FILM", mal=str(n)) for n in (7, 8)]
    decisions, doubtful = decided(works, entries)
    assert [each.reason for each in decisions] == [Reason.NEW, Reason.NEW]
    assert [each.entry for each in doubtful] == ["work:mal-7", "work:mal-8"]


def test_ids_that_point_at_two_works_decide_nothing() -> None:
    works = [
        work("bangumi-1", "Foo", 1990, "FILM", mal="7"),
        work("bangumi-2", "Foo", 1990, "FILM", anidb="8"),
    ]
    decisions, doubtful = decided(
        works, [entry("anidb-8", "Foo", 1990, "FILM", mal="7", anidb="8")]
    )
    assert decisions == [Decision("work:anidb-8", "work:anidb-8", Reason.NEW)]
    assert [each.work for each in doubtful] == ["work:bangumi-1", "work:bangumi-2"]


def test_of_two_entries_with_ids_of_one_work_the_better_is_it() -> None:
    known = work("bangumi-1", "Foo", 1990, "FILM", mal="7", anidb="8")
    entries = [
        entry("mal-7", "Foo", 1990, "FILM", mal="7"),
        entry("anidb-8", "Bar", 1990, "FILM", anidb="8"),
    ]
    assert decided([known], entries) == (
        [
            Decision("work:anidb-8", "work:anidb-8", Reason.NEW),
            Decision("work:mal-7", "work:bangumi-1", Reason.EXTERNAL_ID),
        ],
        [Doubtful("work:anidb-8", "work:bangumi-1", Doubt.AMBIGUOUS, "the work is work:mal-7")],
    )


def test_what_an_earlier_import_made_of_an_entry_stays_it() -> None:
    own = work("mal-7", "Snow White", 1990, "FILM", elsewhere=False, mal="7")
    newer = entry("mal-7", "Schneewittchen", 1991, "OVA", mal="7")
    other = work("bangumi-1", "Schneewittchen", 1991, "OVA", bangumi="1")
    assert decided([own, other], [newer])[0] == [
        Decision("work:mal-7", "work:mal-7", Reason.ITSELF)
    ]


def test_an_entry_of_a_merged_work_is_what_it_was_merged_into() -> None:
    kept = work("bangumi-1", "Foo", 1990, "FILM", aliases=["work:mal-7"], bangumi="1")
    assert decided([kept], [entry("mal-7", "Bar", 2000, "OVA", mal="7")])[0] == [
        Decision("work:mal-7", "work:bangumi-1", Reason.ITSELF)
    ]


def test_a_work_that_only_this_source_knows_is_merged_into_the_one_that_a_link_names() -> None:
    works = [
        work("mal-7", "Foo", 1990, "FILM", elsewhere=False, mal="7"),
        work("bangumi-1", "Foo", 1990, "FILM", bangumi="1"),
    ]
    links = [{"bangumi": "1", "mal": "7"}]
    with matched(works, [entry("mal-7", "Foo", 1990, "FILM", mal="7")], links) as matching:
        assert list(matching.same()) == [Same("work:bangumi-1", "work:mal-7")]
        assert list(matching.doubtful()) == []


def test_works_that_others_know_are_not_merged() -> None:
    works = [
        work("mal-7", "Foo", 1990, "FILM", mal="7"),
        work("bangumi-1", "Foo", 1990, "FILM", bangumi="1"),
    ]
    links = [{"bangumi": "1", "mal": "7"}]
    with matched(works, [entry("mal-7", "Foo", 1990, "FILM", mal="7")], links) as matching:
        assert list(matching.same()) == []
        assert [each.work for each in matching.doubtful()] == ["work:bangumi-1"]


NUMBERS = st.integers(1, 4).map(str)
TITLES = st.sampled_from(["Foo", "Foo 2", "Bar", "フー"])
YEARS = st.sampled_from([None, 1990, 1991, 1995])
KINDS = st.sampled_from(["FILM", "SERIES"])
WORKS = st.lists(
    st.builds(
        lambda n, title, year, kind, own, ids: work(n, title, year, kind, own, **ids),
        st.integers(1, 9).map(lambda n: f"bangumi-{n}"),
        TITLES,
        YEARS,
        KINDS,
        st.booleans(),
        st.dictionaries(st.sampled_from(["mal", "anidb", "bangumi"]), NUMBERS, min_size=1),
    ),
    max_size=5,
    unique_by=lambda each: each.id,
)
ENTRIES = st.lists(
    st.builds(
        lambda n, anidb, title, year, kind: entry(
            f"mal-{n}", title, year, kind, **{"mal": n, **({"anidb": n} if anidb else {})}
        ),
        NUMBERS,
        st.booleans(),
        TITLES,
        YEARS,
        KINDS,
    ),
    max_size=4,
    unique_by=lambda each: each.id,
)
LINKS = st.lists(
    st.fixed_dictionaries({"bangumi": NUMBERS, "mal": NUMBERS}, optional={"anidb": NUMBERS}),
    max_size=4,
)


@given(WORKS, ENTRIES, LINKS, st.randoms(use_true_random=False))
def test_order_makes_no_difference(
    works: list[KnownWork],
    entries: list[Entry],
    links: list[dict[str, str]],
    chance: random.Random,
) -> None:
    first = decided(works, entries, links)
    for each in (works, entries, links):
        chance.shuffle(each)
    assert decided(works, entries, links) == first


@given(WORKS, ENTRIES, LINKS)
def test_every_entry_is_one_work_and_no_two_are_the_same(
    works: list[KnownWork], entries: list[Entry], links: list[dict[str, str]]
) -> None:
    decisions, _ = decided(works, entries, links)
    assert sorted(each.entry for each in decisions) == sorted(each.id for each in entries)
    assert len({each.work for each in decisions}) == len(entries)
