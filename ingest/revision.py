"""The revision: how often the graph was written, which tells its states apart."""

from typing import Any, Final

from graph.client import Client, Step

_REVISION: Final = "CYPHER 5 OPTIONAL MATCH (r:Revision {id: 'graph'}) RETURN coalesce(r.number, 0)"
_NEXT: Final = """CYPHER 5 MERGE (r:Revision {id: 'graph'}) SET r.at = $at
WITH r WHERE coalesce(r.number, 0) = $number SET r.number = $number + 1 RETURN r.number"""
# A restore writes the revision like any other node: until its end, its mark tells of each step.
_STATE: Final = """CYPHER 5 OPTIONAL MATCH (r:Revision {id: 'graph'})
RETURN [r.number, r.at,
  COLLECT { MATCH (m:Restoring) RETURN [m.by, m.nodes, m.edges] ORDER BY m.id },
  COLLECT { MATCH (s:Schema) RETURN [s.version, s.ties, s.spelling] ORDER BY s.version }]"""

ANOTHER: Final = Step(
    """CYPHER 5 MERGE (r:Revision {id: 'graph'})
SET r.number = coalesce(r.number, 0) + 1, r.at = toString(datetime.truncate('second'))"""
)
"""The step that counts a write which is right at any revision. Imports that have read before find
that the graph has changed, and read again.
"""


def following(number: int, at: str) -> Step:
    """The step that counts a write at the time ``at``, and fails where the graph is not at the
    revision ``number`` any more.
    """
    # The write comes first: it locks, so that of two imports that have read the same, one goes on.
    return Step(_NEXT, {"number": number, "at": at}, number + 1)


async def last_revision(client: Client) -> int:
    """How often the graph has been written, also where it is being restored."""
    ((number,),) = await client.read(_REVISION)
    return int(number)


async def state(client: Client) -> list[Any]:
    """What differs for any two states of the graph that this program has written."""
    ((found,),) = await client.read(_STATE)
    return list(found)
