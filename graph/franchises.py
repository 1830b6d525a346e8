"""Franchises: their entries in two orders, and what there is to know of an entry's place.

A *gap* says that the place is not what it seems: something before it is missing here, it is not out
yet, or nothing tells where it stands.
"""

from collections.abc import Sequence
from dataclasses import replace

from graph.declarations import Kind, Property, Relation, Sentence

# Places that sources state are counted from 1; 2.5 stands between 2 and 3 and leaves nothing out.
_MISSING = """head([place IN [[
      coalesce(toInteger(head(COLLECT {{
        MATCH ({n})-[other:HAS_ENTRY]->() WHERE other.position < {e}.position
        RETURN other.position ORDER BY other.position DESC LIMIT 1
      }})), 0) + 1, toInteger(ceil({e}.position)) - 1
    ]] WHERE place[0] <= place[1] | ['MISSING', [toString(place[0]), toString(place[1])]]])"""
_UNPLACED = """CASE WHEN {e}.position IS NULL AND NOT EXISTS {{
    MATCH ({m})-[arm:HAS_RELATION]->()<-[:HAS_RELATION]-(other)<-[:HAS_ENTRY]-({n})
    WHERE other <> {m} AND EXISTS {{ (:RelationKind {{id: arm.kind, continuity: true}}) }}
  }} AND EXISTS {{ ({n})-[:HAS_ENTRY]->(other WHERE other <> {m}) }} THEN ['UNPLACED', []] END"""
_UNDATED = "CASE WHEN {m}.released IS NULL THEN ['UNDATED', []] END"
# What a source has numbered needs no date to stand where it does.
_UNDATED_IN_STORY = f"CASE WHEN {{e}}.position IS NULL THEN {_UNDATED} END"
_UNRELEASED = """CASE WHEN {m}.released > toString(date()) THEN
    ['UNRELEASED', [{m}.released]] END"""


def _gaps(*gaps: str) -> Relation:
    return Relation(
        f"UNWIND [{', '.join(gaps)}] AS {{gap}}\nWITH {{gap}} WHERE {{gap}} IS NOT NULL",
        to="FranchiseGap",
        target="gap",
        order=("{gap}[0]",),
        identity="{gap}[0]",
    )


def _entries(rank: str, *gaps: str) -> Relation:
    return Relation(
        "MATCH ({n})-[{e}:HAS_ENTRY]->({m})",
        to="Work",
        order=(f"{{e}}.{rank}",),
        edge={"position": Property(f"{{e}}.{rank}"), "gaps": _gaps(*gaps)},
    )


ENTRIES = replace(
    _entries("release", _UNDATED, _UNRELEASED),
    variants={
        "order": {
            "STORY": _entries("story", _MISSING, _UNPLACED, _UNDATED_IN_STORY, _UNRELEASED),
        }
    },
)


_DAY = "1995-12-23"


def _say(kind: str, about: Sequence[str]) -> str:
    match kind:
        case "MISSING" if about[0] == about[1]:
            return f"Part {about[0]} of the story is not here"
        case "MISSING":
            return f"Parts {about[0]} to {about[1]} of the story are not here"
        case "UNRELEASED":
            return f"It comes out {'on' if len(about[0]) == len(_DAY) else 'in'} {about[0]}"
        case "UNDATED":
            return "Nobody says when it came out"
        case _:
            return "Nothing tells its place in the story"


KINDS = {
    "FranchiseGap": Kind(
        "",
        {
            "kind": Property("{n}[0]"),
            "missing": Property(
                "CASE {n}[0] WHEN 'MISSING' "
                "THEN toInteger({n}[1][1]) - toInteger({n}[1][0]) + 1 ELSE 0 END"
            ),
            "text": Sentence("{n}", _say),
        },
    ),
}
