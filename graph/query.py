"""The root fields: what can be asked of the whole graph."""

from graph.declarations import Kind, Property, Relation
from graph.imports import IMPORTS
from graph.nsfw import without_nsfw
from graph.paths import PATHS
from graph.search import SEARCH
from graph.similarity.relations import RECOMMENDED

_COUNTED = (
    *("Work", "Segment", "Soundtrack", "Track", "Person", "Organization", "Character"),
    *("Franchise", "Term", "List", "Credit", "Relation", "Name"),
)
_COUNTS = ", ".join(
    f"[{index}, '{label}', COUNT {{{{ (:{label}) }}}}]" for index, label in enumerate(_COUNTED)
)


def _one(label: str) -> Relation:
    return Relation(f"MATCH ({{m}}:{label})", to=label)


def _vocabulary(label: str, order: str) -> Relation:
    return Relation(f"MATCH ({{m}}:{label})", to=label, order=(order,), whole=True)


def _all(label: str, *order: str) -> Relation:
    return Relation(f"MATCH ({{m}}:{label})", to=label, order=order or ("{m}.sortName",))


_ANY_NODE = """UNWIND range(0, size({wanted}) - 1) AS {i}
OPTIONAL MATCH (entity:Entity {{id: {wanted}[{i}]}})
OPTIONAL MATCH (credit:Credit {{id: {wanted}[{i}]}})
OPTIONAL MATCH (role:Role {{id: {wanted}[{i}]}})
OPTIONAL MATCH (list:List {{id: {wanted}[{i}]}})
WITH {i}, coalesce(entity, credit, role, list) AS {m}"""

KINDS: dict[str, Kind] = {
    "Query": Kind(
        "",
        {
            "node": Relation(
                _ANY_NODE.replace("{wanted}", "[{id}]") + " WHERE {m} IS NOT NULL", to="Node"
            ),
            "nodes": Relation(
                _ANY_NODE.replace("{wanted}", "{ids}"), to="Node", order=("{i}",), identity="{i}"
            ),
            "work": _one("Work"),
            "works": without_nsfw(_all("Work")),
            "segment": _one("Segment"),
            "segments": without_nsfw(_all("Segment")),
            "soundtrack": _one("Soundtrack"),
            "soundtracks": without_nsfw(_all("Soundtrack")),
            "track": _one("Track"),
            "person": _one("Person"),
            "people": _all("Person"),
            "organization": _one("Organization"),
            "organizations": _all("Organization"),
            "character": _one("Character"),
            "characters": _all("Character"),
            "franchise": _one("Franchise"),
            "franchises": without_nsfw(_all("Franchise")),
            "term": _one("Term"),
            "terms": _all("Term"),
            "role": _one("Role"),
            "roles": _vocabulary("Role", "{m}.position"),
            "relationKinds": _vocabulary("RelationKind", "{m}.id"),
            "list": _one("List"),
            "search": SEARCH,
            "paths": PATHS,
            "recommendations": RECOMMENDED,
            "imports": IMPORTS,
            "catalog": Relation("UNWIND [0] AS {m}", to="Catalog"),
        },
    ),
    "Catalog": Kind(
        "",
        {
            "counts": Relation(
                f"UNWIND [{_COUNTS}] AS {{row}}",
                to="CatalogCount",
                target="row",
                order=("{row}[0]",),
                identity="{row}[1]",
            ),
            "sources": _all("Source", "{m}.rank"),
            "updatedAt": Property("head(COLLECT {{ MATCH (r:Revision) RETURN r.at }})"),
        },
    ),
    "CatalogCount": Kind("", {"type": Property("{n}[1]"), "count": Property("{n}[2]")}),
}
