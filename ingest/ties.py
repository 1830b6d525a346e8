"""Ties: one edge between two entities for all the credits or relations that they have in common.

    (Contributor)-[:CREDITED {roles, deeds}]->(Creation|Character)
    (Entity)-[:RELATED {kinds}]->(Entity)

They follow from statements, so that ways between entities, who worked with whom and what is
similar are found without passing through these. ``deeds`` are those of the roles. Every transaction
that makes or removes statements makes its ties.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from graph.client import Client, Step
from graph.similarity.sentences import DEEDS

TIES: Final = ("CREDITED", "RELATED")
VERSION: Final = 2
"""Of what ties are: another one has them made anew."""

BATCH: Final = 2_000
"""So many entities are tied anew in a transaction."""

DEED: Final = f"""head([at IN range(0, {len(DEEDS) - 1}) WHERE EXISTS {{
  (role)-[:WITHIN]->(:Role {{id: {[deed.role for deed in DEEDS]}[at]}})
}}])"""
"""What somebody in a ``role`` is `told` to have done, as Cypher."""

_ROWS = "CYPHER 5 replan=skip UNWIND $rows AS row"
_DEEDS = """SET tie.deeds = COLLECT {
  UNWIND tie.roles AS id MATCH (role:Role {id: id}) WHERE role.deed IS NOT NULL
  RETURN DISTINCT role.deed AS deed ORDER BY deed
}"""
_TIE: Final = {
    "Credit": f"""MATCH (c)-[:IN_ROLE]->(role) MATCH (c)-[:ON|PLAYS]->(b)
WITH a, b, collect(DISTINCT role.id) AS roles
MERGE (a)-[tie:CREDITED]->(b)
SET tie.roles = CASE WHEN tie.roles IS NULL AND size(roles) = 1 THEN roles ELSE COLLECT {{
  UNWIND coalesce(tie.roles, []) + roles AS each RETURN DISTINCT each ORDER BY each
}} END
{_DEEDS}""",
    "Relation": """MATCH (r)<-[other:HAS_RELATION]-(b) WHERE a.id < b.id
MERGE (a)-[tie:RELATED]->(b)
SET tie.kinds = COLLECT {
  UNWIND coalesce(tie.kinds, []) + [arm.kind, other.kind] AS each
  RETURN DISTINCT each ORDER BY each
}""",
}
_MADE: Final = {
    "Credit": f"{_ROWS} MATCH (c:Credit {{id: row}})<-[:HAS_CREDIT]-(a) {_TIE['Credit']}",
    "Relation": f"{_ROWS} MATCH (r:Relation {{id: row}})<-[arm:HAS_RELATION]-(a) "
    f"{_TIE['Relation']}",
}
"""Ties what new statements, given by their ids, are about."""
_ANEW: Final = (
    f"{_ROWS} MATCH (:Entity {{id: row}})-[tie:{'|'.join(TIES)}]->() DELETE tie",
    f"{_ROWS} MATCH (a:Entity {{id: row}})-[:HAS_CREDIT]->(c) {_TIE['Credit']}",
    f"{_ROWS} MATCH (a:Entity {{id: row}})-[arm:HAS_RELATION]->(r) {_TIE['Relation']}",
)
"""Make all ties anew that begin at entities, given by their ids."""

_GONE: Final = {
    "Credit": f"""{_ROWS}
MATCH (c:Credit {{id: row}})<-[:HAS_CREDIT]-(a) MATCH (c)-[:ON|PLAYS]->(b)
WITH DISTINCT a, b MATCH (a)-[tie:CREDITED]->(b)
WITH tie, COLLECT {{
  MATCH (b)<-[:ON|PLAYS]-(left:Credit)<-[:HAS_CREDIT]-(a) WHERE NOT left.id IN $rows
  MATCH (left)-[:IN_ROLE]->(role) RETURN DISTINCT role.id AS id ORDER BY id
}} AS roles
SET tie.roles = roles
{_DEEDS}
WITH tie WHERE size(tie.roles) = 0 DELETE tie""",
    "Relation": f"""{_ROWS}
MATCH (r:Relation {{id: row}})<-[:HAS_RELATION]-(a) MATCH (r)<-[:HAS_RELATION]-(b)
WHERE a.id < b.id
WITH DISTINCT a, b MATCH (a)-[tie:RELATED]-(b)
WITH tie, COLLECT {{
  MATCH (b)-[other:HAS_RELATION]->(left)<-[arm:HAS_RELATION]-(a) WHERE NOT left.id IN $rows
  UNWIND [arm.kind, other.kind] AS kind RETURN DISTINCT kind ORDER BY kind
}} AS kinds
SET tie.kinds = kinds
WITH tie WHERE size(tie.kinds) = 0 DELETE tie""",
}
"""Unties what statements are about that are removed next, unless others say the same."""

_VERSION: Final = "CYPHER 5 MATCH (s:Schema) RETURN coalesce(max(s.ties), 0)"
_DONE: Final = """CYPHER 5 MATCH (s:Schema) WITH s ORDER BY s.version LIMIT 1 SET s.ties = $version
WITH s OPTIONAL MATCH (r:Revision {id: 'graph'}) SET r.number = r.number + 1"""
UNTIE: Final = Step("CYPHER 5 MATCH (s:Schema) WHERE s.ties IS NOT NULL REMOVE s.ties")
"""Says that ties are not what they should be: the next start makes all anew."""


def tied(nodes: Iterable[tuple[str, str]]) -> Iterator[Step]:
    """The statements that tie what is said by the new ones among ``nodes``: (label, id)."""
    yield from _steps(_MADE, nodes)


def untied(nodes: Iterable[tuple[str, str]]) -> Iterator[Step]:
    """The statements to be run before ``nodes`` are removed."""
    yield from _steps(_GONE, nodes)


def _steps(statements: Mapping[str, str], nodes: Iterable[tuple[str, str]]) -> Iterator[Step]:
    ids: dict[str, list[str]] = {label: [] for label in statements}
    for label, id_ in nodes:
        if label in ids:
            ids[label].append(id_)
    for label, rows in ids.items():
        if rows:
            yield Step(statements[label], {"rows": sorted(rows)})


async def are_current(client: Client) -> bool:
    """Whether the graph has ties, of this version."""
    return await client.read(_VERSION) == [[VERSION]]


async def tie_all(client: Client) -> None:
    """Make all ties anew, and the deeds of roles. May be interrupted: each entity has its old ties
    or its new ones then, and the next start begins anew.
    """
    await client.write_all([UNTIE, Step(f"CYPHER 5 MATCH (role:Role) SET role.deed = {DEED}")])
    after = ""
    while ids := await _page(client, after):
        await client.write_all([Step(each, {"rows": ids}) for each in _ANEW])
        after = ids[-1]
    await client.write(_DONE, {"version": VERSION})


async def _page(client: Client, after: str) -> Sequence[str]:
    ((ids,),) = await client.read(
        f"""CYPHER 5 MATCH (n:Entity) WHERE n.id > $after
WITH n ORDER BY n.id LIMIT {BATCH} RETURN collect(n.id)""",
        {"after": after},
    )
    found: Sequence[str] = ids
    return found
