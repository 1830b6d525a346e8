"""Franchises: the chosen works that continuity relations join, in the order of the story."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from ingest.extraction.facts import OWN, Fact, present
from ingest.extraction.selection import ChosenFranchise
from ingest.identity import BANGUMI


def neighbours(works: Iterable[Fact], continuity: frozenset[str]) -> Mapping[str, set[str]]:
    """Works that a relation of a continuity kind ties directly, by slug, from both ends."""
    found: dict[str, set[str]] = defaultdict(set)
    for work in works:
        for relation in work.get("relations", ()):
            if relation["kind"] in continuity:
                target = relation["to"].removeprefix("work/")
                found[work["slug"]].add(target)
                found[target].add(work["slug"])
    return found


def franchise(chosen: ChosenFranchise, ties: Mapping[str, set[str]]) -> Fact:
    """The franchise's entry. Works that relations join are stated by Bangumi; the others, and
    the order of the story, by this catalogue.
    """
    joined = _reached(chosen.of, ties, chosen.without)
    members = sorted({*joined, *chosen.of, *chosen.also, *chosen.story})
    return {
        "slug": chosen.slug,
        "names": [{**name, "by": [OWN]} for name in chosen.names],
        "entries": [_entry(chosen, member, member in joined) for member in members],
    }


def _entry(chosen: ChosenFranchise, work: str, joined: bool) -> Fact:
    in_story = work in chosen.story
    by = [*([BANGUMI] if joined else []), *([OWN] if in_story or not joined else [])]
    story = chosen.story.index(work) + 1 if in_story else None
    return present(work=work, story=story, by=by)


def _reached(
    start: Iterable[str], ties: Mapping[str, set[str]], without: frozenset[str]
) -> frozenset[str]:
    """All works that ties lead to; nothing where they lead nowhere."""
    found: set[str] = set()
    waiting = list(start)
    while waiting:
        work = waiting.pop()
        if work not in found and work not in without:
            found.add(work)
            waiting += ties.get(work, ())
    return frozenset(work for work in found if ties.get(work))
