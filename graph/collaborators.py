"""Collaborators: who was credited on the same creations.

Ties (`ingest.ties`) lead to them, one for all that somebody did on a creation.
"""

from graph.declarations import Bound, Kind, Property, Relation, TieRoleFilter


def _roles(who: str) -> Relation:
    """Everything that somebody did on the creation."""
    return Relation(
        f"MATCH ({{{who}}})-[tie:CREDITED]->({{n}}) MATCH ({{m}}:Role) WHERE {{m}}.id IN tie.roles",
        to="Role",
        order=("{m}.position",),
    )


COLLABORATORS = Relation(
    "MATCH ({n})-[{mine}:CREDITED]->({at}:Creation)<-[{theirs}:CREDITED]-({m} WHERE {m} <> {n})",
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
            "role": TieRoleFilter("theirs"),
            "whileRole": TieRoleFilter("mine"),
            "on": Bound("at", "Creation"),
        },
        inherits=("one", "other"),
    ),
}
