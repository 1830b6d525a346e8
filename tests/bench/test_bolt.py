"""Statements over the bare wire."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bench.bolt import Failed, Statement, bare
from graph.engine import Engine, open_engine
from graph.settings import Settings

VALUES = {
    "$given IS NULL": None,
    "$given": True,
    "NOT $given": False,
    "$given = 0": 0,
    f"$given = {-(2**40)}": -(2**40),
    "$given = 0.5": 0.5,
    "$given = 'オトモ'": "オトモ",
    "$given = [1, ['x']]": [1, ["x"]],
    "$given = {key: {deep: 1}}": {"key": {"deep": 1}},
}


@pytest.fixture(scope="module")
async def engine(settings: Settings) -> AsyncIterator[Engine]:
    if settings.neo4j_uri:
        yield Engine(settings.neo4j_uri, settings.neo4j_user, settings.neo4j_password)
        return
    async with open_engine(replace(settings, neo4j_uri=None), lambda _: None) as engine:
        yield engine


@pytest.mark.parametrize("test", VALUES)
async def test_neo4j_reads_every_kind_of_parameter(engine: Engine, test: str) -> None:
    fails_otherwise = f"RETURN CASE WHEN {test} THEN 1 ELSE 1 / 0 END"
    async with bare(engine, [Statement(fails_otherwise, {"given": VALUES[test]})]) as statements:
        sample = await statements.measure(1, 0)
    assert len(sample.latencies) == 1


async def test_statements_of_an_operation_are_asked_over_and_over(engine: Engine) -> None:
    large = Statement("UNWIND range(1, 20000) AS n RETURN toString(n) + $text", {"text": "x" * 99})
    async with bare(engine, [large, Statement("RETURN 1", {})]) as statements:
        await statements.measure(1, 0)  # is planned
        sample = await statements.measure(1, 2)
    assert len(sample.latencies) > 1
    assert sum(sample.latencies) <= sample.elapsed


async def test_what_neo4j_refuses_is_told(engine: Engine) -> None:
    async with bare(engine, [Statement("RETURN 1 / $zero", {"zero": 0})]) as statements:
        with pytest.raises(Failed, match="by zero"):
            await statements.measure(1, 0)
