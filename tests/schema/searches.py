"""What people type into a search box and mean by it: searches.yaml, and how well it is answered."""

from collections.abc import Iterator
from pathlib import Path

import yaml

from tests.conftest import Ask

MEAN = 0.95
"""What the mean reciprocal rank is at least."""

QUERY = """query ($text: String!) {
  search(query: $text, first: 10) { edges { node { __typename ... on Entity { slug } } } }
}"""


def searches() -> Iterator[tuple[str, list[str]]]:
    """Each text with the type and slug of what may come first."""
    kinds = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text())
    for texts in kinds.values():
        for text, meant in texts.items():
            yield str(text), [meant] if isinstance(meant, str) else meant


async def rank(ask: Ask, text: str, meant: list[str]) -> float:
    """The reciprocal of the place of what is meant; 0 if it is not among the first ten."""
    edges = (await ask(QUERY, text=text))["search"]["edges"]
    found = [f"{edge['node']['__typename']}/{edge['node']['slug']}" for edge in edges]
    return max((1 / (found.index(each) + 1) for each in meant if each in found), default=0)
