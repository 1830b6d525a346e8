"""The relations that are found by evidence: what is similar, recommended, related; and why.

One statement does it in two steps. Trails find what has something in common with a thing, and how
much; the nearest of them that the question is about are then weighed exactly. Weights are whole
numbers of 1/65536, rounded down once: sums of such fractions are exact in binary floating point,
so the weights of an edge's reasons add up to its score, which is at most 1.
"""

from dataclasses import replace
from textwrap import indent
from typing import Any, NamedTuple

from graph.declarations import Argument, Field, Kind, Property, Relation, Sentence
from graph.nsfw import without_nsfw
from graph.similarity.evidence import CHOSEN_MAKERS, CHOSEN_TERMS, EVIDENCE, MOST, Evidence
from graph.similarity.numbers import NUMBERS
from graph.similarity.weights import read_dislikes, read_likes, read_weights

UNITS = 65536
TOLD = 20
"""Of so many things in common a reason tells; they come strongest first."""

NEAR = 300
"""So many of what was found is looked at more closely: how known it is, whether it is meant."""

FEW = 5
"""With fewer terms to find others by, too many have as much in common: the best known are near."""

NEAREST = 100
"""So many are weighed exactly, and listed."""


class Comparison(NamedTuple):
    """What is compared: the ways from a thing to what it is made of and back, as a list from what
    somebody ``made`` too; to its terms and back; which others are of the same kinds as those that
    are liked; and how large the two are: the larger, the more it takes to be half as good as can
    be. ``creations`` have a time and ratings, and franchises of which one entry may be enough.
    """

    start: str
    end: str
    wholes: str
    terms: str
    termed: str
    music: str = "false"
    extent: str = "1.0"
    creations: bool = True


CREATIONS = Comparison(
    start="-[:HAS_SEGMENT|HAS_TRACK*0..1]->",
    end="<-[:HAS_SEGMENT|HAS_TRACK*0..1]-",
    wholes="""CASE WHEN made:Segment OR made:Track
    THEN [made] + [(made)<-[:HAS_SEGMENT|HAS_TRACK]-(whole) | whole] ELSE [made] END""",
    terms="-[:HAS_TERM]->",
    termed="<-[:HAS_TERM]-",
    music="({thing}:Soundtrack OR {thing}:Track)",
)
LINES = Comparison(
    start="-[:HAS_ENTRY]->()-[:HAS_SEGMENT*0..1]->",
    end="<-[:HAS_SEGMENT*0..1]-()<-[:HAS_ENTRY]-",
    wholes="[(made)<-[:HAS_SEGMENT*0..1]-()<-[:HAS_ENTRY]-(line) | line]",
    terms="-[:HAS_ENTRY]->()-[:HAS_TERM]->",
    termed="<-[:HAS_TERM]-()<-[:HAS_ENTRY]-",
    extent="""sqrt(1.0 * COUNT {{ (liked)-[:HAS_ENTRY]->() }}
    * COUNT {{ (other)-[:HAS_ENTRY]->() }})""",
    creations=False,
)

_FOLDED = """WITH head(COLLECT {{
    MATCH ({m})<-[:HAS_SEGMENT*0..1]-()<-[:HAS_ENTRY]-(line) RETURN elementId(line) ORDER BY line.id
  }}) AS line, {m} AS m, {evidence} AS evidence, {score} AS score
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


_ROUGH = """{weights}[kind] * CASE kind
        WHEN 'TERM' THEN amount / (3 * {numbers}.expected.TERM)
        ELSE amount / (amount + {numbers}.expected[kind]) END"""
"""What one thing in common speaks for another thing, as if it were alone; of terms there are more.
"""


_KNOWN = f"""{{weights}}.POPULARITY * {{known}}
  * log(1.0 + coalesce({{m}}.ratingCount, 0)) / log({MOST})"""


def _found(start: str, compared: Comparison) -> str:
    """Cypher that binds ``m``, a ``rough`` score, whether being ``known`` speaks for it, whether
    ``few`` terms led there, the kinds of relation that are ``continuing``, whether something
    ``explicit`` is liked, what was ``judged``, each [liked, opinion, its terms], and the ``traces``
    of each but of terms, [its place in judged, kind, thing, fact, amount].
    """
    # A union hands the rows of its first branch on and on: the fewest come first.
    trails = "\nUNION ALL\n".join(
        dict.fromkeys(each.trail for each in reversed(EVIDENCE) if each.trail)
    )
    return f"""CALL ({"{n}" if start == _ONE else "{likes}, {dislikes}"}) {{{{
{indent(start, "  ")}
  WITH judged, size([each IN judged WHERE each[1] > 0]) AS likes
  WITH CASE likes WHEN 0 THEN [] ELSE [each IN judged |
      [each[0], each[1] / CASE WHEN each[1] > 0 THEN likes ELSE size(judged) - likes END]]
    END AS judged, COLLECT {{{{
    UNWIND judged AS each
    WITH each[0] AS one
    MATCH (one)-[:HAS_SEGMENT|HAS_TRACK*0..1]-(near)
    RETURN near
  }}}} AS apart, COLLECT {{{{
    MATCH (kind:RelationKind {{{{continuity: true}}}}) RETURN kind.id
  }}}} AS continuing
  UNWIND judged AS each
  WITH apart, continuing, each[0] AS liked, each[1] AS opinion
  CALL (liked) {{{{
{_ways(CHOSEN_MAKERS, compared)}
  }}}}
  CALL (liked) {{{{
{_ways(CHOSEN_TERMS, compared)}
  }}}}
  WITH apart, continuing, collect([liked, opinion, tags]) AS judged,
    collect([makers, every, rare]) AS chosen,
    collect(DISTINCT CASE WHEN opinion > 0
      THEN {compared.music.format(thing="liked")} END) AS music,
    max(CASE WHEN opinion > 0 AND liked:Work THEN 1.0 ELSE 0.0 END) AS known,
    max(CASE WHEN opinion > 0 THEN size(rare) END) < {FEW} AS few,
    max(CASE WHEN opinion > 0 THEN liked.nsfw END) IS NOT NULL AS explicit
  CALL (judged, chosen) {{{{
    UNWIND range(0, size(judged) - 1) AS place
    WITH place, judged[place][0] AS liked, judged[place][1] AS opinion,
      chosen[place][0] AS makers, chosen[place][1] AS every, chosen[place][2] AS rare
    CALL (liked, makers, every, rare) {{{{
{_ways(trails, compared)}
    }}}}
    RETURN other,
      collect(CASE WHEN kind <> 'TERM' THEN [place, kind, thing, fact, amount] END) AS traces,
      sum(opinion * {_ROUGH}) AS rough
  }}}}
  WITH * WHERE NOT other IN apart AND {compared.music.format(thing="other")} IN music
  RETURN other AS {{m}}, judged AS {{judged}}, traces AS {{traces}}, known AS {{known}},
    few AS {{few}}, rough AS {{rough}}, continuing AS {{continuing}}, explicit AS {{explicit}}
}}}}
MATCH ({{m}})"""


_ONLY = "WITH other, kind, found, share, null AS like"
_BEST = """ORDER BY share DESC, liked.sortName
WITH other, kind, sum(share) AS share, collect([found, liked.name])[0] AS best
WITH other, kind, share, best[0] AS found, best[1] AS like"""


def _weighed(compared: Comparison, *, several: bool, folded: bool, safe: bool) -> str:
    """Cypher that leaves the nearest of what was found, each with its ``score`` in units and the
    ``evidence`` for it, [kind, units, found, the liked thing that it holds of most].
    """
    tests = [each for each in EVIDENCE if each.test and (compared.creations or each.trail)]
    traced = [each.kind for each in EVIDENCE if not each.test]
    weighed = ",\n    ".join(_test(each) for each in tests)
    like = _BEST if several else _ONLY
    # Whether it is safe is asked of the near ones alone, since there are thousands to ask, but for
    # what is near to something explicit: most of that is not, and would leave no room.
    return f"""{"WITH * WHERE NOT {explicit} OR {m}.nsfw IS NULL" if safe else ""}
WITH {{m}}, {{judged}}, {{traces}}, {{continuing}}, {{known}}, {{rough}}
ORDER BY {{rough}} + CASE WHEN {{few}} THEN {_KNOWN} ELSE 0.0 END DESC, {{m}} LIMIT {NEAR}
{"WHERE {m}.nsfw IS NULL" if safe else ""}
WITH {{continuing}} AS continuing, {{m}} AS other, {{judged}} AS judged, {{traces}} AS traces,
  {{rough}} + {_KNOWN} AS rough ORDER BY rough DESC, other LIMIT {NEAREST}
WITH continuing, other, judged, traces,
  [(other){compared.terms}(term) | term] AS theirs
UNWIND range(0, size(judged) - 1) AS place
WITH continuing, other, theirs, judged[place][0] AS liked, judged[place][1] AS opinion,
  judged[place][2] AS tags, [each IN traces WHERE each[0] = place] AS traces
UNWIND [kind IN CASE traces WHEN [] THEN [] ELSE {traced} END |
    [kind, [each IN traces WHERE each[1] = kind | [each[2], each[3], each[4]]], 1.0]] + [
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
{_FOLDED if folded else ""}
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
    several = bool(arguments)
    found = Relation(
        _found(start, compared),
        to=to,
        order=("{place}",) if several else ("-{score}", "{m}.sortName"),
        edge=_EDGE,
        arguments={
            "weights": Argument(read_weights),
            "numbers": Argument(lambda _: NUMBERS),
            **arguments,
        },
        aggregates=True,
    )

    def ranked(*, folded: bool) -> Relation:
        shown, hidden = (
            replace(found, ranked=_weighed(compared, several=several, folded=folded, safe=safe))
            for safe in (False, True)
        )
        return without_nsfw(shown, hidden)

    if not compared.creations:
        return ranked(folded=False)
    variants = {"collapse": {"FRANCHISE": ranked(folded=True)}}
    return replace(every := ranked(folded=False), variants={**variants, **every.variants})


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
