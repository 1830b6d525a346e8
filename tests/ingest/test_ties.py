"""Ties follow from credits and relations, whatever is written."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given

from graph.client import Client, Step
from graph.similarity.sentences import DEEDS
from ingest.catalog.vocabulary import read_vocabulary
from ingest.check.checks import CHECKS
from ingest.check.running import run_checks
from ingest.merging.merge import merge
from ingest.merging.split import split
from ingest.records import Dataset
from ingest.ties import are_current, tie_all
from ingest.upsert import upsert
from ingest.vocabulary import load_vocabulary
from tests.examples import examples
from tests.ingest.merging.worlds import PAIRS, clear, held, worlds

DERIVED = [check for check in CHECKS if check.name in ("deeds", "ties", "fame")]


async def wrong(client: Client) -> list[str]:
    return [each.what async for found in run_checks(client, 10, DERIVED) for each in found.examples]


async def test_the_catalogue_is_tied_by_its_import(catalogue: Client) -> None:
    assert await wrong(catalogue) == []
    ((roles, deeds),) = await catalogue.read(
        "MATCH (:Person {slug: 'satoshi-kon'})-[tie:CREDITED]->(:Segment {slug: 'magnetic-rose'}) "
        "RETURN tie.roles, tie.deeds"
    )
    assert "screenwriter" in roles
    assert [DEEDS[deed].verb for deed in deeds] == ["wrote"]
    assert await catalogue.read(
        "MATCH (:Segment {slug: 'stink-bomb'})-[tie:RELATED]-(:Work {slug: 'roujin-z'}) "
        "UNWIND tie.kinds AS kind RETURN kind ORDER BY kind"
    ) == [["referenced-by"], ["references"]]


@pytest.fixture
async def vocabulary(empty_graph: Client) -> Client:
    await load_vocabulary(empty_graph, read_vocabulary())
    return empty_graph


@examples(15)
@given(world=worlds(), pair=PAIRS)
async def test_every_write_leaves_the_ties_and_the_fame_that_all_would_have(
    vocabulary: Client, world: tuple[Dataset, ...], pair: tuple[str, str]
) -> None:
    await clear(vocabulary)
    for dataset in world:
        await upsert(vocabulary, dataset)
        assert await wrong(vocabulary) == []
    await merge(vocabulary, *pair)
    assert await wrong(vocabulary) == []
    before = await held(vocabulary)
    await tie_all(vocabulary)
    assert await held(vocabulary) == before
    await split(vocabulary, pair[1])
    assert await wrong(vocabulary) == []
    for dataset in world:
        await upsert(vocabulary, Dataset(dataset.origin))
        assert await wrong(vocabulary) == []


async def test_ties_follow_the_deeds_of_roles(vocabulary: Client) -> None:
    await vocabulary.write(
        "MATCH (role:Role {id: 'mechanical-designer'}) CREATE (a:Entity:Contributor:Person "
        "{id: 'a', name: 'A'})-[:HAS_CREDIT]->(c:Credit {id: 'c'})-[:ON]->(:Entity:Work {id: 'b'}),"
        " (c)-[:IN_ROLE]->(role)"
    )
    await tie_all(vocabulary)
    given = read_vocabulary()
    roles = [
        replace(role, broader="director") if role.id == "mechanical-designer" else role
        for role in given.roles
    ]
    assert await load_vocabulary(vocabulary, replace(given, roles=tuple(roles)))
    assert await wrong(vocabulary) == []
    assert await vocabulary.read("MATCH ()-[tie:CREDITED]->() RETURN tie.deeds") == [[[0]]]
    assert await are_current(vocabulary)


async def test_roles_of_an_older_program_are_told_anew(vocabulary: Client) -> None:
    await vocabulary.write("MATCH (role:Role {id: 'author'}) SET role.deed = 'author'")
    assert await wrong(vocabulary) == ["Author"]
    await tie_all(vocabulary)
    assert await wrong(vocabulary) == []


async def test_other_deeds_that_are_not_tied_yet_are_not_current(
    vocabulary: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def interrupted(_: Client) -> None:
        raise KeyboardInterrupt

    await tie_all(vocabulary)
    given = read_vocabulary()
    roles = [
        replace(role, broader="director") if role.id == "mechanical-designer" else role
        for role in given.roles
    ]
    monkeypatch.setattr("ingest.vocabulary.tie_all", interrupted)
    with pytest.raises(KeyboardInterrupt):
        await load_vocabulary(vocabulary, replace(given, roles=tuple(roles)))
    assert not await are_current(vocabulary)


async def test_an_interruption_leaves_each_its_ties(
    vocabulary: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    await vocabulary.write(
        "MATCH (role:Role {id: 'director'}) CREATE (b:Entity:Work {id: 'c'}) WITH * "
        "UNWIND ['a', 'b'] AS id CREATE (:Entity:Contributor:Person {id: id, name: id})"
        "-[:HAS_CREDIT]->(c:Credit {id: id})-[:ON]->(b), (c)-[:IN_ROLE]->(role)"
    )
    await tie_all(vocabulary)
    write_all, left = vocabulary.write_all, iter(range(2))

    async def interrupted(steps: Sequence[Step]) -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt
        await write_all(steps)

    monkeypatch.setattr("ingest.ties.BATCH", 1)
    with monkeypatch.context() as patched:
        patched.setattr(vocabulary, "write_all", interrupted)
        with pytest.raises(KeyboardInterrupt):
            await tie_all(vocabulary)
    assert await wrong(vocabulary) == []
    assert not await are_current(vocabulary)
    await tie_all(vocabulary)
    assert await wrong(vocabulary) == []
    assert await are_current(vocabulary)


async def test_what_others_break_is_found_and_made_anew(vocabulary: Client) -> None:
    await vocabulary.write(
        "MATCH (role:Role {id: 'director'}) CREATE (a:Entity:Contributor:Person {id: 'a', "
        "name: 'A'})-[:HAS_CREDIT]->(c:Credit {id: 'c'})-[:ON]->(:Entity:Work {id: 'b'}), "
        "(c)-[:IN_ROLE]->(role)"
    )
    assert await wrong(vocabulary) == ["A: credits"]
    await tie_all(vocabulary)
    assert await wrong(vocabulary) == []
    assert await are_current(vocabulary)
