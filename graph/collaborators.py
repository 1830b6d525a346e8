"""Collaborators: who was credited on the same creations."""

from graph.declarations import Bound, Kind, Property, Relation, RoleFilter


def _roles(who: str) -> Relation:
    """Everything that somebody did on the creation."""
    return Relation(
        f"""UNWIND COLLECT {{{{
  MATCH ({{{who}}})-[:HAS_CREDIT]->(credit:Credit)-[:ON]->({{n}})
  MATCH (credit)-[:IN_ROLE]->(role)
  RETURN DISTINCT role
}}}} AS {{m}}""",
        to="Role",
        order=("{m}.position",),
    )


COLLABORATORS = Relation(
    "MATCH ({n})-[:HAS_CREDIT]->({mine})-[:ON]->({at})"
    "<-[:ON]-({theirs})<-[:HAS_CREDIT]-({m} WHERE {m} <> {n})",
    to="Contributor",
    filtered_as="Collaboration",
    counts="at",
    order=("-size({counted})", "{m}.sortName"),
    edge={
        "count": Property("size({counted})"),
        "together": Relation(
            "UNWIND {counted} AS {at} WITH {at}, {n} AS {one}, {m} AS {other}",
            to="Collaboration",
            target="at",
            order=("{at}.released", "{at}.sortName"),
            identity="{at}.id",
        ),
    },
)

KINDS = {
    "Collaboration": Kind(
        "",
        {
            "on": Bound("n", "Creation"),
            "roles": _roles("one"),
            "theirRoles": _roles("other"),
        },
        {
            "role": RoleFilter("theirs"),
            "whileRole": RoleFilter("mine"),
            "on": Bound("at", "Creation"),
        },
        inherits=("one", "other"),
    ),
}
