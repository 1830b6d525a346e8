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

NEAREST = 200
"""So many are weighed exactly, and listed."""


class Comparison(NamedTuple):
    """What is compared: the ways from a thing to what it is made of and back, and to its terms and
    back; which others are meant, and how large the two are: the larger, the more it takes to be
    half as good as can be. Whether ``priors``, evidence that only weighs, play a part.
    """

    start: str
    end: str
    terms: str
    termed: str
    meant: str
    extent: str = "1.0"
    priors: bool = True
    folded: bool = True


CREATIONS = Comparison(
    start="-[:HAS_SEGMENT|HAS_TRACK*0..1]->",
    end="<-[:HAS_SEGMENT|HAS_TRACK*0..1]-",
    terms="-[:HAS_TERM]->",
    termed="<-[:HAS_TERM]-",
    meant="""other:Creation AND NOT other IN apart
  AND (liked:Soundtrack OR liked:Track) = (other:Soundtrack OR other:Track)""",
)
LINES = Comparison(
    start="-[:HAS_ENTRY]->()-[:HAS_SEGMENT*0..1]->",
    end="<-[:HAS_SEGMENT*0..1]-()<-[:HAS_ENTRY]-",
    terms="-[:HAS_ENTRY]->()-[:HAS_TERM]->",
    termed="<-[:HAS_TERM]-()<-[:HAS_ENTRY]-",
    meant="other:Franchise AND NOT other IN apart",
    extent="sqrt(1.0 * COUNT {{ (liked)-[:HAS_ENTRY]->() }} * COUNT {{ (other)-[:HAS_ENTRY]->() }})",
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

_ONE = "WITH [[{n}, 1.0]] AS judged"
_SEVERAL = """MATCH (one:Entity) WHERE one.id IN {likes} + {dislikes} AND one:Creation
WITH collect([one, CASE WHEN one.id IN {dislikes} THEN -0.5 ELSE 1.0 END]) AS judged"""


def _ways(cypher: str, compared: Comparison) -> str:
    for name in ("start", "end", "terms", "termed"):
        cypher = cypher.replace(f"<{name.upper()}>", getattr(compared, name))
    return indent(cypher, "    ")


def _found(start: str, compared: Comparison) -> str:
    """Cypher that binds ``m``, a ``rough`` score, and its ``pairs``, each [liked, opinion, its
    terms, evidence], the evidence [kind, amount, found], where found are [thing, fact, amount].
    """
    trails = "\nUNION ALL\n".join(dict.fromkeys(each.trail for each in EVIDENCE if each.trail))
    return f"""CALL ({"{n}" if start == _ONE else ""}) {{{{
{indent(start, "  ")}
  WITH judged, size([each IN judged WHERE each[1] > 0]) AS likes, COLLECT {{{{
    UNWIND judged AS each
    WITH each[0] AS one
    MATCH (one)-[:HAS_SEGMENT|HAS_TRACK*0..1]-(near)
    RETURN near
  }}}} AS apart
  UNWIND judged AS each
  WITH apart, each[0] AS liked, each[1] / likes AS opinion
  CALL (liked) {{{{
{_ways(CHOSEN_MAKERS, compared)}
  }}}}
  CALL (liked) {{{{
{_ways(CHOSEN_TERMS, compared)}
  }}}}
  CALL (liked, makers, rare) {{{{
{_ways(trails, compared)}
  }}}}
  WITH apart, liked, opinion, tags, other, kind,
    sum(amount) AS amount, collect([thing, fact, amount]) AS found
  WHERE {compared.meant}
  WITH liked, opinion, tags, other, collect([kind, amount, found]) AS evidence
  WITH liked, opinion, tags, other, evidence, reduce(sum = 0.0, each IN evidence |
    sum + {{weights}}[each[0]] * each[1] / (each[1] + {{numbers}}.halves[each[0]])) AS score
  WITH other, collect([liked, opinion, tags, evidence]) AS pairs, sum(opinion * score) AS score
  RETURN other AS {{m}}, pairs AS {{pairs}}, score
    + {{weights}}.POPULARITY * log(1.0 + coalesce(other.ratingCount, 0)) / 10 AS {{rough}}
}}}}
MATCH ({{m}})"""


def _weighed(compared: Comparison, like: str) -> str:
    """Cypher that leaves the nearest of what was found, each with its ``score`` in units and the
    ``evidence`` for it, [kind, units, found, the liked thing that it holds of most].
    """
    tests = [each for each in EVIDENCE if each.test and (compared.priors or each.trail)]
    exact = [each.kind for each in tests if each.trail]
    return f"""WITH {{m}}, {{pairs}}, {{rough}} ORDER BY {{rough}} DESC LIMIT {NEAREST}
CALL ({{m}}, {{pairs}}) {{{{
  WITH {{m}} AS other, {{pairs}} AS pairs
  WITH other, pairs, COLLECT {{{{
    MATCH (other){compared.terms}(term) RETURN DISTINCT term
  }}}} AS theirs
  UNWIND pairs AS pair
  WITH other, theirs, pair[0] AS liked, pair[1] AS opinion, pair[2] AS tags, pair[3] AS evidence
  CALL (other, theirs, liked, opinion, tags, evidence) {{{{
    UNWIND evidence AS each
    WITH each WHERE NOT each[0] IN {exact}
    RETURN each[0] AS kind, each[1] AS amount, each[2] AS found, 1.0 AS extent
{indent("".join(map(_test, tests)), "    ")}
  }}}}
  WITH liked, opinion, kind, amount, found, extent * {{numbers}}.halves[kind]
    * {compared.extent} AS half
  WITH liked, opinion, kind, found, opinion *
    CASE WHEN half > 0 THEN amount / (amount + half) WHEN amount < 1 THEN amount ELSE 1.0 END
    AS share
  ORDER BY share DESC, liked.sortName
  WITH kind, sum(share) AS share, collect([found, {like}])[0] AS best
  WITH [kind, toInteger({UNITS} * share * {{weights}}[kind]), best[0], best[1]] AS each
  WHERE each[1] > 0
  RETURN collect(each) AS {{evidence}}, sum(each[1]) AS {{score}}
}}}}
WITH {{m}}, {{evidence}}, {{score}}
WHERE {{score}} > 0
{_FOLDED if compared.folded else ""}"""


def _test(evidence: Evidence) -> str:
    """A further branch of a union."""
    return f"""UNION ALL
WITH {evidence.test} AS found, {evidence.extent} AS extent
WHERE size(found) > 0{" AND opinion > 0" if evidence.prior else ""}
RETURN '{evidence.kind}' AS kind, reduce(sum = 0.0, each IN found | sum + each[2]) AS amount,
  found, extent
"""


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
        ranked=_weighed(compared, "liked.name" if arguments else "null"),
        to=to,
        order=("-{score}", "{m}.sortName"),
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
