"""Conflicts: where the sources of a thing disagree, found when it is asked for."""

from graph.declarations import Kind, Property, Relation

STATED = (
    "born",
    "died",
    "disc",
    "durationSeconds",
    "kind",
    "position",
    "rating",
    "released",
    "runtimeMinutes",
    "contentRating",
)
"""The properties on which sources are compared; what they say in prose is not."""

DATES = ["born", "died", "released"]
"""A date that is less precise contradicts nothing that it contains."""

CONFLICTS = Relation(
    # What a source's own import says outranks what the catalogue quotes of it.
    # Properties that differ, and sole roles that sources give to entirely different people. Both as
    # [value, citation, rank, who, source]. Neo4j 5 takes no aggregation within a subquery
    # expression, hence COLLECT. The credits are listed first: a role has tens of thousands.
    f"""CALL ({{n}}) {{{{
  UNWIND {list(STATED)} AS property
  WITH property, COLLECT {{{{
    MATCH ({{n}})-[citation:CITES]->(source)
    WHERE citation[property] IS NOT NULL
    RETURN [toString(citation[property]), citation, source.rank, source]
  }}}} AS quoted
  WITH property, [each IN quoted WHERE NOT (each[1].origin STARTS WITH 'catalog'
    AND any(own IN quoted WHERE own[3] = each[3] AND NOT own[1].origin STARTS WITH 'catalog'))]
    AS found
  WHERE any(a IN found WHERE any(b IN found WHERE a[0] <> b[0] AND NOT (property IN {DATES}
    AND (a[0] STARTS WITH b[0] OR b[0] STARTS WITH a[0]))))
  RETURN property AS {{field}}, found AS {{stated}}
UNION
  WITH COLLECT {{{{
    MATCH ({{n}})<-[:ON]-(credit)-[:IN_ROLE]->(role:Role {{{{sole: true}}}}) RETURN [role, credit]
  }}}} AS credits
  UNWIND COLLECT {{{{ UNWIND credits AS each RETURN DISTINCT each[0] }}}} AS role
  WITH role, COLLECT {{{{
    UNWIND [each IN credits WHERE each[0] = role | each[1]] AS credit
    MATCH (who)-[:HAS_CREDIT]->(credit)-[citation:CITES]->(source)
    RETURN [who.name, citation, source.rank, who, source]
  }}}} AS found
  WHERE any(a IN found WHERE any(b IN found WHERE none(x IN found WHERE x[4] = a[4]
    AND any(y IN found WHERE y[4] = b[4] AND y[3] = x[3]))))
  RETURN role.id AS {{field}}, found AS {{stated}}
}}}}""",
    to="Conflict",
    target="field",
    identity="{field}",
)

KINDS: dict[str, Kind] = {
    "Conflict": Kind(
        "",
        {
            "field": Property("{n}"),
            "values": Relation(
                "UNWIND COLLECT {{ UNWIND {stated} AS each RETURN DISTINCT each[0] }} AS {value}",
                to="ConflictingValue",
                target="value",
                order=(
                    "reduce(best = null, each IN [each IN {stated} WHERE each[0] = {value}] | "
                    "CASE WHEN best < each[2] THEN best ELSE each[2] END)",
                ),
                identity="{value}",
            ),
        },
        inherits=("stated",),
    ),
    "ConflictingValue": Kind(
        "",
        {
            "value": Property("{n}"),
            "sources": Relation(
                "UNWIND [each IN {stated} WHERE each[0] = {n} | each[1]] AS {citation} "
                "MATCH ()-[{citation}]->({source}) WHERE none(each IN {stated} WHERE "
                "each[0] = {n} AND endNode(each[1]) = {source} "
                "AND each[1].origin < {citation}.origin "
                "AND coalesce(each[1].url, '') = coalesce({citation}.url, ''))",
                to="Citation",
                target="source",
                order=("{source}.rank", "{citation}.url"),
                identity="elementId({citation})",
            ),
        },
        inherits=("stated",),
    ),
}
