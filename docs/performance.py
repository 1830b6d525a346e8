"""The page on performance: docs/reasons.md, with each question's statement and its hits.

`<!-- statement: 03-work-page -->` becomes how often the whole graph is touched for an answer, and
the statements that do it; `<!-- hits -->` the table of all questions.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from docs.questions import HITS, Question, read_questions
from schema.plans import explain

REASONS = Path(__file__).parent / "reasons.md"
STATEMENT = re.compile(r"^<!-- statement: (.*?) -->$", re.MULTILINE)

Hits = Mapping[str, Mapping[str, int]]


def performance_page() -> str:
    """docs/performance.md; raises KeyError for a question that does not exist or has no hits."""
    questions = {question.name: question for question in read_questions()}
    hits: Hits = yaml.safe_load(HITS.read_text())

    def fill(directive: re.Match[str]) -> str:
        question = questions[directive[1]]
        return "\n\n".join(_statements(question, hits[question.name]))

    filled = STATEMENT.sub(fill, REASONS.read_text())
    return filled.replace("<!-- hits -->", _table(questions, hits))


def _statements(question: Question, hits: Mapping[str, int]) -> Iterator[str]:
    for key, statement, _ in explain(question.path.read_text(), question.variables):
        yield (
            f"<details><summary><code>{key}</code>: {hits[key]:,} hits</summary>\n\n"
            f"```cypher\n{statement}\n```\n\n</details>"
        )


def _table(questions: Mapping[str, Question], hits: Hits) -> str:
    rows = (
        f"| [{name}](../{_path(question)}) | {sum(hits[name].values()):,} |"
        for name, question in questions.items()
        if hits[name]
    )
    return "\n".join(["| question | hits |", "|---|---:|", *rows])


def _path(question: Question) -> str:
    return str(question.path.relative_to(HITS.parents[2]))
