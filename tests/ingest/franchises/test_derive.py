"""Franchises in the graph: computed from relations, kept up to date, and never twice."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from graph.client import Client
from ingest.catalog.vocabulary import read_vocabulary
from ingest.franchises import derive as deriving
from ingest.franchises.derive import derive
from ingest.ledger import Ledger
from ingest.records import (
    Citation,
    Dataset,
    Entity,
    EntityType,
    FranchiseEntry,
    Name,
    Relation,
    Value,
)
from ingest.upsert import upsert
from ingest.vocabulary import load_vocabulary

BANGUMI = (Citation("bangumi"),)


def work(number: int, ja: str, en: str, released: str, *values: Value) -> Entity:
    names = (Name(ja, "OFFICIAL", "ja", BANGUMI), Name(en, "OFFICIAL", "en", BANGUMI))
    stated = (Value("released", released, "bangumi"), Value("kind", "FILM", "bangumi"), *values)
    return Entity(EntityType.WORK, f"work:bangumi-{number}", f"w{number}", names, BANGUMI, stated)


WORKS = (
    work(3, "機動警察パトレイバー", "Patlabor: The Movie", "1989"),
    work(4, "機動警察パトレイバー2", "Patlabor 2: The Movie", "1993"),
    work(5, "ミニパト", "Minipato", "2002"),
    work(6, "WXIII 機動警察パトレイバー", "WXIII: Patlabor", "2002"),
    work(7, "人狼", "Jin-Roh", "1999"),
    work(8, "人狼2", "Jin-Roh 2", "2018"),
)


def tie(one: int, kind: str, other: int) -> Relation:
    return Relation(f"work:bangumi-{one}", kind, f"work:bangumi-{other}", BANGUMI)


SEQUEL = tie(3, "sequel", 4)
BESIDE = tie(3, "side-story", 5)
THIRD = tie(4, "sequel", 6)
WOLVES = tie(7, "sequel", 8)


@pytest.fixture
async def graph(empty_graph: Client) -> Client:
    await load_vocabulary(empty_graph, read_vocabulary())
    return empty_graph


async def hold(client: Client, *relations: Relation, works: Iterable[Entity] = WORKS) -> bool:
    """Import the works with these relations alone; whether franchises were written."""
    await upsert(client, Dataset("bangumi", tuple(works), relations=relations))
    return (await derive(client)).writes


async def franchises(client: Client) -> dict[str, list[str]]:
    """The slugs of the works in the order of the story, by the franchise's id."""
    rows = await client.read(
        """MATCH (f:Franchise)-[e:HAS_ENTRY]->(w) WITH f, e, w ORDER BY e.story
RETURN f.id, collect(w.slug), collect(e.story)"""
    )
    assert all(places == list(range(1, len(places) + 1)) for _, _, places in rows)
    return {id_: slugs for id_, slugs, _ in rows}


async def aliases(client: Client) -> dict[str, str]:
    rows = await client.read("MATCH (a:Alias) OPTIONAL MATCH (a)-[:MEANS]->(f) RETURN a.id, f.id")
    return {alias: id_ for alias, id_ in rows}


async def read(client: Client, statement: str) -> Any:
    ((found,),) = await client.read(statement)
    return found


async def test_one_from_a_chain_with_what_stands_beside_it(graph: Client) -> None:
    await hold(graph, SEQUEL, BESIDE)
    assert await franchises(graph) == {"franchise:bangumi-3": ["w3", "w5", "w4"]}
    found = await graph.read(
        "MATCH (f:Franchise) RETURN f.slug, f.nameJa, f.nameEn, f.nsfw, "
        "COLLECT { MATCH (f)-[c:CITES]->(s) RETURN [s.id, c.origin] }"
    )
    cited = [["filmograph", "derived/franchise:bangumi-3"]]
    assert found == [["patlabor", "機動警察パトレイバー", "Patlabor", None, cited]]


async def test_a_second_time_nothing_is_written(graph: Client) -> None:
    await hold(graph, SEQUEL, BESIDE, THIRD, WOLVES)
    before = await read(graph, "MATCH (r:Revision) RETURN r.number")
    assert not (await derive(graph)).writes
    assert await read(graph, "MATCH (r:Revision) RETURN r.number") == before
    assert await read(graph, "MATCH (i:Import) RETURN count(i)") == 1


async def test_a_single_work_is_none(graph: Client) -> None:
    await hold(graph)
    assert await franchises(graph) == {}


async def test_only_what_is_touched_is_written(graph: Client) -> None:
    await hold(graph, SEQUEL, WOLVES)
    await graph.write("MATCH (f:Franchise) SET f.updatedAt = 'before'")
    await hold(graph, SEQUEL, WOLVES, THIRD)
    written = await graph.read("MATCH (f:Franchise) WHERE f.updatedAt <> 'before' RETURN f.id")
    assert written == [["franchise:bangumi-3"]]


async def test_what_loses_its_reason_goes(graph: Client) -> None:
    await hold(graph, SEQUEL, WOLVES)
    await hold(graph, SEQUEL)
    assert await franchises(graph) == {"franchise:bangumi-3": ["w3", "w4"]}
    assert await read(graph, "MATCH (f:Franchise) RETURN count(f)") == 1
    assert await aliases(graph) == {}


async def test_ids_stay_while_a_line_grows(graph: Client) -> None:
    await hold(graph, THIRD)
    assert await franchises(graph) == {"franchise:bangumi-4": ["w4", "w6"]}
    await hold(graph, THIRD, SEQUEL)
    assert await franchises(graph) == {"franchise:bangumi-4": ["w3", "w4", "w6"]}


async def test_of_two_that_join_the_larger_keeps_its_id_and_the_other_leads_to_it(
    graph: Client,
) -> None:
    joined = tie(6, "sequel", 7)
    await hold(graph, SEQUEL, THIRD, WOLVES)
    assert [*await franchises(graph)] == ["franchise:bangumi-3", "franchise:bangumi-7"]
    await hold(graph, SEQUEL, THIRD, joined, WOLVES)
    assert await franchises(graph) == {"franchise:bangumi-3": ["w3", "w4", "w6", "w7", "w8"]}
    assert await aliases(graph) == {"franchise:bangumi-7": "franchise:bangumi-3"}
    assert not (await derive(graph)).writes


async def test_at_no_moment_does_an_id_mean_nothing(
    graph: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_all, found = graph.write_all, []

    async def looked_at(*arguments: Any, **options: Any) -> Any:
        answers = await write_all(*arguments, **options)
        found.append(await read(graph, KNOWN))
        return answers

    await hold(graph, SEQUEL, THIRD, WOLVES)
    monkeypatch.setattr(graph, "write_all", looked_at)
    await hold(graph, SEQUEL, THIRD, tie(6, "sequel", 7), WOLVES)
    assert found[-1] == ["bangumi-3 is bangumi-3", "bangumi-7 is bangumi-3"]
    assert {len(each) for each in found} == {2}


KNOWN = """UNWIND ['bangumi-3', 'bangumi-7'] AS id
OPTIONAL MATCH (f:Franchise {id: 'franchise:' + id})
OPTIONAL MATCH (:Alias {id: 'franchise:' + id})-[:MEANS]->(other)
WITH id, coalesce(f, other) AS meant WHERE meant IS NOT NULL
RETURN collect(id + ' is ' + substring(meant.id, 10))"""


async def test_what_was_interrupted_is_made_up_for(
    graph: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    joined = tie(6, "sequel", 7)
    await hold(graph, SEQUEL, THIRD, WOLVES)
    with monkeypatch.context() as changed:
        changed.setattr(deriving, "_finish", interrupted)
        with pytest.raises(KeyboardInterrupt):
            await hold(graph, SEQUEL, THIRD, joined, WOLVES)
    await derive(graph)
    assert await franchises(graph) == {"franchise:bangumi-3": ["w3", "w4", "w6", "w7", "w8"]}
    assert await aliases(graph) == {"franchise:bangumi-7": "franchise:bangumi-3"}
    assert not (await derive(graph)).writes


async def test_when_it_breaks_again_the_larger_part_keeps_the_id(graph: Client) -> None:
    joined = tie(6, "sequel", 7)
    await hold(graph, SEQUEL, THIRD, joined, WOLVES)
    await hold(graph, SEQUEL, THIRD, WOLVES)
    assert await franchises(graph) == {
        "franchise:bangumi-3": ["w3", "w4", "w6"],
        "franchise:bangumi-7": ["w7", "w8"],
    }


async def test_an_id_that_means_another_is_not_given_again(graph: Client) -> None:
    joined = tie(6, "sequel", 7)
    await hold(graph, SEQUEL, THIRD, WOLVES)
    await hold(graph, SEQUEL, THIRD, joined, WOLVES)
    await hold(graph, SEQUEL, THIRD, WOLVES)
    assert await franchises(graph) == {
        "franchise:bangumi-3": ["w3", "w4", "w6"],
        "franchise:bangumi-8": ["w7", "w8"],
    }
    assert await aliases(graph) == {"franchise:bangumi-7": "franchise:bangumi-3"}


LINE = Entity(
    EntityType.FRANCHISE,
    "franchise:patlabor",
    "patlabor",
    (Name("Patlabor", "OFFICIAL", "en", (Citation("filmograph"),)),),
    (Citation("filmograph"),),
)


def stated(*entries: tuple[int, float | None], also: tuple[Entity, ...] = ()) -> Dataset:
    return Dataset(
        "catalog",
        (LINE, *also),
        franchise_entries=tuple(
            FranchiseEntry(LINE.id, f"work:bangumi-{number}", BANGUMI, position)
            for number, position in entries
        ),
    )


async def test_works_join_the_franchise_that_somebody_states(graph: Client) -> None:
    await hold(graph, SEQUEL, BESIDE)
    await upsert(graph, stated((4, None)))
    await derive(graph)
    assert await franchises(graph) == {"franchise:patlabor": ["w3", "w5", "w4"]}
    assert await aliases(graph) == {"franchise:bangumi-3": "franchise:patlabor"}
    await upsert(graph, Dataset("catalog"))
    await derive(graph)
    (works,) = (await franchises(graph)).values()
    assert works == ["w3", "w5", "w4"]


async def test_stated_places_decide_the_story(graph: Client) -> None:
    await hold(graph, SEQUEL, BESIDE, THIRD)
    await upsert(graph, stated((4, 1), (3, 2)))
    await derive(graph)
    assert await franchises(graph) == {"franchise:patlabor": ["w4", "w3", "w5", "w6"]}
    assert not (await upsert(graph, stated((4, 1), (3, 2)))).writes
    assert not (await derive(graph)).writes


async def test_a_circle_is_told(graph: Client) -> None:
    await upsert(graph, Dataset("bangumi", WORKS, relations=(SEQUEL, tie(4, "sequel", 3))))
    with Ledger() as ledger:
        await derive(graph, ledger)
        assert [*ledger.notes()] == [
            "Prequels and sequels go in a circle: Patlabor: The Movie (work:bangumi-3) > "
            "Patlabor 2: The Movie (work:bangumi-4) > Patlabor: The Movie (work:bangumi-3)"
        ]


async def test_a_line_that_is_not_safe_for_work_is_none_either(graph: Client) -> None:
    marked = Value("nsfw", True, "bangumi")
    works = [replace(each, values=(*each.values, marked)) for each in WORKS[:2]]
    await hold(graph, SEQUEL, works=works)
    assert await read(graph, "MATCH (f:Franchise) RETURN f.nsfw") is True
