"""The graph as the API sees it: every type, property and relation, declared once.

Selecting a field, filtering by it, ordering by it and counting it are all derived from its
declaration here. The names are GraphQL's: a type's declarations stand under the type's name, a
field's under the field's. Every label, relationship type and property name that reaches a
statement comes from this file and the two it takes conflicts and similarity from.
"""

from collections.abc import Mapping
from dataclasses import replace

from graph.collaborators import COLLABORATION, COLLABORATORS
from graph.conflicts import CONFLICTS
from graph.declarations import (
    Bound,
    DateProperty,
    DisplayName,
    Exclusion,
    ExternalIdFilter,
    Field,
    Filter,
    Kind,
    NameFilter,
    Property,
    Relation,
    RoleFilter,
    TypeFilter,
)
from graph.similarity import SIMILAR


def _properties(*names: str) -> dict[str, Field]:
    return {name: Property(f"{{n}}.{name}") for name in names}


def _citations(of: str = "n") -> Relation:
    """Who says so; two imports that quote the same page of a source are one citation."""
    return Relation(
        f"MATCH ({{{of}}})-[{{citation}}:CITES]->({{source}})",
        to="Citation",
        target="source",
        order=("{source}.rank", "{citation}.url"),
        identity="elementId({citation})",
        once="[{source}.id, {citation}.url]",
    )


_NAME_KIND_RANK = (
    "CASE {m}.kind WHEN 'OFFICIAL' THEN 0 WHEN 'ORIGINAL' THEN 1 WHEN 'ROMANIZED' THEN 2 ELSE 3 END"
)

_ENTITY: dict[str, Field] = {
    **_properties("id", "slug", "description", "updatedAt"),
    "name": DisplayName(),
    "names": Relation(
        "MATCH ({n})-[{e}:NAMED]->({m})",
        to="Name",
        order=(_NAME_KIND_RANK, "{m}.language", "{e}.rank", "{m}.text"),
        identity="{m}.id",
    ),
    "images": Relation(
        "MATCH ({n})-[:HAS_IMAGE]->({m})",
        to="Image",
        order=("{m}.kind", "{m}.url"),
        identity="{m}.id",
    ),
    "externalIds": Relation(
        "MATCH ({n})-[:HAS_EXTERNAL_ID]->({m})",
        to="ExternalId",
        order=("{m}.site", "{m}.externalId"),
        identity="{m}.id",
    ),
    "sources": _citations(),
    "conflicts": CONFLICTS,
}
_ENTITY_FILTERS: dict[str, Filter] = {"name": NameFilter(), "externalId": ExternalIdFilter()}
_CREATION_FILTERS: dict[str, Filter] = {
    **_ENTITY_FILTERS,
    "type": TypeFilter(),
    "work": Bound("n", "Work"),
    "segment": Bound("n", "Segment"),
    "exclude": Exclusion("{n}.id"),
}
_BY_NAME: dict[str, tuple[str, ...]] = {"name": ("sortName",)}

_CREDITS = Relation("MATCH ({n})<-[:ON]-({m})", to="Credit", sorted_by=("role", "position"))
_ROLLED_UP = replace(_CREDITS, match="MATCH ({n})-[:HAS_SEGMENT|HAS_TRACK*0..1]->()<-[:ON]-({m})")

_CREATION: dict[str, Field] = {
    **_ENTITY,
    "credits": replace(_CREDITS, variants={"rollUp": {True: _ROLLED_UP}}),
    "similar": SIMILAR,
}


def _appearances(match: str, target: str, *order: str, **ends: str) -> Relation:
    """A character's part in a creation; ``ends`` name the variables that ``match`` binds both
    to.
    """
    character, creation = ends["character"], ends["creation"]
    return Relation(
        match,
        to={"character": "Character", "creation": "Creation"}[target],
        target=ends[target],
        order=order,
        identity=f"{{{character}}}.id + ' ' + {{{creation}}}.id",
        edge={
            "character": Bound(character, "Character"),
            "on": Bound(creation, "Creation"),
            "billing": Property("{e}.billing"),
            "voices": Relation(
                f"MATCH ({{{character}}})<-[:PLAYS]-({{voice}})-[:ON]->({{{creation}}})",
                to="Credit",
                target="voice",
                order=("{voice}.position",),
                identity="{voice}.id",
            ),
        },
    )


_BILLING = "CASE {e}.billing WHEN 'MAIN' THEN 0 WHEN 'SUPPORTING' THEN 1 ELSE 2 END"

_RELATIONS = Relation(
    "MATCH ({n})-[{e}:HAS_RELATION]->({r})<-[:HAS_RELATION]-({m})",
    to="Entity",
    identity="{r}.id",
    order=("{e}.kind", "{m}.released", "{m}.sortName"),
    filtered_as="Relation",
    edge={
        "kind": Relation(
            "MATCH ({k}:RelationKind {{id: {e}.kind}})", to="RelationKind", target="k"
        ),
        "note": Property("{r}.note"),
        "sources": _citations("r"),
    },
)

_CONTRIBUTOR: dict[str, Field] = {
    **_ENTITY,
    "collaborators": COLLABORATORS,
    "credits": Relation(
        "MATCH ({n})-[:HAS_CREDIT]->({m})", to="Credit", sorted_by=("released", "position")
    ),
}


def _list(match: str, to: str, *order: str, edge: Mapping[str, Field] | None = None) -> Relation:
    return Relation(match, to=to, order=order or ("{m}.sortName",), edge=edge or {})


def _entries(rank: str) -> Relation:
    return Relation(
        "MATCH ({n})-[{e}:HAS_ENTRY]->({m})",
        to="Work",
        order=(f"{{e}}.{rank}",),
        edge={"position": Property(f"{{e}}.{rank}")},
    )


_COUNTED = (
    *("Work", "Segment", "Soundtrack", "Track", "Person", "Organization", "Character"),
    *("Franchise", "Term", "List", "Credit", "Relation", "Name"),
)
_COUNTS = ", ".join(
    f"[{index}, '{label}', COUNT {{{{ (:{label}) }}}}]" for index, label in enumerate(_COUNTED)
)


def _one(label: str) -> Relation:
    return Relation(f"MATCH ({{m}}:{label})", to=label)


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
            "works": _all("Work"),
            "segment": _one("Segment"),
            "segments": _all("Segment"),
            "soundtrack": _one("Soundtrack"),
            "soundtracks": _all("Soundtrack"),
            "track": _one("Track"),
            "person": _one("Person"),
            "people": _all("Person"),
            "organization": _one("Organization"),
            "organizations": _all("Organization"),
            "character": _one("Character"),
            "characters": _all("Character"),
            "franchise": _one("Franchise"),
            "franchises": _all("Franchise"),
            "term": _one("Term"),
            "terms": Relation(
                "MATCH ({m}:Term)",
                to="Term",
                order=("{m}.sortName",),
                edge={"votes": Property("null")},
            ),
            "role": _one("Role"),
            "roles": _all("Role", "{m}.position"),
            "relationKinds": _all("RelationKind", "{m}.id"),
            "list": _one("List"),
            "catalog": Relation("UNWIND [0] AS {m}", to="Catalog"),
        },
    ),
    "Node": Kind("", {}),
    "Entity": Kind("{n}:Entity", _ENTITY, _ENTITY_FILTERS, _BY_NAME),
    "Creation": Kind(
        "{n}:Creation",
        _CREATION | {"released": DateProperty("{n}.released")},
        _CREATION_FILTERS,
        _BY_NAME,
    ),
    "Contributor": Kind("{n}:Contributor", _CONTRIBUTOR, _ENTITY_FILTERS, _BY_NAME),
    "Work": Kind(
        "{n}:Work",
        {
            **_CREATION,
            **_properties("kind", "deck", "runtimeMinutes", "rating", "contentRating"),
            "released": DateProperty("{n}.released"),
            "releases": _list(
                "MATCH ({n})-[:HAS_RELEASE]->({m})",
                "Release",
                "{m}.date",
                "{m}.region",
                "{m}.medium",
            ),
            "segments": _list("MATCH ({n})-[:HAS_SEGMENT]->({m})", "Segment", "{m}.position"),
            "characters": _appearances(
                "MATCH ({n})-[:HAS_SEGMENT*0..1]->({on})<-[{e}:APPEARS_IN]-({who})",
                "character",
                _BILLING,
                "{on}.position",
                "{e}.position",
                character="who",
                creation="on",
            ),
            "soundtracks": _list(
                "MATCH ({n})-[:HAS_SOUNDTRACK]->({m})", "Soundtrack", "{m}.released"
            ),
            "terms": Relation(
                "MATCH ({n})-[{e}:HAS_TERM]->({m})",
                to="Term",
                order=("-coalesce({e}.votes, 0)", "{m}.sortName"),
                edge={"votes": Property("{e}.votes")},
            ),
            "relations": _RELATIONS,
            "franchises": _list("MATCH ({n})<-[:HAS_ENTRY]-({m})", "Franchise"),
            "lists": _list("MATCH ({n})<-[:LISTS]-({m})", "List", "{m}.name"),
        },
        _ENTITY_FILTERS,
        _BY_NAME,
    ),
    "Segment": Kind(
        "{n}:Segment",
        {
            **_CREATION,
            **_properties("kind", "position", "runtimeMinutes"),
            "released": DateProperty("{n}.released"),
            "work": Relation("MATCH ({n})<-[:HAS_SEGMENT]-({m})", to="Work"),
            "characters": _appearances(
                "MATCH ({n})<-[{e}:APPEARS_IN]-({who})",
                "character",
                _BILLING,
                "{e}.position",
                character="who",
                creation="n",
            ),
            "relations": _RELATIONS,
        },
        _ENTITY_FILTERS,
        _BY_NAME,
    ),
    "Soundtrack": Kind(
        "{n}:Soundtrack",
        {
            **_CREATION,
            "released": DateProperty("{n}.released"),
            "works": _list("MATCH ({n})<-[:HAS_SOUNDTRACK]-({m})", "Work", "{m}.released"),
            "tracks": _list("MATCH ({n})-[:HAS_TRACK]->({m})", "Track", "{m}.disc", "{m}.position"),
        },
        _CREATION_FILTERS,
        _BY_NAME,
    ),
    "Track": Kind(
        "{n}:Track",
        {
            **_CREATION,
            **_properties("disc", "position", "durationSeconds"),
            "soundtrack": Relation("MATCH ({n})<-[:HAS_TRACK]-({m})", to="Soundtrack"),
            "uses": _list(
                "MATCH ({n})-[{e}:USED_IN]->({m})",
                "Creation",
                "{e}.use",
                "{m}.sortName",
                edge={"use": Property("{e}.use")},
            ),
        },
        _ENTITY_FILTERS,
        _BY_NAME,
    ),
    "Person": Kind(
        "{n}:Person",
        _CONTRIBUTOR | {"born": DateProperty("{n}.born"), "died": DateProperty("{n}.died")},
        _ENTITY_FILTERS,
        _BY_NAME,
    ),
    "Organization": Kind("{n}:Organization", _CONTRIBUTOR, _ENTITY_FILTERS, _BY_NAME),
    "Character": Kind(
        "{n}:Character",
        {
            **_ENTITY,
            "appearances": _appearances(
                "MATCH ({n})-[{e}:APPEARS_IN]->({on})",
                "creation",
                "{on}.released",
                "{on}.sortName",
                character="n",
                creation="on",
            ),
            "credits": _list("MATCH ({n})<-[:PLAYS]-({m})", "Credit", "{m}.position"),
        },
        _ENTITY_FILTERS,
        _BY_NAME,
    ),
    "Franchise": Kind(
        "{n}:Franchise",
        {
            **_ENTITY,
            "entries": replace(
                _entries("release"), variants={"order": {"STORY": _entries("story")}}
            ),
        },
        _ENTITY_FILTERS,
        _BY_NAME,
    ),
    "Term": Kind(
        "{n}:Term",
        {
            **_ENTITY,
            **_properties("kind"),
            "works": _list("MATCH ({n})<-[:HAS_TERM]-({m}:Work)", "Work", "{m}.released"),
        },
        _ENTITY_FILTERS,
        _BY_NAME,
    ),
    "Role": Kind(
        "{n}:Role",
        {
            **_properties("id"),
            "name": DisplayName(),
            "broader": Relation("MATCH ({n})-[:BROADER]->({m})", to="Role"),
            "narrower": _list("MATCH ({n})<-[:BROADER]-({m})", "Role", "{m}.position"),
            "credits": _list("MATCH ({n})<-[:WITHIN]-()<-[:IN_ROLE]-({m})", "Credit", "{m}.id"),
        },
    ),
    "Credit": Kind(
        "{n}:Credit",
        {
            **_properties("id", "creditedAs", "scope", "language", "position"),
            "contributor": Relation("MATCH ({n})<-[:HAS_CREDIT]-({m})", to="Contributor"),
            "role": Relation("MATCH ({n})-[:IN_ROLE]->({m})", to="Role"),
            "on": Relation("MATCH ({n})-[:ON]->({m})", to="Creation"),
            "character": Relation("MATCH ({n})-[:PLAYS]->({m})", to="Character"),
            "sources": _citations(),
        },
        {"role": RoleFilter()},
        {
            "role": ("role", "position"),
            "contributor": ("contributor", "sortName"),
            "released": ("on", "released"),
        },
    ),
    "List": Kind(
        "{n}:List",
        {
            **_properties("id", "name", "owner", "itemCount"),
            "works": _list("MATCH ({n})-[:LISTS]->({m})", "Work"),
        },
    ),
    "Relation": Kind(
        "",
        {},
        {
            "kind": Property("{e}.kind"),
            "continuity": Property(
                "EXISTS {{ MATCH (:RelationKind {{id: {e}.kind, continuity: true}}) }}"
            ),
            "to": Bound("m", "Work"),
        },
    ),
    "RelationKind": Kind(
        "{n}:RelationKind",
        {
            **_properties("id", "continuity"),
            "name": DisplayName(),
            "inverse": Relation("MATCH ({n})-[:INVERSE]->({m})", to="RelationKind"),
        },
    ),
    "Collaboration": COLLABORATION,
    "FacetValue": Kind(
        "",
        {name: Property(f"{{{name}}}") for name in ("value", "name", "count")},
        inherits=("value", "name", "count"),
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
            "updatedAt": Property(
                "head(COLLECT {{ MATCH (i:Import) RETURN i.at ORDER BY i.number DESC LIMIT 1 }})"
            ),
        },
    ),
    "CatalogCount": Kind("", {"type": Property("{n}[1]"), "count": Property("{n}[2]")}),
    "Name": Kind("", _properties("text", "language", "kind")),
    "Image": Kind("", _properties("url", "kind", "width", "height", "caption")),
    "ExternalId": Kind("", {**_properties("site", "url"), "id": Property("{n}.externalId")}),
    "Source": Kind("", _properties("id", "name", "url", "license")),
    "Citation": Kind(
        "",
        {
            "source": Bound("n", "Source"),
            "url": Property("{citation}.url"),
            "retrievedAt": Property("{citation}.retrievedAt"),
        },
        inherits=("citation",),
    ),
    "Conflict": Kind(
        "",
        {
            "field": Property("{n}"),
            "values": Relation(
                "UNWIND COLLECT {{ UNWIND {stated} AS each RETURN DISTINCT each[0] }} AS {value}",
                to="ConflictingValue",
                target="value",
                order=(
                    "reduce(best = null, each IN [each IN {stated} WHERE each[0] = {value}] | "
                    "CASE WHEN best < each[2] THEN best ELSE each[2] END)",
                ),
                identity="{value}",
            ),
        },
        inherits=("stated",),
    ),
    "ConflictingValue": Kind(
        "",
        {
            "value": Property("{n}"),
            "sources": Relation(
                "UNWIND [each IN {stated} WHERE each[0] = {n} | each[1]] AS {citation} "
                "MATCH ()-[{citation}]->({source}) WHERE none(each IN {stated} WHERE "
                "each[0] = {n} AND endNode(each[1]) = {source} "
                "AND each[1].origin < {citation}.origin "
                "AND coalesce(each[1].url, '') = coalesce({citation}.url, ''))",
                to="Citation",
                target="source",
                order=("{source}.rank", "{citation}.url"),
                identity="elementId({citation})",
            ),
        },
        inherits=("stated",),
    ),
    "Reason": Kind(
        "",
        {
            "kind": Property("'STAFF'"),
            "weight": Property("{score}"),
            "text": Property(
                "CASE size({n}) WHEN 1 THEN head({n}).name "
                "ELSE head({n}).name + ' and ' + toString(size({n}) - 1) + ' more' END"
                " + ' worked on both'"
            ),
            "via": Relation("UNWIND {n} AS {m}", to="Entity", order=("{m}.sortName",)),
        },
        inherits=("score",),
    ),
    "Release": Kind(
        "",
        {
            **_properties("region", "name", "date", "medium", "rating", "runtimeMinutes"),
            "sources": _citations(),
        },
    ),
}
