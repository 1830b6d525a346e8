"""Evidence: what makes two things close, each kind declared once.

A trail leads from a thing to others by what they have in common. Its Cypher starts at ``liked``
and returns ``other``, the ``kind`` of evidence, the ``thing`` in common (an entity, or null), its
``amount``, and a ``fact`` for the sentence. ``<START>`` stands for the way from the thing to what
it is made of, ``<END>`` for the way back to the other.
"""

from dataclasses import dataclass

from graph.similarity import sentences
from graph.similarity.sentences import DEEDS, Say


@dataclass(frozen=True)
class Evidence:
    """``key`` names its weight, ``weight`` is its default. ``trail`` finds it; a ``prior``, an
    expression for [thing, amount, fact] over ``liked`` and ``other``, only weighs what a trail has
    found. Amounts of all there is in common are added up; at ``half`` they are half as good as can
    be, and with ``half`` 0 they are the share themselves, up to 1. A ``complete`` sentence says
    by itself of what it speaks.
    """

    kind: str
    key: str
    weight: float
    half: float
    say: Say
    trail: str = ""
    prior: str = ""
    complete: bool = False


COMMON = 2000
"""What more things have than that says nothing about two of them, and would find everything."""


def _rarity(count: str) -> str:
    """1 for what one or two things have, then falling with the logarithm (Adamic and Adar)."""
    return f"CASE WHEN {count} > 2 THEN log(2) / log({count}) ELSE 1.0 END"


_TOLD = [deed.role for deed in DEEDS]
_MUSIC = [deed.role for deed in DEEDS if deed.music]

MAKERS = f"""MATCH (liked)<START>()<-[:ON]-(credit)<-[:HAS_CREDIT]-(who),
      (credit)-[:IN_ROLE]->()-[:WITHIN]->(role)
WITH who, collect(DISTINCT role.id) AS mine
WITH who, mine, COUNT {{ (who)-[:HAS_CREDIT]->() }} AS degree
WHERE degree <= {COMMON}
MATCH (who)-[:HAS_CREDIT]->(credit)-[:ON]->()<END>(other),
      (credit)-[:IN_ROLE]->()-[:WITHIN]->(role)
WITH who, mine, degree, other, collect(DISTINCT role.id) AS theirs
WITH who, degree, other, [each IN {_TOLD} WHERE each IN mine] AS mine,
     [each IN {_TOLD} WHERE each IN theirs] AS theirs
WITH who, degree, other, head(mine) AS one, head(theirs) AS another,
     head([each IN mine WHERE each IN theirs]) AS both
RETURN other,
  CASE WHEN both IN {_MUSIC} THEN 'MUSIC' WHEN who:Organization THEN 'STUDIO'
    WHEN both = 'performance' THEN 'CAST' ELSE 'STAFF' END AS kind,
  who AS thing,
  CASE WHEN both IS NOT NULL THEN 1.0 WHEN one IS NOT NULL AND another IS NOT NULL THEN 0.75
    ELSE 0.1 END * {_rarity("degree")} AS amount,
  [who.name, both, one, another] AS fact"""

TERMS = f"""MATCH (liked)<START>()-[:HAS_TERM]->(thing)
WITH DISTINCT thing, COUNT {{ (thing)<-[:HAS_TERM]-() }} AS degree
WHERE degree <= {COMMON}
MATCH (thing)<-[:HAS_TERM]-()<END>(other)
WITH DISTINCT other, thing, degree
RETURN other, 'TERM' AS kind, thing, {_rarity("degree")} AS amount, thing.name AS fact"""

FRANCHISES = """MATCH (liked)-[:HAS_ENTRY]-(thing)-[:HAS_ENTRY]-(other)
RETURN other, 'FRANCHISE' AS kind, thing, 1.0 AS amount,
  [thing.name, thing:Franchise] AS fact"""

RELATIONS = """MATCH (liked)<START>(one)-[arm:HAS_RELATION]->()<-[:HAS_RELATION]-(another)
MATCH (another)<END>(other), (tie:RelationKind {id: arm.kind})
RETURN DISTINCT other, 'RELATION' AS kind, null AS thing,
  CASE WHEN tie.continuity THEN 1.0 ELSE 0.5 END AS amount,
  [one.name, tie.id, another.name, tie.name] AS fact"""

LISTS = f"""MATCH (liked)<-[:LISTS]-(list)-[:LISTS]->(other)
WHERE list.itemCount <= {COMMON}
RETURN other, 'LIST' AS kind, null AS thing, {_rarity("list.itemCount")} AS amount,
  list.name AS fact"""

ERA = """CASE WHEN liked.released IS NULL OR other.released IS NULL THEN [null, 0.0, null]
  ELSE [null,
    1.0 - abs(toInteger(left(liked.released, 4)) - toInteger(left(other.released, 4))) / 10.0,
    [left(liked.released, 4), left(other.released, 4)]] END"""

POPULARITY = """head(COLLECT {
  MATCH (other)-[tagging:HAS_TERM]->(term) WHERE tagging.votes > 0
  RETURN [null, tagging.votes / (tagging.votes + 1000.0), [tagging.votes, term.name]]
  ORDER BY tagging.votes DESC, term.sortName LIMIT 1
})"""

EVIDENCE = (
    Evidence("STAFF", "staff", 3, 1, sentences.makers, trail=MAKERS),
    Evidence("CAST", "cast", 1, 1, sentences.makers, trail=MAKERS),
    Evidence("MUSIC", "music", 2, 0.5, sentences.makers, trail=MAKERS),
    Evidence("STUDIO", "studio", 1, 0.5, sentences.makers, trail=MAKERS),
    Evidence("TERM", "terms", 3, 2, sentences.terms, trail=TERMS),
    Evidence("FRANCHISE", "franchise", 2, 0, sentences.franchises, trail=FRANCHISES),
    Evidence("RELATION", "relations", 2, 0, sentences.relations, trail=RELATIONS, complete=True),
    Evidence("LIST", "lists", 1, 0.5, sentences.lists, trail=LISTS),
    Evidence("ERA", "era", 0.5, 0, sentences.years, prior=ERA),
    Evidence("POPULARITY", "popularity", 0.5, 0, sentences.votes, prior=POPULARITY, complete=True),
)
"""The kinds of evidence."""
