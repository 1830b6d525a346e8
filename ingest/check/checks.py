"""The checks: each a question whose answer should be nothing.

A statement gives a row for each finding: the ids of what it is about, and what is wrong in words.
Every statement is one scan or less, so that all of them take seconds on a full graph.
"""

from typing import Final, NamedTuple

from ingest.fame import STALE
from ingest.franchises.ranking import RANKS
from ingest.ties import DEED


class Check(NamedTuple):
    """``finds`` is Cypher that ends with a row of ``ids`` and ``what`` for each finding."""

    name: str
    meaning: str
    finds: str


TOLERANCE: Final = 5
"""So many minutes a part may seem longer than its whole: sources round, and count breaks."""
OLDEST: Final = 120
EARLIEST: Final = 1870
"""Before that year nothing was filmed."""

_DATE: Final = r"\\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01]))?)?"


def _circles(kind: str, inverse: str) -> str:
    """Circles of works that this kind of relation leads around, each once."""
    return f"""MATCH (a:Work)-[:HAS_RELATION {{kind: '{kind}'}}]->()
  <-[:HAS_RELATION {{kind: '{inverse}'}}]-(b:Work) WHERE a.id <= b.id
MATCH way = SHORTEST 1 (b)
  (()-[:HAS_RELATION {{kind: '{kind}'}}]->()<-[:HAS_RELATION {{kind: '{inverse}'}}]-())* (a)
WITH a, [n IN nodes(way) WHERE n:Work] AS works WHERE all(n IN works WHERE a.id <= n.id)
WITH a, works ORDER BY size(works) WITH a, head(collect(works)) AS works
RETURN [a.id] + [n IN works WHERE n <> a | n.id] AS ids,
  a.name + reduce(text = '', n IN works | text + ' > ' + n.name) AS what"""


_SAME_ID: Final = """MATCH (x:ExternalId)
WITH x.site AS site, x.externalId AS id, collect(x) AS same
WHERE size(same) > 1 UNWIND same AS x MATCH (n:Entity)-[:HAS_EXTERNAL_ID]->(x)
WITH site, id, n ORDER BY n.id
WITH site, id, head([l IN labels(n) WHERE NOT l IN ['Entity', 'Creation', 'Contributor']]) AS type,
  collect(DISTINCT n.id) AS ids WHERE size(ids) > 1
RETURN ids, site + ' ' + id AS what"""
_SAME_WORK: Final = """MATCH (w:Work) WHERE w.released IS NOT NULL
MATCH (w)-[:NAMED]->(n:Name) WHERE n.kind IN ['OFFICIAL', 'ORIGINAL'] AND n.key <> ''
WITH n, w ORDER BY w.id
WITH n.key AS key, w.kind AS kind, left(w.released, 4) AS year, collect(DISTINCT w.id) AS ids
WHERE size(ids) > 1 WITH ids, min(key) AS key, kind, year
RETURN ids, key + ', ' + coalesce(kind, 'of unknown kind') + ', ' + year AS what"""
_SAME_PERSON: Final = """MATCH (p:Person)-[:NAMED]->(n:Name) WHERE n.kind <> 'ALIAS' AND n.key <> ''
WITH n.key AS key, collect(DISTINCT p) AS people WHERE size(people) > 1 AND size(people) <= 20
UNWIND people AS a UNWIND people AS b WITH key, a, b WHERE a.id < b.id
WITH key, a, b, COUNT {
  MATCH (a)-[:HAS_CREDIT]->()-[:ON]->(on) WHERE EXISTS { (b)-[:HAS_CREDIT]->()-[:ON]->(on) }
} AS together WHERE together > 0
WITH a, b, min(key) AS key, max(together) AS together
RETURN [a.id, b.id] AS ids, key + ': ' + together + ' shared credits' AS what"""

CHECKS: Final = (
    Check(
        "circles of sequels", "works that are sequels of themselves", _circles("sequel", "prequel")
    ),
    Check(
        "circles of side stories",
        "works that are side stories of themselves",
        _circles("side-story", "parent-story"),
    ),
    Check(
        "broken credits",
        "credits without who, in what role, or on what",
        """MATCH (c:Credit)
WHERE NOT EXISTS { (c)<-[:HAS_CREDIT]-() } OR NOT EXISTS { (c)-[:IN_ROLE]->() }
  OR NOT EXISTS { (c)-[:ON]->() }
RETURN [c.id] AS ids, 'something of it is missing' AS what""",
    ),
    Check(
        "broken relations",
        "relations without two ends",
        """MATCH (r:Relation) WITH r, COUNT { (r)<-[:HAS_RELATION]-() } AS arms WHERE arms <> 2
RETURN [r.id] AS ids, toString(arms) + ' ends' AS what""",
    ),
    Check(
        "nameless",
        "things without a name",
        """MATCH (n:Entity) WHERE NOT EXISTS { (n)-[:NAMED]->() } OR coalesce(n.name, '') = ''
RETURN [n.id] AS ids, 'has no name' AS what""",
    ),
    Check(
        "parts without a whole",
        "segments without a work, tracks without a soundtrack",
        """MATCH (n:Segment) WHERE NOT EXISTS { (n)<-[:HAS_SEGMENT]-() }
RETURN [n.id] AS ids, n.name AS what
UNION ALL
MATCH (n:Track) WHERE NOT EXISTS { (n)<-[:HAS_TRACK]-() }
RETURN [n.id] AS ids, n.name AS what""",
    ),
    Check(
        "credits without source",
        "credits that nobody states",
        """MATCH (c:Credit) WHERE NOT EXISTS { (c)-[:CITES]->() }
RETURN [c.id] AS ids, 'cites nothing' AS what""",
    ),
    Check(
        "things without source",
        "things that nobody states",
        """MATCH (n:Entity) WHERE NOT EXISTS { (n)-[:CITES]->() }
RETURN [n.id] AS ids, n.name AS what""",
    ),
    Check(
        "ids that are both",
        "ids of a thing that are aliases as well, or aliases of nothing",
        """MATCH (a:Alias) WHERE EXISTS { MATCH (:Entity {id: a.id}) }
  OR COUNT { (a)-[:MEANS]->(:Entity) } <> 1
RETURN [a.id] AS ids, 'an alias must mean one thing, and be none' AS what""",
    ),
    Check(
        "segments too long",
        f"segments more than {TOLERANCE} minutes longer than their film",
        f"""MATCH (w:Work)-[:HAS_SEGMENT]->(s:Segment {{kind: 'SEGMENT'}})
WHERE s.runtimeMinutes > w.runtimeMinutes + {TOLERANCE}
RETURN [s.id, w.id] AS ids,
  s.name + ': ' + s.runtimeMinutes + ' of ' + w.runtimeMinutes + ' minutes' AS what""",
    ),
    Check(
        "segments too long together",
        f"films whose segments are together more than {TOLERANCE} minutes longer",
        f"""MATCH (w:Work)-[:HAS_SEGMENT]->(s:Segment {{kind: 'SEGMENT'}})
WITH w, sum(s.runtimeMinutes) AS parts, count(*) AS number
WHERE number > 1 AND parts > w.runtimeMinutes + {TOLERANCE}
RETURN [w.id] AS ids,
  w.name + ': ' + parts + ' of ' + w.runtimeMinutes + ' minutes' AS what""",
    ),
    Check(
        "impossible dates",
        "dates of no form, and works from before there was film",
        f"""MATCH (n:Entity) UNWIND [n.released, n.born, n.died] AS date
WITH n, date WHERE NOT date =~ '{_DATE}'
RETURN [n.id] AS ids, n.name + ': ' + date AS what
UNION ALL
MATCH (n:Work)
WHERE n.released < '{EARLIEST}' AND n.kind IN ['FILM', 'SERIES', 'OVA', 'ONA', 'SHORT']
RETURN [n.id] AS ids, n.name + ': ' + n.released AS what""",
    ),
    Check(
        "impossible lives",
        f"people who died before they were born, or older than {OLDEST}",
        f"""MATCH (p:Person) WHERE p.born IS NOT NULL AND p.died IS NOT NULL
WITH p, toInteger(left(p.died, 4)) - toInteger(left(p.born, 4)) AS age
WHERE age > {OLDEST} OR age < 0 OR left(p.died, size(p.born)) < left(p.born, size(p.died))
RETURN [p.id] AS ids, p.name + ': ' + p.born + ' to ' + p.died AS what""",
    ),
    Check(
        "credits before birth",
        "people who worked on something that came out before they were born",
        """MATCH (p:Person) WHERE p.born IS NOT NULL
MATCH (p)-[:HAS_CREDIT]->(c)-[:ON]->(on) WHERE on.released < left(p.born, 4)
WITH p, on ORDER BY on.released WITH p, head(collect(on)) AS on
RETURN [p.id, on.id] AS ids,
  p.name + ', born ' + p.born + ': ' + on.name + ', ' + on.released AS what""",
    ),
    Check(
        "one external id, several things", "things of one type with the same id elsewhere", _SAME_ID
    ),
    Check("fame", "names whose fame or type search does not know as it is", STALE),
    Check(
        "spelling",
        "names that search does not find by their words",
        """MATCH (name:Name) WHERE name.words IS NULL OR name.joined IS NULL OR name.sound IS NULL
MATCH (n:Entity)-[:NAMED]->(name) RETURN [n.id] AS ids, name.text AS what""",
    ),
    Check("works alike", "works of the same name, kind and year", _SAME_WORK),
    Check("people alike", "people of the same name who worked on the same things", _SAME_PERSON),
    Check(
        "places in franchises",
        "franchises whose entries are not counted from 1 without gaps",
        "MATCH (f:Franchise)-[e:HAS_ENTRY]->() WITH f, count(*) AS number, "
        + ", ".join(f"collect(DISTINCT e.{rank}) AS {rank}" for rank in RANKS[:2])
        + " WHERE "
        + " OR ".join(
            f"size({rank}) <> number OR any(i IN {rank} WHERE NOT 1 <= i <= number)"
            for rank in RANKS[:2]
        )
        + " RETURN [f.id] AS ids, f.name AS what",
    ),
    Check(
        "deeds",
        "roles that are told as another deed than theirs; `filmograph migrate --ties` mends them",
        f"""MATCH (role:Role) WITH role, {DEED} AS deed
WHERE role.deed <> deed OR (role.deed IS NULL) <> (deed IS NULL)
RETURN [role.id] AS ids, role.name AS what""",
    ),
    Check(
        "ties",
        "ties that are not those of the credits and relations; `filmograph migrate --ties` makes "
        "them anew",
        """MATCH (a:Contributor) WITH a, COLLECT {
  MATCH (a)-[:HAS_CREDIT]->(c)-[:ON|PLAYS]->(b) MATCH (c)-[:IN_ROLE]->(role)
  WITH b.id AS id, collect(DISTINCT role.id) AS roles, collect(DISTINCT role.deed) AS deeds
  RETURN [id, COLLECT { UNWIND roles AS each RETURN each ORDER BY each },
    COLLECT { UNWIND deeds AS each RETURN each ORDER BY each }] ORDER BY id
} AS said, COLLECT {
  MATCH (a)-[tie:CREDITED]->(b) RETURN [b.id, tie.roles, tie.deeds] ORDER BY b.id
} AS tied WHERE coalesce(said <> tied, true)
RETURN [a.id] AS ids, a.name + ': credits' AS what
UNION ALL
MATCH (a:Entity) WHERE EXISTS { (a)-[:HAS_RELATION|RELATED]-() } WITH a, COLLECT {
  MATCH (a)-[arm:HAS_RELATION]->()<-[other:HAS_RELATION]-(b) WHERE a <> b
  UNWIND [arm.kind, other.kind] AS kind
  WITH DISTINCT b.id AS id, kind RETURN [id, kind] ORDER BY id, kind
} AS said, COLLECT {
  MATCH (a)-[tie:RELATED]-(b) UNWIND tie.kinds AS kind
  WITH b.id AS id, kind RETURN [id, kind] ORDER BY id, kind
} AS tied WHERE said <> tied
RETURN [a.id] AS ids, a.name + ': relations' AS what""",
    ),
)
