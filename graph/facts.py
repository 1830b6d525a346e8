"""What hangs on a thing and has no page of its own: names, pictures, sources, releases."""

from graph.declarations import Bound, DisplayName, Field, Kind, Property, Relation


def properties(*names: str) -> dict[str, Field]:
    return {name: Property(f"{{n}}.{name}") for name in names}


def citations(of: str = "n") -> Relation:
    """Who says so; two imports that quote the same page of a source are one citation."""
    return Relation(
        f"MATCH ({{{of}}})-[{{citation}}:CITES]->({{source}})",
        to="Citation",
        target="source",
        order=("{source}.rank", "{citation}.url"),
        identity="elementId({citation})",
        once="[{source}.id, {citation}.url]",
    )


DESCRIPTIONS = Relation(
    "MATCH ({n})-[{citation}:CITES]->({source})",
    predicates=("{citation}.description IS NOT NULL",),
    to="Description",
    target="source",
    order=("{source}.rank", "{citation}.origin STARTS WITH 'catalog'", "{citation}.origin"),
    identity="elementId({citation})",
    once="[{source}.id, {citation}.description]",
)

KINDS: dict[str, Kind] = {
    "Description": Kind(
        "",
        {
            "text": Property("{citation}.description"),
            "language": Property("{citation}.descriptionLanguage"),
            "source": Bound("n", "Source"),
        },
        inherits=("citation",),
    ),
    "Name": Kind("", properties("text", "language", "kind")),
    "Image": Kind("", properties("url", "kind", "width", "height", "caption")),
    "ExternalId": Kind("", {**properties("site", "url"), "id": Property("{n}.externalId")}),
    "Source": Kind("", properties("id", "name", "url", "license")),
    "Citation": Kind(
        "",
        {
            "source": Bound("n", "Source"),
            "url": Property("{citation}.url"),
            "retrievedAt": Property("{citation}.retrievedAt"),
        },
        inherits=("citation",),
    ),
    "Release": Kind(
        "",
        {
            **properties("region", "name", "date", "medium", "rating", "runtimeMinutes"),
            "sources": citations(),
        },
    ),
    "RelationKind": Kind(
        "{n}:RelationKind",
        {
            **properties("id", "continuity"),
            "name": DisplayName(),
            "inverse": Relation("MATCH ({n})-[:INVERSE]->({m})", to="RelationKind"),
        },
    ),
}
