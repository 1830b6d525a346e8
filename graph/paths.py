"""Paths: the shortest ways from one entity to another, and what ties two neighbours.

Ways lead through credits, parts, music, characters, relations and franchises. They do not lead
through terms, roles, sources and sites, which nearly everything has in common. A credit or a
relation is a tie, not a stop.
"""

from collections.abc import Callable
from dataclasses import replace

from graph.declarations import Argument, Bound, Kind, Property, Relation
from graph.nsfw import without_nsfw

LONGEST = 6
MOST_PATHS = 100

_STATEMENTS = "HAS_CREDIT|ON|PLAYS|HAS_RELATION"
_DIRECT = "HAS_SEGMENT|HAS_SOUNDTRACK|HAS_TRACK|USED_IN|APPEARS_IN|HAS_ENTRY"


def _between(least: int, most: int, usual: int) -> Callable[[int | None], int]:
    def read(number: int | None) -> int:
        if number is None:
            return usual
        if not least <= number <= most:
            raise ValueError(f"must be between {least} and {most}, not {number}")
        return number

    return read


def _neighbours(of: str, wanted: str = "true") -> str:
    """Each entity ``y`` once that is tied to one of the list ``of`` and ``wanted``."""
    wanted = f"NOT y:Term AND {wanted}"
    return f"""COLLECT {{{{
    UNWIND {of} AS x
    MATCH (x)-[:{_STATEMENTS}]-()-[:{_STATEMENTS}]-(y) WHERE {wanted}
    RETURN y
    UNION
    UNWIND {of} AS x
    MATCH (x)-[:{_DIRECT}]-(y) WHERE {wanted}
    RETURN y
  }}}}"""


_NEXT_RING = _neighbours("last(rings[0])")
_NEXT_RING_WITHOUT_NSFW = _neighbours("last(rings[0])", "(y.nsfw IS NULL OR y IN [a, b])")
_BACK = _neighbours("stops[0]", "y IN ring")
_ONWARD = _neighbours("[last(way)]", "y IN stops[place]")

_PATHS = Relation(
    # Rings grow around both ends, each of what is tied to the one before, the smaller one first,
    # until they touch; looking up what was in an earlier ring takes longer than to keep it. What
    # lies on a shortest way is then known stop by stop, and of the ways so far only as many are
    # kept as are wanted: each of them leads on to the other end.
    f"""MATCH (a:Entity {{{{id: {{from}}}}}}), (b:Entity {{{{id: {{to}}}}}})
WITH a, b, reduce(both = [[[a]], [[b]]], turn IN range(1, {{maxLength}}) | CASE
  WHEN any(x IN last(both[0]) WHERE x IN last(both[1])) THEN both
  ELSE head([rings IN [CASE WHEN size(last(both[0])) <= size(last(both[1])) THEN both
                       ELSE [both[1], both[0]] END] |
    [rings[1], rings[0] + [{_NEXT_RING}]]])
END) AS both
WITH a, b, CASE WHEN both[0][0] = [a] THEN both ELSE reverse(both) END AS both
WITH a, both[0] AS near, both[1] AS far
WITH a, near, far, [x IN last(near) WHERE x IN last(far)] AS middle WHERE size(middle) > 0
WITH a, far, reduce(stops = [middle], ring IN reverse(near[..-1]) | [{_BACK}] + stops) AS stops
WITH a, stops + reverse(far[..-1]) AS stops
WITH reduce(ways = [[a]], place IN range(1, size(stops) - 1) | COLLECT {{{{
  UNWIND range(0, size(ways) - 1) AS rank
  WITH rank, ways[rank] AS way
  UNWIND {_ONWARD} AS y
  WITH rank, way, y ORDER BY rank, y.sortName, y.id LIMIT {{first}}
  RETURN way + [y]
}}}}) AS ways
UNWIND range(0, size(ways) - 1) AS {{rank}}
WITH {{rank}}, ways[{{rank}}] AS {{m}}""",
    to="Path",
    order=("{rank}",),
    identity="{rank}",
    arguments={
        "maxLength": Argument(_between(1, LONGEST, LONGEST)),
        "first": Argument(_between(0, MOST_PATHS, 1)),
    },
)
PATHS = without_nsfw(
    _PATHS, replace(_PATHS, match=_PATHS.match.replace(_NEXT_RING, _NEXT_RING_WITHOUT_NSFW))
)

_STEPS = Relation(
    """UNWIND range(1, size({n}) - 1) AS {place}
WITH {place}, {n}[{place} - 1] AS {start}, {n}[{place}] AS {end}""",
    to="PathStep",
    target="end",
    order=("{place}",),
    identity="{place}",
)

_CREDIT = Relation(
    f"""MATCH ({{start}})-[:{_STATEMENTS}]-({{m}}:Credit)-[:{_STATEMENTS}]-({{end}})
MATCH ({{m}})-[:IN_ROLE]->(role)
WITH {{m}} ORDER BY role.position, {{m}}.position, {{m}}.id LIMIT 1""",
    to="Credit",
)


def _within_sentence(name: str) -> str:
    """A name without its capital, unless it is an abbreviation's."""
    first = f"toLower(left({name}, 1))"
    return (
        f"CASE WHEN substring({name}, 1, 1) = toUpper(substring({name}, 1, 1)) THEN {name} "
        f"ELSE {first} + substring({name}, 1) END"
    )


_SENTENCES = {
    "HAS_SEGMENT": "that.name + ' is a part of ' + this.name",
    "HAS_SOUNDTRACK": "that.name + ' is a soundtrack of ' + this.name",
    "HAS_TRACK": "that.name + ' is a track of ' + this.name",
    "HAS_ENTRY": "that.name + ' belongs to ' + this.name",
    "USED_IN": "this.name + ' is heard in ' + that.name",
    "APPEARS_IN": "this.name + ' appears in ' + that.name",
}
_SENTENCE = " ".join(f"WHEN '{tie}' THEN {text}" for tie, text in _SENTENCES.items())

_TEXT = Property(
    f"""head(COLLECT {{{{
  UNWIND [[{{start}}, {{end}}, true], [{{end}}, {{start}}, false]] AS pair
  WITH pair[0] AS this, pair[1] AS that, pair[2] AS onward
  CALL (this, that, onward) {{{{
    WITH COLLECT {{{{
      MATCH (this)-[:HAS_CREDIT]->(credit)-[:ON|PLAYS]->(that), (credit)-[:IN_ROLE]->(role)
      WITH DISTINCT role ORDER BY role.position, role.id
      RETURN {_within_sentence("role.name")}
    }}}} AS roles
    WHERE size(roles) > 0
    RETURN 0 AS rank, this.name + ': ' + reduce(listed = head(roles), i IN range(1, size(roles) - 1)
      | listed + CASE i WHEN size(roles) - 1 THEN ' and ' ELSE ', ' END + roles[i])
      + ' of ' + that.name AS text
    UNION
    MATCH (this)-[tie:{_DIRECT}]->(that)
    RETURN 1 AS rank, CASE type(tie) {_SENTENCE} END AS text
    UNION
    MATCH (this)<-[:PLAYS]-()-[:ON]->(that)
    RETURN 2 AS rank, {_SENTENCES["APPEARS_IN"]} AS text
    UNION
    MATCH (this)-[arm:HAS_RELATION]->()<-[:HAS_RELATION]-(that)
    MATCH (kind:RelationKind {{{{id: arm.kind}}}}) WHERE onward
    RETURN 3 AS rank, this.name + ': ' + {_within_sentence("kind.name")} + ' ' + that.name AS text
  }}}}
  RETURN text ORDER BY rank, text LIMIT 1
}}}})"""
)

KINDS = {
    "Path": Kind("", {"length": Property("size({n}) - 1"), "steps": _STEPS}),
    "PathStep": Kind(
        "",
        {
            "from": Bound("start", "Entity"),
            "to": Bound("end", "Entity"),
            "text": _TEXT,
            "credit": _CREDIT,
        },
        inherits=("start", "end"),
    ),
}
