"""What is measured: the same page from Filmograph and from the peer."""

from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import orjson

from bench.load import Target, ask

QUESTIONS = Path(__file__).parent.parent / "web" / "questions"


class Page(NamedTuple):
    """A question of Filmograph's playground, and the peer's path to the same facts."""

    title: str
    question: str
    path: str

    def of_filmograph(self, port: int) -> Target:
        file = QUESTIONS / f"{self.question}.graphql"
        variables = file.with_suffix(".variables.json")
        body = {"query": file.read_text()}
        if variables.exists():
            body["variables"] = orjson.loads(variables.read_bytes())
        return Target.post(port, "/graphql", orjson.dumps(body))

    def of_peer(self, port: int) -> Target:
        return Target.get(port, self.path)


PAGES = (
    Page("Work page (question 03)", "01-works-and-pages/03-work-page", "/works/memories"),
    Page(
        "Composers of a director's segments (question 01)",
        "04-people-and-credits/01-composers-of-segments-otomo-directed",
        f"/composers?director={quote('Katsuhiro Otomo')}",
    ),
)


class Different(Exception):
    """A peer that answers otherwise is none."""


async def checked(page: Page, filmograph: Target, peer: Target) -> tuple[bytes, bytes]:
    """Both answers' bodies; raises Different unless they state the same."""
    ours, theirs = await ask(filmograph), await ask(peer)
    [root] = orjson.loads(ours)["data"].values()
    for place, left, right in differences(facts(root), orjson.loads(theirs)):
        raise Different(f"{page.title}, at {place}: Filmograph {left!r}, the peer {right!r}")
    return ours, theirs


def facts(answer: Any) -> Any:
    """An answer without its keys: an object as the list of its values, or as its only value."""
    if isinstance(answer, dict):
        values = [facts(value) for value in answer.values()]
        return values[0] if len(values) == 1 else values
    return [facts(item) for item in answer] if isinstance(answer, list) else answer


def differences(left: Any, right: Any, place: str = "") -> list[tuple[str, Any, Any]]:
    """Where two nested lists differ, and by what."""
    if not (isinstance(left, list) and isinstance(right, list) and len(left) == len(right)):
        return [] if left == right else [(place or "the root", left, right)]
    return [
        found
        for index, pair in enumerate(zip(left, right, strict=True))
        for found in differences(*pair, f"{place}[{index}]")
    ]
