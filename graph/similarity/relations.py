"""The relations that are found by evidence: what is similar, recommended, related; and why.

One statement does it in two steps. Trails find what has something in common with a thing, and how
much; the nearest of them that the question is about are then weighed exactly. Weights are whole
numbers of 1/65536, rounded down once: sums of such fractions are exact in binary floating point,
so the weights of an edge's reasons add up to its score, which is at most 1.
"""

from textwrap import indent
from typing import Any, NamedTuple

from graph.declarations import Argument, Field, Kind, Property, Relation, Sentence
from graph.nsfw import without_nsfw
from graph.similarity.evidence import CHOSEN_MAKERS, CHOSEN_TERMS, EVIDENCE, Evidence
from graph.similarity.numbers import NUMBERS
from graph.similarity.weights import read_dislikes, read_likes, read_weights

UNITS = 65536
TOLD = 20
"""Of so many things in common a reason tells; they come strongest first."""

NEAREST = 100
"""So many are weighed exactly, and listed."""


class Comparison(NamedTuple):
    """What is compared: the ways from a thing to what it is made of and back, as a list from what
    somebody ``made`` too; to its terms and back; which others are meant, and how large the two
    are: the larger, the more it takes to be half as good as can be. Whether ``priors``, evidence
    that only weighs, play a part, and whether lists can be ``folded``.
    """

    start: str
    end: str
    wholes: str
    terms: str
    termed: str
    meant: str
    extent: str = "1.0"
    priors: bool = True
    folded: bool = True


CREATIONS = Comparison(
    start="-[:HAS_SEGMENT|HAS_TRACK*0..1]->",
    end="<-[:HAS_SEGMENT|HAS_TRACK*0..1]-",
    wholes="""CASE WHEN made:Segment OR made:Track
    THEN [made] + [(made)<-[:HAS_SEGMENT|HAS_TRACK]-(whole) | whole] ELSE [made] END""",
    terms="-[:HAS_TERM]->",
    termed="<-[:HAS_TERM]-",
    meant="""NOT other IN apart
    AND (liked:Soundtrack OR liked:Track) = (other:Soundtrack OR other:Track)""",
)
LINES = Comparison(
    start="-[:HAS_ENTRY]->()-[:HAS_SEGMENT*0..1]->",
    end="<-[:HAS_SEGMENT*0..1]-()<-[:HAS_ENTRY]-",
    wholes="[(made)<-[:HAS_SEGMENT*0..1]-()<-[:HAS_ENTRY]-(line) | line]",
    terms="-[:HAS_ENTRY]->()-[:HAS_TERM]->",
    termed="<-[:HAS_TERM]-()<-[:HAS_ENTRY]-",
    meant="NOT other IN apart",
    extent="""sqrt(1.0 * COUNT {{ (liked)-[:HAS_ENTRY]->() }}
    * COUNT {{ (other)-[:HAS_ENTRY]->() }})""",
    priors=False,
    folded=False,
)

_FOLDED = """WITH CASE WHEN {collapse} = 'FRANCHISE' THEN head(COLLECT {{
    MATCH ({m})<-[:HAS_SEGMENT*0..1]-()<-[:HAS_ENTRY]-(line) RETURN elementId(line) ORDER BY line.id
  }}) END AS line, {m} AS m, {evidence} AS evidence, {score} AS score
ORDER BY score DESC, m.sortName, m.id
WITH coalesce(line, elementId(m)) AS line, collect([m, evidence, score])[0] AS nearest
WITH nearest[0] AS {m}, nearest[1] AS {evidence}, nearest[2] AS {score}"""
"""Of each franchise but the nearest entry."""

DIVERSE = 40
"""So many recommendations, the best, are put into an order in which neighbours differ."""

_LIKENESS = """CASE WHEN any(line IN pool[one][4] WHERE line IN pool[best][4]) THEN 1.0
          ELSE 1.0 * size([each IN pool[one][3] WHERE each IN pool[best][3]])
            / (1 + size(pool[one][3] + pool[best][3])) * 2 END"""
_REORDERED = f"""WITH {{m}} AS m, {{evidence}} AS evidence, {{score}} AS score
ORDER BY score DESC, m.sortName, m.id
WITH collect([m, evidence, score, [(m)-[:HAS_TERM]->(term) | term],
  [(m)<-[:HAS_SEGMENT*0..1]-()<-[:HAS_ENTRY]-(line) | line]]) AS found
WITH found, found[..{DIVERSE}] AS pool
WITH found, pool, reduce(
  state = [[], [each IN pool | 0.0]], turn IN pool |
  head([best IN [reduce(best = null, one IN range(0, size(pool) - 1) |
      CASE WHEN one IN state[0] THEN best WHEN best IS NULL
        OR pool[one][2] - 0.3 * pool[0][2] * state[1][one]
          > pool[best][2] - 0.3 * pool[0][2] * state[1][best] THEN one
        ELSE best END)]
    | [state[0] + [best], [one IN range(0, size(pool) - 1) |
        head([likeness IN [{_LIKENESS}]
          | CASE WHEN likeness > state[1][one] THEN likeness ELSE state[1][one] END])]]]))[0]
  AS chosen
UNWIND range(0, size(found) - 1) AS {{place}}
WITH {{place}}, found[coalesce(chosen[{{place}}], {{place}})] AS each
WITH {{place}}, each[0] AS {{m}}, each[1] AS {{evidence}}, each[2] AS {{score}}"""
"""Maximal marginal relevance (Carbonell and Goldstein 1998): one after the other, what has the
highest score less 0.3 of the best score times its likeness to the most alike that is chosen. Two
entries of one franchise are alike altogether, others as their terms are (Dice).
"""

_ONE = "WITH [[{n}, 1.0]] AS judged"
_SEVERAL = """MATCH (one:Entity) WHERE one.id IN {likes} + {dislikes} AND one:Creation
WITH collect([one, CASE WHEN one.id IN {dislikes} THEN -0.5 ELSE 1.0 END]) AS judged"""


def _ways(cypher: str, compared: Comparison) -> str:
    for name in ("start", "end", "wholes", "terms", "termed"):
        cypher = cypher.replace(f"<{name.upper()}>", getattr(compared, name))
    return indent(cypher, "    ")


def _found(start: str, compared: Comparison) -> str:
    """Cypher that binds ``m``, a ``rough`` score, what was ``judged``, each [liked, opinion, its
    terms], and the ``traces`` of each, [its place in judged, kind, amount, found], where found are
    [thing, fact, amount].
    """
    # A union hands the rows of its first branch on and on: the fewest come first.
    trails = "\nUNION ALL\n".join(
        dict.fromkeys(each.trail for each in reversed(EVIDENCE) if each.trail)
    )
    return f"""CALL ({"{n}" if start == _ONE else "{likes}, {dislikes}"}) {{{{
{indent(start, "  ")}
  WITH judged, size([each IN judged WHERE each[1] > 0]) AS likes
  WITH [each IN judged | [each[0], each[1] / likes]] AS judged, COLLECT {{{{
    UNWIND judged AS each
    WITH each[0] AS one
    MATCH (one)-[:HAS_SEGMENT|HAS_TRACK*0..1]-(near)
    RETURN near
  }}}} AS apart
  UNWIND judged AS each
  WITH apart, each[0] AS liked, each[1] AS opinion
  CALL (liked) {{{{
{_ways(CHOSEN_MAKERS, compared)}
  }}}}
  CALL (liked) {{{{
{_ways(CHOSEN_TERMS, compared)}
  }}}}
  WITH apart, collect([liked, opinion, tags]) AS judged, collect([makers, rare]) AS chosen,
    max(CASE WHEN liked:Work THEN 0.1 ELSE 0.0 END) AS known
  CALL (apart, judged, chosen) {{{{
    UNWIND range(0, size(judged) - 1) AS place
    WITH apart, place, judged[place][0] AS liked, judged[place][1] AS opinion,
      chosen[place][0] AS makers, chosen[place][1] AS rare
    CALL (liked, makers, rare) {{{{
      CALL (liked, makers, rare) {{{{
{indent(_ways(trails, compared), "    ")}
      }}}}
      RETURN other, kind, sum(amount) AS amount,
        collect(CASE WHEN kind <> 'TERM' THEN [thing, fact, amount] END) AS found
    }}}}
    WITH apart, place, liked, opinion, other, kind, amount, found
    WHERE {compared.meant}
    RETURN other, collect([place, kind, amount, found]) AS traces, sum(opinion
      * {{weights}}[kind] * amount / (amount + {{numbers}}.expected[kind])) AS score
  }}}}
  RETURN other AS {{m}}, judged AS {{judged}}, traces AS {{traces}}, score
    + known * {{weights}}.POPULARITY * log(1.0 + coalesce(other.ratingCount, 0)) AS {{rough}}
}}}}
MATCH ({{m}})"""


_ONLY = "WITH other, kind, found, share, null AS like"
_BEST = """ORDER BY share DESC, liked.sortName
WITH other, kind, sum(share) AS share, collect([found, liked.name])[0] AS best
WITH other, kind, share, best[0] AS found, best[1] AS like"""


def _weighed(compared: Comparison, *, several: bool) -> str:
    """Cypher that leaves the nearest of what was found, each with its ``score`` in units and the
    ``evidence`` for it, [kind, units, found, the liked thing that it holds of most].
    """
    tests = [each for each in EVIDENCE if each.test and (compared.priors or each.trail)]
    exact = [each.kind for each in tests if each.trail]
    weighed = ",\n    ".join(_test(each) for each in tests)
    like = _BEST if several else _ONLY
    return f"""WITH {{m}}, {{judged}}, {{traces}}, {{rough}} ORDER BY {{rough}} DESC LIMIT {NEAREST}
WITH {{m}} AS other, {{judged}} AS judged, {{traces}} AS traces,
  [({{m}}){compared.terms}(term) | term] AS theirs
UNWIND range(0, size(judged) - 1) AS place
WITH other, theirs, judged[place][0] AS liked, judged[place][1] AS opinion,
  judged[place][2] AS tags, [each IN traces WHERE each[0] = place] AS traces
WHERE size(traces) > 0
UNWIND [each IN traces WHERE NOT each[1] IN {exact} | [each[1], each[3], 1.0]] + [
    {weighed}
  ] AS each
WITH other, liked, opinion, each[0] AS kind, each[1] AS found,
  reduce(sum = 0.0, one IN each[1] | sum + one[2]) AS amount,
  each[2] * {{numbers}}.halves[each[0]] * {compared.extent} AS half
WITH other, liked, kind, found, opinion * CASE WHEN amount = 0 THEN 0.0
  WHEN half > 0 THEN amount / (amount + half) WHEN amount < 1 THEN amount ELSE 1.0 END AS share
{like}
WITH other, [kind, toInteger({UNITS} * share * {{weights}}[kind]), found, like] AS each
WHERE each[1] > 0
WITH other AS {{m}}, collect(each) AS {{evidence}}, sum(each[1]) AS {{score}}
{_FOLDED if compared.folded else ""}
{_REORDERED if several else ""}"""


def _test(evidence: Evidence) -> str:
    found = evidence.test
    if evidence.prior:
        found = f"CASE WHEN opinion > 0 THEN {found} ELSE [] END"
    return f"head([found IN [{found}] | ['{evidence.kind}', found, {evidence.extent}]])"


_BY_KIND = {each.kind: each for each in EVIDENCE}


def _tell(kind: str, count: int, facts: list[Any], like: str | None) -> str:
    evidence = _BY_KIND[kind]
    said = evidence.say(count, facts)
    return f"Like {like}: {said}" if like and not evidence.complete else said


_REASON: dict[str, Field] = {
    "kind": Property("{n}[0]"),
    "weight": Property(f"{{n}}[1] / {UNITS}.0"),
    "text": Sentence("[{n}[0], size({n}[2]), [each IN {told} | each[1]], {n}[3]]", _tell),
    "via": Relation(
        "UNWIND range(0, size({told}) - 1) AS {i}\n"
        "WITH {i}, {told}[{i}][0] AS {m} WHERE {m} IS NOT NULL",
        to="Entity",
        order=("{i}",),
    ),
}
_EDGE: dict[str, Field] = {
    "score": Property(f"{{score}} / {UNITS}.0"),
    "reasons": Relation(
        f"""UNWIND {{evidence}} AS {{reason}}
WITH {{reason}}, COLLECT {{{{
  UNWIND {{reason}}[2] AS each
  WITH each ORDER BY each[2] DESC, each[0].sortName, each[1] LIMIT {TOLD}
  RETURN each
}}}} AS {{told}}""",
        to="Reason",
        target="reason",
        order=("-{reason}[1]",),
        identity="{reason}[0]",
    ),
}


def _relation(start: str, compared: Comparison, to: str, **arguments: Argument) -> Relation:
    found = Relation(
        _found(start, compared),
        ranked=_weighed(compared, several=bool(arguments)),
        to=to,
        order=("{place}",) if arguments else ("-{score}", "{m}.sortName"),
        edge=_EDGE,
        arguments={
            "weights": Argument(read_weights),
            "numbers": Argument(lambda _: NUMBERS),
            "collapse": Argument(lambda wanted: wanted),
            **arguments,
        },
        aggregates=True,
    )
    return without_nsfw(found)


SIMILAR = _relation(_ONE, CREATIONS, "Creation")
RECOMMENDED = _relation(
    _SEVERAL,
    CREATIONS,
    "Creation",
    likes=Argument(read_likes),
    dislikes=Argument(read_dislikes),
)
RELATED = _relation(_ONE, LINES, "Franchise")

KINDS = {"Reason": Kind("", _REASON, inherits=("told",))}
