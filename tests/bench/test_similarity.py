"""How good similarity is: what is right, and how answers are judged."""

import gzip
from math import log2

import orjson
import pytest

from bench.similarity.quality import quality
from bench.similarity.truth import Question, halves, questions
from graph.client import Client
from tests.schema.making import Made


@pytest.mark.parametrize(
    ("votes", "answers", "recall", "ndcg"),
    [
        ({"a": 3, "b": 1}, ["a", "b", "x"], 1, 1),
        ({"a": 3, "b": 1}, ["x", "y"], 0, 0),
        ({"a": 3, "b": 3}, ["x", "a"], 0.5, (2 / log2(3)) / (2 + 2 / log2(3))),
        ({"a": 3, "b": 1}, ["b", "a"], 1, (1 + 2 / log2(3)) / (2 + 1 / log2(3))),
    ],
)
def test_answers_are_judged_by_votes_and_places(
    votes: dict[str, int], answers: list[str], recall: float, ndcg: float
) -> None:
    assert quality([(votes, answers)]) == pytest.approx((recall, ndcg))


WORKS = ["Asked", "Sequel", "A", "B", "C", "Late", "Undated", "Once"]


async def test_right_is_what_several_recommend_and_could(empty_graph: Client) -> None:
    dated = [(name, "2023" if name == "Late" else "1995") for name in WORKS if name != "Undated"]
    await Made(
        works=[*dated, "Undated"], relations=[("Asked", "sequel", "Sequel", "prequel")]
    ).write(empty_graph)
    numbers = {name: number for number, name in enumerate(WORKS)}
    await empty_graph.write(
        """UNWIND $rows AS row MATCH (work:Work {id: row[0]})
        CREATE (id:ExternalId {id: row[0], site: 'bangumi', externalId: row[1]}),
          (work)-[:HAS_EXTERNAL_ID]->(id)""",
        {"rows": [[name, str(number)] for name, number in numbers.items()]},
    )
    similar = [[numbers[name], 1 if name == "Once" else 2] for name in WORKS[1:]]
    file = gzip.compress(
        orjson.dumps([{"work": 0, "similar": similar}, {"work": 99, "similar": []}])
    )
    (asked,) = await questions(empty_graph, file)
    assert asked.work == "Asked"
    assert asked.franchise == {"Asked", "Sequel"}
    assert asked.votes == {"A": 2, "B": 2, "C": 2}


def test_a_half_is_held_back() -> None:
    asked = [Question(str(number), 0, frozenset(), {}, number > 3) for number in range(6)]
    assert [[each.work for each in half] for half in halves(asked)] == [
        ["0", "1", "2", "3"],
        ["4", "5"],
    ]
