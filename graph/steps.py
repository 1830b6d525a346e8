"""Steps: the ties of which ways between entities are made, and each in words."""

from collections.abc import Sequence
from typing import Any

from graph.declarations import Bound, Kind, Property, Relation, Sentence
from graph.similarity.sentences import DEEDS, relations

TIES = {
    "CREDIT": ("CREDITED",),
    "RELATION": ("RELATED",),
    "PART": ("HAS_SEGMENT", "HAS_TRACK"),
    "MUSIC": ("HAS_SOUNDTRACK", "USED_IN"),
    "CHARACTER": ("APPEARS_IN",),
    "FRANCHISE": ("HAS_ENTRY",),
    "TERM": ("HAS_TERM",),
}
"""The kinds of ties, and the types of their edges."""

TERM = "HAS_TERM"
WAYS = "|".join(type_ for types in TIES.values() for type_ in types if type_ != TERM)

_STEPS = Relation(
    """UNWIND range(1, size({n}) - 1) AS {place}
WITH {place}, {n}[{place} - 1] AS {start}, {n}[{place}] AS {end}""",
    to="PathStep",
    target="end",
    order=("{place}",),
    identity="{place}",
)

# From what the credit is on: that has fewer of them than a studio.
_CREDIT = Relation(
    """WITH CASE WHEN {start}:Contributor THEN {start} ELSE {end} END AS who,
  CASE WHEN {start}:Contributor THEN {end} ELSE {start} END AS what
MATCH (what)<-[:ON|PLAYS]-({m}:Credit) WHERE EXISTS {{ ({m})<-[:HAS_CREDIT]-(who) }}
MATCH ({m})-[:IN_ROLE]->(role)
WITH {m} ORDER BY role.position, {m}.position, {m}.id LIMIT 1""",
    to="Credit",
)

_DIRECT = {
    "HAS_SEGMENT": "{that} is a part of {this}",
    "HAS_TRACK": "{that} is a track of {this}",
    "HAS_SOUNDTRACK": "{that} is a soundtrack of {this}",
    "USED_IN": "{this} is heard in {that}",
    "APPEARS_IN": "{this} appears in {that}",
    "HAS_ENTRY": "{that} belongs to {this}",
    "HAS_TERM": "{this} is tagged {that}",
    "RELATED": "{this} and {that} are related",
}
_VERBS = {
    "chief-director": "directed",
    "voice-actor": "performed in",
    "actor": "performed in",
} | {deed.role: deed.verb for deed in DEEDS}
_PARTS = {"voice-actor": "voiced", "actor": "played"}


def say(tie: str, this: str, that: str, details: Sequence[Any]) -> str:
    """What an edge of the type ``tie`` says, from ``this`` to ``that``. ``details`` are of a credit
    [role's id, its name, whether that is a character], of a relation what ``relations`` takes.
    """
    if tie == "CREDITED":
        return _deeds(this, that, details)
    return relations(1, details) if details else _DIRECT[tie].format(this=this, that=that)


def _deeds(who: str, what: str, roles: Sequence[Any]) -> str:
    """Roles that have a verb are told by it, the others by their names."""
    verbs = [(_PARTS if is_part else _VERBS).get(id_) for id_, _, is_part in roles]
    others = [
        _within_sentence(name) for (_, name, _), verb in zip(roles, verbs, strict=True) if not verb
    ]
    done = _listed(list(dict.fromkeys(filter(None, verbs))))
    if not done:
        return f"{who} worked on {what} as {_listed(others)}"
    said = f"{who} {done} {what}"
    return f"{said}, and worked on it as {_listed(others)}" if others else said


def _listed(items: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(items[:-1]), items[-1]])) if items else ""


def _within_sentence(name: str) -> str:
    """A name without its capital, unless it is an abbreviation's."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


_TEXT = Sentence(
    f"""head(COLLECT {{{{
  MATCH ({{start}})-[tie:{WAYS}|{TERM}]-({{end}})
  WITH tie, startNode(tie) AS this, endNode(tie) AS that
  RETURN [type(tie), this.name, that.name, CASE type(tie)
    WHEN 'CREDITED' THEN COLLECT {{{{
      MATCH (role:Role) WHERE role.id IN tie.roles
      RETURN [role.id, role.name, that:Character] ORDER BY role.position, role.id
    }}}}
    WHEN 'RELATED' THEN COLLECT {{{{
      MATCH ({{start}})-[arm:HAS_RELATION]->()<-[:HAS_RELATION]-({{end}})
      MATCH (kind:RelationKind {{{{id: arm.kind}}}})
      WITH DISTINCT [{{start}}.name, kind.id, {{end}}.name, kind.name] AS said
      RETURN said ORDER BY said LIMIT 1
    }}}}
    ELSE [] END] AS facts
  ORDER BY facts LIMIT 1
}}}})""",
    say,
)

KINDS = {
    "Path": Kind("", {"length": Property("size({n}) - 1"), "steps": _STEPS}),
    "PathStep": Kind(
        "",
        {
            "from": Bound("start", "Entity"),
            "to": Bound("end", "Entity"),
            "text": _TEXT,
            "credit": _CREDIT,
        },
        inherits=("start", "end"),
    ),
}
