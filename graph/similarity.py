"""Similarity: what is close to a creation, and why."""

from graph.declarations import Property, Relation

SIMILAR = Relation(
    # Who worked on both, as a share of who worked on either (Jaccard); parts count for the whole.
    """CALL ({n}) {{
  WITH COLLECT {{
    MATCH ({n})-[:HAS_SEGMENT|HAS_TRACK*0..1]->()<-[:ON]-()<-[:HAS_CREDIT]-(who)
    RETURN DISTINCT who
  }} AS mine
  UNWIND mine AS who
  MATCH (who)-[:HAS_CREDIT]->()-[:ON]->()<-[:HAS_SEGMENT*0..1]-(other)
  WHERE (other:Work OR other:Segment) AND NOT EXISTS {{ ({n})-[:HAS_SEGMENT*0..1]-(other) }}
  WITH DISTINCT mine, other
  WITH mine, other, COLLECT {{
    MATCH (other)-[:HAS_SEGMENT*0..1]->()<-[:ON]-()<-[:HAS_CREDIT]-(who)
    WITH DISTINCT who ORDER BY who:Organization, who.sortName, who.id
    RETURN who
  }} AS theirs
  WITH other, size(mine) + size(theirs) AS all, [who IN theirs WHERE who IN mine] AS shared
  RETURN other AS {m}, shared AS {both}, toFloat(size(shared)) / (all - size(shared)) AS {score}
}}
MATCH ({m})""",
    to="Creation",
    order=("-{score}", "{m}.sortName"),
    edge={
        "score": Property("{score}"),
        "reasons": Relation(
            "UNWIND [{both}] AS {people}", to="Reason", target="people", identity="{score}"
        ),
    },
)
