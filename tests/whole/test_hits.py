"""How much of the whole graph each question touches: PROFILE counts it, and it is no chance.

tests/questions/hits.yaml has the counts; `pytest tests/whole --write-hits` writes them anew.
"""

import pytest
import yaml

from docs.questions import HITS, read_questions
from schema.plans import explain
from tests.whole.conftest import Whole

MUCH = 1.5


async def test_no_question_touches_much_more_than_it_did(
    whole: Whole, pytestconfig: pytest.Config
) -> None:
    found = {
        question.name: {
            key: await whole.client.profile(statement, parameters)
            for key, statement, parameters in explain(question.path.read_text(), question.variables)
        }
        for question in read_questions()
    }
    if pytestconfig.getoption("--write-hits"):
        HITS.write_text(yaml.safe_dump(found))
    recorded = yaml.safe_load(HITS.read_text())
    assert found.keys() == recorded.keys()
    grown = {
        name: (recorded[name], hits)
        for name, hits in found.items()
        if any(count > MUCH * recorded[name][key] for key, count in hits.items())
    }
    assert grown == {}
