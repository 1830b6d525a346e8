"""The places of a franchise's entries: as released, and as the story goes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.client import Client
from ingest.catalog.vocabulary import read_vocabulary
from ingest.records import Citation, Dataset, Entity, EntityType, FranchiseEntry, Name, Value
from ingest.upsert import upsert
from ingest.vocabulary import load_vocabulary
from tests.examples import examples

ANN = (Citation("ann"),)
WIKI = (Citation("wiki"),)
LINE = "franchise:line"


def entity(type_: EntityType, slug: str, *values: Value) -> Entity:
    names = (Name(slug, "OFFICIAL", "en", ANN),)
    return Entity(type_, f"{type_.lower()}:{slug}", slug, names, ANN, values)


def work(slug: str, released: str | None = None) -> Entity:
    values = () if released is None else (Value("released", released, "ann"),)
    return entity(EntityType.WORK, slug, *values)


def entry(slug: str, position: float | None = None) -> FranchiseEntry:
    return FranchiseEntry(LINE, f"work:{slug}", ANN, position)


def dataset(works: list[Entity], *entries: FranchiseEntry) -> Dataset:
    franchise = entity(EntityType.FRANCHISE, "line")
    return Dataset("catalog", (franchise, *works), franchise_entries=entries)


TRILOGY = dataset(
    [work("first", "1977"), work("second", "1980"), work("before", "1999")],
    entry("first", 2),
    entry("second", 3),
    entry("before", 1),
)


@pytest.fixture
async def graph(empty_graph: Client) -> Client:
    await load_vocabulary(empty_graph, read_vocabulary())
    return empty_graph


async def order(client: Client, name: str) -> list[str]:
    """The entries' works by one of their two places, which must count from 1 without a gap."""
    found = f"MATCH (:Franchise)-[e:HAS_ENTRY]->(w) RETURN w.slug, e.{name} ORDER BY e.{name}"
    rows = await client.read(found)
    assert [place for _, place in rows] == list(range(1, len(rows) + 1))
    return [slug for slug, _ in rows]


async def test_as_released_and_as_the_story_goes(graph: Client) -> None:
    await upsert(graph, TRILOGY)
    assert await order(graph, "release") == ["first", "second", "before"]
    assert await order(graph, "story") == ["before", "first", "second"]


async def test_an_unknown_date_is_last_and_names_break_ties(graph: Client) -> None:
    works = [work("unknown"), work("b", "1990"), work("a", "1990"), work("dated", "1990-05")]
    await upsert(graph, dataset(works, *(entry(each.slug) for each in works)))
    assert await order(graph, "release") == ["a", "b", "dated", "unknown"]
    assert await order(graph, "story") == ["a", "b", "dated", "unknown"]


async def test_what_has_no_place_in_the_story_follows_as_released(graph: Client) -> None:
    works = [work("late", "2000"), work("early", "1980"), work("told-first", "2010")]
    entries = (entry("late"), entry("early"), entry("told-first", 1.5))
    await upsert(graph, dataset(works, *entries))
    assert await order(graph, "story") == ["told-first", "early", "late"]


async def test_the_same_again_writes_nothing(graph: Client) -> None:
    await upsert(graph, TRILOGY)
    assert not (await upsert(graph, TRILOGY)).writes


async def test_what_another_import_adds_or_removes_moves_the_others(graph: Client) -> None:
    await upsert(graph, TRILOGY)
    middle = FranchiseEntry(LINE, "work:middle", WIKI)
    wiki = Dataset("wiki/line", (work("middle", "1978"),), franchise_entries=(middle,))
    await upsert(graph, wiki)
    assert await order(graph, "release") == ["first", "middle", "second", "before"]
    assert await order(graph, "story") == ["before", "first", "second", "middle"]
    assert not (await upsert(graph, TRILOGY)).writes
    await upsert(graph, replace(wiki, franchise_entries=()))
    assert await order(graph, "release") == ["first", "second", "before"]


async def test_a_changed_date_moves_a_work(graph: Client) -> None:
    await upsert(graph, TRILOGY)
    works = [work("first", "1977"), work("second", "1980"), work("before", "1970")]
    await upsert(graph, replace(dataset(works), franchise_entries=TRILOGY.franchise_entries))
    assert await order(graph, "release") == ["before", "first", "second"]


async def test_a_work_has_a_place_in_each_of_its_franchises(graph: Client) -> None:
    other = entity(EntityType.FRANCHISE, "other")
    shared = FranchiseEntry(other.id, "work:second", ANN)
    both = replace(
        TRILOGY,
        entities=(*TRILOGY.entities, other),
        franchise_entries=(*TRILOGY.franchise_entries, shared),
    )
    await upsert(graph, both)
    places = """MATCH (f:Franchise)-[e:HAS_ENTRY]->(:Work {slug: "second"})
RETURN f.slug, e.release, e.story ORDER BY f.slug"""
    assert await graph.read(places) == [["line", 2, 3], ["other", 1, 1]]


@given(
    stated=st.lists(
        st.tuples(
            st.one_of(st.none(), st.integers(1, 4)), st.sampled_from([None, "1980", "1990-05"])
        ),
        min_size=1,
        max_size=6,
    )
)
@examples(15)
async def test_places_are_those_of_a_plain_sort(
    graph: Client, stated: list[tuple[int | None, str | None]]
) -> None:
    works = [work(f"w{number}", released) for number, (_, released) in enumerate(stated)]
    entries = [entry(f"w{number}", position) for number, (position, _) in enumerate(stated)]
    await upsert(graph, dataset(works, *entries))
    released = {f"w{number}": date or "9999" for number, (_, date) in enumerate(stated)}
    positions = {f"w{number}": position or 9 for number, (position, _) in enumerate(stated)}
    by_release = sorted(released, key=lambda slug: (released[slug], slug))
    assert await order(graph, "release") == by_release
    assert await order(graph, "story") == sorted(by_release, key=lambda slug: positions[slug])
