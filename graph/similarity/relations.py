"""The relations that are found by evidence: what is similar, recommended, related; and why.

One statement collects the evidence of every kind for every candidate, weighs it and adds it up.
Weights are whole numbers of 1/65536, rounded down once: sums of such fractions are exact in binary
floating point, so the weights of an edge's reasons add up to its score, which is at most 1.
"""

from textwrap import indent
from typing import Any, NamedTuple

from graph.declarations import Argument, Field, Kind, Property, Relation, Sentence
from graph.nsfw import without_nsfw
from graph.similarity.evidence import EVIDENCE
from graph.similarity.weights import read_likes, read_weights

UNITS = 65536
TOLD = 20
"""Of so many things in common a reason tells; they come strongest first."""


class Comparison(NamedTuple):
    """What is compared: the ways from a thing to what it is made of and back, which others are
    meant, and how large the two are: the larger, the more it takes to be half as good as can be.
    """

    start: str
    end: str
    meant: str
    extent: str = "1.0"
    priors: bool = True


CREATIONS = Comparison(
    start="-[:HAS_SEGMENT|HAS_TRACK*0..1]->",
    end="<-[:HAS_SEGMENT|HAS_TRACK*0..1]-",
    meant="""other:Creation AND NOT other IN likes
  AND (liked:Soundtrack OR liked:Track) = (other:Soundtrack OR other:Track)
  AND NOT EXISTS {
    MATCH (other)-[:HAS_SEGMENT|HAS_TRACK]-(near) WHERE near IN likes
  }""",
)
LINES = Comparison(
    start="-[:HAS_ENTRY]->()-[:HAS_SEGMENT*0..1]->",
    end="<-[:HAS_SEGMENT*0..1]-()<-[:HAS_ENTRY]-",
    meant="other:Franchise AND NOT other IN likes",
    extent="sqrt(1.0 * COUNT { (liked)-[:HAS_ENTRY]->() } * COUNT { (other)-[:HAS_ENTRY]->() })",
    priors=False,
)

_ONE = "WITH [{n}] AS likes"
_SEVERAL = """MATCH (liked:Entity) WHERE liked.id IN {likes} AND liked:Creation
WITH collect(liked) AS likes"""


def _evidence(compared: Comparison) -> str:
    """Rows of ``liked``, ``other`` and the ``evidence``, each [kind, amount, found], where found
    are [thing, fact, amount].
    """
    trails = "\nUNION ALL\n".join(dict.fromkeys(each.trail for each in EVIDENCE if each.trail))
    trails = trails.replace("<START>", compared.start).replace("<END>", compared.end)
    found = f"""UNWIND likes AS liked
CALL (liked) {{
{indent(trails, "  ")}
}}
WITH likes, liked, other, kind, sum(amount) AS amount, collect([thing, fact, amount]) AS found
WHERE {compared.meant}
WITH likes, liked, other, collect([kind, amount, found]) AS evidence"""
    priors = [f"['{each.kind}', {each.prior}]" for each in EVIDENCE if each.prior]
    if not compared.priors:
        return found
    return f"""{found}
WITH likes, liked, other, evidence + [each IN [{", ".join(priors)}] WHERE each[1][1] > 0 |
  [each[0], each[1][1], [[each[1][0], each[1][2], each[1][1]]]]] AS evidence"""


def _shares(compared: Comparison) -> str:
    """Rows of ``kind``, what was ``found``, and its ``share`` of the most that can be, 0 to 1."""
    half = ", ".join(f"{each.kind}: {each.half}" for each in EVIDENCE)
    return f"""UNWIND evidence AS each
WITH likes, liked, other, each[0] AS kind, each[1] AS amount, each[2] AS found,
  {{{half}}}[each[0]] * {compared.extent} AS half
WITH likes, liked, other, kind, found,
  CASE WHEN half > 0 THEN amount / (amount + half) WHEN amount < 1 THEN amount ELSE 1.0 END
    AS share"""


_MEAN = """ORDER BY share DESC, liked.sortName
WITH likes, other, kind, sum(share) AS share, collect([found, liked.name]) AS by
WITH other, kind, share / size(likes) AS share, by
WITH other, kind, share, by[0][0] AS found, by[0][1] AS like"""
_ALONE = "WITH other, kind, share, found, null AS like"


def _found(start: str, compared: Comparison, combined: str) -> str:
    """Cypher that binds ``m``, its ``score`` in units and the ``evidence`` for it; with
    placeholders for the thing and its arguments.
    """
    body = "\n".join([_evidence(compared), _shares(compared), combined]).replace("{", "{{")
    return f"""CALL ({"{n}" if start == _ONE else "{likes}"}) {{{{
{indent(start, "  ")}
{indent(body.replace("}", "}}"), "  ")}
  WITH other, [kind, toInteger({UNITS} * share * {{weights}}[kind]), found, like] AS each
  WHERE each[1] > 0
  RETURN other AS {{m}}, collect(each) AS {{evidence}}, sum(each[1]) AS {{score}}
}}}}
MATCH ({{m}})"""


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
        _found(start, compared, _MEAN if arguments else _ALONE),
        to=to,
        order=("-{score}", "{m}.sortName"),
        edge=_EDGE,
        arguments={"weights": Argument(read_weights), **arguments},
        aggregates=True,
    )
    return without_nsfw(found)


SIMILAR = _relation(_ONE, CREATIONS, "Creation")
RECOMMENDED = _relation(_SEVERAL, CREATIONS, "Creation", likes=Argument(read_likes))
RELATED = _relation(_ONE, LINES, "Franchise")

KINDS = {"Reason": Kind("", _REASON, inherits=("told",))}
