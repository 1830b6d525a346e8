"""Evidence: what makes two things close, each kind declared once.

A ``trail`` finds what is close: its Cypher starts at ``liked`` (and the ``makers`` and ``rare``
terms that were chosen of it; ``every`` says that no maker was left out) and returns ``other``, the
``kind`` of evidence, the ``thing`` in common (an entity, or null), a ``fact`` for the sentence, and
the ``amount``. A ``test`` weighs what was found: an expression over ``liked`` and ``other``, which
is a list of [thing, fact, amount].
``<START>`` stands for the way from a thing to what it is made of, ``<END>`` for the way back.
"""

from dataclasses import dataclass

from graph.similarity import sentences
from graph.similarity.sentences import Say


@dataclass(frozen=True)
class Evidence:
    """``key`` names its weight, ``weight`` is its default. Amounts of all there is in common are
    added up; at ``half``, times the ``extent`` of the two, they are half as good as can be, and
    with ``half`` 0 they are the share themselves, up to 1. An extent may speak of what was
    ``found``; before that it is taken to be ``typical``. A ``complete`` sentence says by itself of
    what it speaks. A ``prior`` speaks of the other alone.
    """

    kind: str
    key: str
    weight: float
    half: float
    say: Say
    trail: str = ""
    test: str = ""
    extent: str = "1.0"
    typical: float = 1.0
    complete: bool = False
    prior: bool = False


LISTED = 2000
"""What more things have than that says nothing about two of them, and would find everything."""

MADE = 800
"""So many ties of its makers are followed; the leading ones' first, then the rarest's. Who has
more than that says nothing about two things, and would find everything.
"""

TAGGED = 2000
"""So many uses of its terms are followed, first of those that say most for each. The others only
weigh.
"""

RARE = 1000
"""A term that fewer works have than one in so many is no more telling: it may be one person's."""

MANY = 20
"""Who has fewer terms than that is taken to have so many: one in common is little evidence."""

SAME_FORM = 0.4
"""So much of being of one time is being of one form: a film, a series; the rest is the years."""

FADING = 0.04
"""With each year apart the rest falls by this share of it."""

MOST = 30000
"""Whom so many people rated is as well known as can be."""

FOLLOWING = 0.6
"""What continues something better known is only so well known by itself."""


def _rarity(count: str) -> str:
    """1 for what one or two things have, then falling with the logarithm (Adamic and Adar)."""
    return f"CASE WHEN {count} > 2 THEN log(2) / log({count}) ELSE 1.0 END"


def _fitting(listed: str, room: int) -> str:
    """Of ``listed``, each [thing, size, ...], those that find room one after the other."""
    return f"""reduce(chosen = [0, []], each IN {listed} |
    CASE WHEN chosen[0] + each[1] <= {room} THEN [chosen[0] + each[1], chosen[1] + [each]]
      ELSE chosen END)[1]"""


CHOSEN_MAKERS = f"""MATCH (liked)<START>()<-[tie:CREDITED]-(who)
UNWIND CASE tie.deeds WHEN [] THEN [null] ELSE tie.deeds END AS deed
WITH DISTINCT who, deed ORDER BY deed
WITH who, collect(deed) AS deeds
WITH who, deeds, COUNT {{{{ (who)-[:CREDITED]->() }}}} AS degree
ORDER BY coalesce({{numbers}}.telling[deeds[0]] < 0.5, true), degree, who.sortName
WITH collect([who, degree, deeds]) AS makers
WITH size(makers) AS every, {_fitting("makers", MADE)} AS makers
RETURN makers, size(makers) = every AS every"""

MAKERS = f"""UNWIND range(0, size(makers) - 1) AS nth
WITH nth, makers[nth][0] AS who
MATCH (who)-[tie:CREDITED]->(made:Creation)
WITH nth, tie.deeds AS deeds, <WHOLES> AS wholes
UNWIND wholes AS other
WITH nth, other, collect(deeds) AS theirs, min(deeds[0]) AS another
WITH makers[nth][0] AS who, makers[nth][1] AS degree, makers[nth][2][0] AS one, another, other,
  head([each IN makers[nth][2] WHERE any(deeds IN theirs WHERE each IN deeds)]) AS both
RETURN other,
  CASE WHEN who:Organization THEN 'STUDIO'
    WHEN both IS NOT NULL THEN coalesce({{numbers}}.kinds[both], 'STAFF')
    WHEN {{numbers}}.kinds[one] = {{numbers}}.kinds[another] THEN {{numbers}}.kinds[one]
    ELSE 'STAFF' END AS kind,
  who AS thing, [who.name, both, one, another, every] AS fact,
  CASE WHEN both IS NOT NULL THEN {{numbers}}.telling[both]
    WHEN one + another IS NOT NULL
    THEN 0.375 * ({{numbers}}.telling[one] + {{numbers}}.telling[another])
    ELSE 0.1 END * {_rarity("degree")} AS amount"""

CHOSEN_TERMS = f"""MATCH (liked)<TERMS>(term)
WITH DISTINCT term
WITH term, COUNT {{{{ (term)<-[:HAS_TERM]-() }}}} AS uses
WITH term, uses, coalesce({{numbers}}.terms[term.id], {{numbers}}.termKinds[term.kind])
  * log(1.0 + head([share IN [1.0 * COUNT {{{{ (:Work) }}}} / uses] |
    CASE WHEN share < {RARE} THEN share ELSE {RARE} END])) AS amount
ORDER BY amount / uses DESC, term.sortName
WITH collect([term, uses, amount]) AS tags
RETURN tags, CASE WHEN tags[0][1] > {TAGGED} THEN tags[..1] ELSE
  {_fitting("tags", TAGGED)} END AS rare"""

TERMS = """UNWIND rare AS tag
WITH tag[0] AS term, tag[2] AS amount
MATCH (term)<TERMED>(other)
RETURN other, 'TERM' AS kind, term AS thing, null AS fact, amount"""

SHARED_TERMS = "[each IN tags WHERE each[0] IN theirs | [each[0], each[0].name, each[2]]]"

FRANCHISES = """MATCH (liked)-[:HAS_ENTRY]-(thing)-[:HAS_ENTRY]-(other)
RETURN other, 'FRANCHISE' AS kind, thing, [thing.name, thing:Franchise] AS fact,
  1.0 AS amount"""

RELATIONS = """MATCH (liked)<START>(one)-[arm:HAS_RELATION]->()<-[:HAS_RELATION]-(another)
MATCH (another:Creation)<END>(other), (tie:RelationKind {{id: arm.kind}})
RETURN DISTINCT other, 'RELATION' AS kind, null AS thing,
  [one.name, tie.id, another.name, tie.name] AS fact,
  CASE WHEN tie.continuity THEN 1.0 ELSE 0.5 END AS amount"""

LISTS = f"""MATCH (liked)<-[:LISTS]-(list)-[:LISTS]->(other)
WHERE list.itemCount <= {LISTED}
RETURN other, 'LIST' AS kind, null AS thing, list.name AS fact,
  {_rarity("list.itemCount")} AS amount"""

ERA = f"""[each IN [[left(liked.released, 4), left(other.released, 4),
    CASE WHEN liked:Work AND liked.kind = other.kind AND liked.kind <> 'OTHER'
      THEN liked.kind END]]
  WHERE each[0] + each[1] IS NOT NULL
  | [null, each, CASE WHEN each[2] IS NULL THEN 0.0 ELSE {SAME_FORM} END
    + (1 - {SAME_FORM}) * exp(-{FADING} * abs(toInteger(each[0]) - toInteger(each[1])))]]"""

POPULARITY = f"""[votes IN [other.ratingCount] WHERE votes > 0 AND liked:Work
  | [null, votes, log(1.0 + votes) / log({MOST}) * CASE WHEN EXISTS {{{{
      MATCH (other)-[tie:RELATED]-(another:Work) WHERE another.ratingCount > votes
        AND any(kind IN tie.kinds WHERE kind IN continuing)
    }}}} THEN {FOLLOWING} ELSE 1.0 END]]"""


def _at_least_many(terms: str) -> str:
    return f"CASE WHEN size({terms}) > {MANY} THEN size({terms}) ELSE {MANY}.0 END"


_SIZE_OF_TERMS = f"""({_at_least_many("tags")} * {_at_least_many("theirs")}) ^ 0.2
      * CASE size(found) WHEN 0 THEN 1.0 ELSE 1.0 + 3.0 / size(found) END"""

EVIDENCE = (
    Evidence("STAFF", "staff", 4, 0.5, sentences.makers, trail=MAKERS),
    Evidence("CAST", "cast", 1, 1, sentences.makers, trail=MAKERS),
    Evidence("MUSIC", "music", 2, 0.5, sentences.makers, trail=MAKERS),
    Evidence("STUDIO", "studio", 1, 0.5, sentences.makers, trail=MAKERS),
    Evidence(
        "TERM",
        "terms",
        17,
        3.3,
        sentences.terms,
        trail=TERMS,
        test=SHARED_TERMS,
        extent=_SIZE_OF_TERMS,
        typical=4.5,
    ),
    Evidence("FRANCHISE", "franchise", 4, 0, sentences.franchises, trail=FRANCHISES),
    Evidence("RELATION", "relations", 4, 0, sentences.relations, trail=RELATIONS, complete=True),
    Evidence("LIST", "lists", 1, 0.5, sentences.lists, trail=LISTS),
    Evidence("ERA", "era", 3, 0, sentences.years, test=ERA),
    Evidence(
        "POPULARITY",
        "popularity",
        4,
        0,
        sentences.votes,
        test=POPULARITY,
        complete=True,
        prior=True,
    ),
)
"""The kinds of evidence. How their numbers were found stands in docs/similarity.md."""
