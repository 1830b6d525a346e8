"""Paths: ways from one entity to another, the shortest first, and what ties two neighbours.

Ways lead through ties, each a single edge: what is credited (`ingest.ties` makes one edge of all
credits of somebody on something) and related, parts, music, characters, franchises. Neo4j's own
search meets in the middle. A term, which thousands have in common, is an end but no stop, unless
somebody asks for that; nor are stops what is not safe for work.
"""

from collections.abc import Callable, Iterable, Sequence

from graph.declarations import Argument, Relation
from graph.nsfw import without_nsfw
from graph.steps import TERM, TIES, WAYS

LONGEST = 6
MOST_PATHS = 100
COMPARED = MOST_PATHS
"""Of so many shortest ways the best come first; more are not looked at."""
LONGER = 300
"""So many are compared where the next longer ones are wanted, too."""


def _between(least: int, most: int, usual: int) -> Callable[[int | None], int]:
    def read(number: int | None) -> int:
        if number is None:
            return usual
        if not least <= number <= most:
            raise ValueError(f"must be between {least} and {most}, not {number}")
        return number

    return read


def _degree(number: int | None) -> int | None:
    if number is not None and number < 1:
        raise ValueError(f"must be at least 1, not {number}")
    return number


def _types(ties: Iterable[str] | None) -> list[str] | None:
    return None if ties is None else [type_ for tie in ties for type_ in TIES[tie]]


def _ids(ids: Sequence[str] | None) -> Sequence[str] | None:
    if ids is not None and len(ids) > MOST_PATHS:
        raise ValueError(f"must hold at most {MOST_PATHS} items, not {len(ids)}")
    return ids


_PLAIN = f"-[:{WAYS}]-"
_TERMED = f"(()-[:{WAYS}|{TERM}]-(stop) WHERE NOT stop:Term OR stop = b)"
# Parts do not count: a series of a thousand episodes is a good reason for two of them to be tied.
_COUNT = "COUNT {{ (stop)-[:CREDITED|APPEARS_IN]-() }}"
_HUB_BARRED = f"{{maxDegree}} IS NOT NULL AND {_COUNT} > {{maxDegree}}"
_TERM_BARRED = f"stop:Term AND NOT coalesce('{TERM}' IN {{through}}, false)"
_NSFW_BARRED = "stop.nsfw IS NOT NULL"


def _found(pattern: str) -> str:
    """The shortest ways by a pattern, as lists of their stops."""
    return f"""COLLECT {{{{
    MATCH way = SHORTEST 1 GROUPS (a){pattern}{{{{1,{LONGEST}}}}}(b)
    RETURN DISTINCT nodes(way) LIMIT {COMPARED}
  }}}}"""


def _longer(pattern: str) -> str:
    """The shortest ways, and then the next longer ones, that pass no stop twice."""
    return f"""COLLECT {{{{
    MATCH way = SHORTEST 2 GROUPS (a){pattern}{{{{1,{LONGEST}}}}}(b)
    WITH DISTINCT nodes(way) AS way
    WHERE all(at IN range(0, size(way) - 2) WHERE NOT way[at] IN way[at + 1..])
    RETURN way LIMIT {LONGER}
  }}}}"""


def _narrow(barred: str) -> str:
    return f"""((start)-[tie:{WAYS}|{TERM} WHERE
      ({{through}} IS NULL OR type(tie) IN {{through}})
      AND ({{roles}} IS NULL OR tie.roles IS NULL OR any(each IN tie.roles WHERE each IN roles))
      AND ({{relations}} IS NULL OR tie.kinds IS NULL
        OR any(each IN tie.kinds WHERE each IN {{relations}}))
    ]-(stop) WHERE start <> b AND stop <> a AND (stop = b OR NOT ({barred})))"""


def _paths(barred: str) -> Relation:
    """Ways without stops that are ``barred``."""
    # A search that looks at no stop is several times as fast, and what is barred besides terms is
    # rare: looking at everything is needed where all ways found are barred, or narrowed ones asked.
    return Relation(
        f"""MATCH (a:Entity {{{{id: {{from}}}}}}), (b:Entity {{{{id: {{to}}}}}})
WITH a, b, a <> b AND coalesce({{through}}, {{roles}}, {{relations}}) IS NOT NULL AS narrowed,
  COLLECT {{{{
    MATCH (role:Role)-[:WITHIN]->(wide:Role) WHERE wide.id IN {{roles}} RETURN role.id
  }}}} AS roles
WITH a, b, narrowed, roles, CASE
  WHEN a = b THEN [[a]]
  WHEN narrowed THEN []
  WHEN a:Term OR b:Term THEN {_found(_TERMED)}
  ELSE {_found(_PLAIN)}
END AS ways
WITH a, b, narrowed, roles, size(ways) AS found,
  [way IN ways WHERE none(stop IN way[1..-1] WHERE {barred})] AS ways
WITH a, b, narrowed, roles, CASE
  WHEN NOT narrowed AND (size(ways) = found OR 0 < size(ways) AND found < {COMPARED}) THEN ways
  ELSE {_found(_narrow(barred))}
END AS ways
WITH *, 0 < size(ways) < {{first}} AND 1 < size(ways[0]) <= {{maxLength}} AS few
WITH *, CASE
  WHEN few AND NOT (narrowed OR a:Term OR b:Term) THEN {_longer(_PLAIN)}
  ELSE []
END AS longer
WITH CASE
  WHEN NOT few THEN ways
  WHEN size(longer[-1]) > size(ways[0])
    AND none(way IN longer WHERE any(stop IN way[1..-1] WHERE {barred})) THEN longer
  ELSE {_longer(_narrow(barred))}
END AS ways
WITH COLLECT {{{{
  UNWIND ways AS way
  WITH way WHERE size(way) <= {{maxLength}} + 1
  WITH way, reduce(ties = 0, stop IN way[1..-1] | ties + {_COUNT}) AS ties
  RETURN way
  ORDER BY size(way), ties, [stop IN way | stop.sortName], [stop IN way | stop.id] LIMIT {{first}}
}}}} AS ways
UNWIND range(0, size(ways) - 1) AS {{rank}}
WITH {{rank}}, ways[{{rank}}] AS {{m}}""",
        to="Path",
        order=("{rank}",),
        identity="{rank}",
        arguments={
            "maxLength": Argument(_between(1, LONGEST, LONGEST)),
            "first": Argument(_between(0, MOST_PATHS, 1)),
            "through": Argument(_types),
            "roles": Argument(_ids),
            "relations": Argument(_ids),
            "maxDegree": Argument(_degree),
        },
    )


_BARRED = f"{_TERM_BARRED} OR {_HUB_BARRED}"
PATHS = without_nsfw(_paths(_BARRED), _paths(f"{_NSFW_BARRED} OR {_BARRED}"))
