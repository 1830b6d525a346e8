"""The graph as the API sees it: every type, property and relation, declared once.

Selecting a field, filtering by it, ordering by it and counting it are all derived from its
declaration here. The names are GraphQL's: a type's declarations stand under the type's name, a
field's under the field's. Every label, relationship type and property name that reaches a
statement comes from this file and those whose KINDS it takes in: what takes more than a relation
(conflicts, similarity, collaborators, facets, search, paths) has a file of its own, and so have the
facts without a page and the root fields.
"""

from collections.abc import Mapping
from dataclasses import replace

from graph import collaborators, conflicts, facets, facts, franchises, imports, query, search, steps
from graph.collaborators import COLLABORATORS
from graph.conflicts import CONFLICTS
from graph.declarations import (
    Address,
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
from graph.facets import KIND
from graph.facts import DESCRIPTIONS, citations, properties
from graph.franchises import ENTRIES
from graph.nsfw import NSFW, without_nsfw
from graph.similarity import relations as similarity

_NAME_KIND_RANK = (
    "CASE {m}.kind WHEN 'OFFICIAL' THEN 0 WHEN 'ORIGINAL' THEN 1 WHEN 'ROMANIZED' THEN 2 ELSE 3 END"
)

_ENTITY: dict[str, Field] = {
    "id": Address("{n}.id", "id", among="Entity"),
    "slug": Address("{n}.slug", "slug"),
    **properties("description", "descriptionLanguage", "updatedAt"),
    "descriptions": DESCRIPTIONS,
    "name": DisplayName(),
    "names": Relation(
        "MATCH ({n})-[{e}:NAMED]->({m})",
        to="Name",
        order=(_NAME_KIND_RANK, "{m}.language", "{e}.rank", "{m}.text"),
        identity="{m}.id",
        # What one source calls the title is a mere alias to another.
        once="[{m}.text, {m}.language]",
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
    "sources": citations(),
    "conflicts": CONFLICTS,
}
_ENTITY_FILTERS: dict[str, Filter] = {"name": NameFilter(), "externalId": ExternalIdFilter()}
_CREATION_FILTERS: dict[str, Filter] = {
    **_ENTITY_FILTERS,
    "nsfw": NSFW,
    "type": TypeFilter(),
    "work": Bound("n", "Work"),
    "segment": Bound("n", "Segment"),
    "exclude": Exclusion("{n}.id", "id"),
}
_BY_NAME: dict[str, tuple[str, ...]] = {"name": ("sortName",)}

_CREDITS = Relation("MATCH ({n})<-[:ON]-({m})", to="Credit", sorted_by=("role", "position"))
_ROLLED_UP = replace(_CREDITS, match="MATCH ({n})-[:HAS_SEGMENT|HAS_TRACK*0..1]->()<-[:ON]-({m})")

_CREATION: dict[str, Field] = {
    **_ENTITY,
    "nsfw": NSFW,
    "credits": replace(_CREDITS, variants={"rollUp": {True: _ROLLED_UP}}),
    "similar": similarity.SIMILAR,
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
    sparse=True,
    edge={
        "kind": Relation(
            "MATCH ({k}:RelationKind {{id: {e}.kind}})", to="RelationKind", target="k"
        ),
        "note": Property("{r}.note"),
        "sources": citations("r"),
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


KINDS: dict[str, Kind] = {
    **query.KINDS,
    **facts.KINDS,
    **conflicts.KINDS,
    **collaborators.KINDS,
    **facets.KINDS,
    **franchises.KINDS,
    **similarity.KINDS,
    **search.KINDS,
    **imports.KINDS,
    **steps.KINDS,
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
            **properties("deck", "runtimeMinutes", "contentRating"),
            "kind": KIND,
            **properties("rating", "ratingCount"),
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
            "franchises": replace(
                _list("MATCH ({n})<-[:HAS_ENTRY]-({m})", "Franchise"), sparse=True
            ),
            "lists": _list("MATCH ({n})<-[:LISTS]-({m})", "List", "{m}.name"),
        },
        _ENTITY_FILTERS,
        _BY_NAME,
        indexed=("kind", "released", "rating", "runtimeMinutes"),
    ),
    "Segment": Kind(
        "{n}:Segment",
        {
            **_CREATION,
            **properties("kind", "runtimeMinutes"),
            # Sources know parts of which they do not know the place.
            "position": Property("coalesce({n}.position, 0.0)"),
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
        indexed=("released", "runtimeMinutes"),
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
            **properties("disc", "position", "durationSeconds"),
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
        indexed=("born",),
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
            "nsfw": NSFW,
            "entries": ENTRIES,
            "related": similarity.RELATED,
        },
        _ENTITY_FILTERS,
        _BY_NAME,
    ),
    "Term": Kind(
        "{n}:Term",
        {
            **_ENTITY,
            **properties("kind"),
            "works": without_nsfw(
                _list("MATCH ({n})<-[:HAS_TERM]-({m}:Work)", "Work", "{m}.released")
            ),
        },
        _ENTITY_FILTERS,
        _BY_NAME,
        leads_far=True,
    ),
    "Role": Kind(
        "{n}:Role",
        {
            **properties("id"),
            "name": DisplayName(),
            "broader": Relation("MATCH ({n})-[:BROADER]->({m})", to="Role"),
            "narrower": _list("MATCH ({n})<-[:BROADER]-({m})", "Role", "{m}.position"),
            "credits": _list("MATCH ({n})<-[:WITHIN]-()<-[:IN_ROLE]-({m})", "Credit", "{m}.id"),
        },
    ),
    "Credit": Kind(
        "{n}:Credit",
        {
            **properties("id", "creditedAs", "scope", "language", "position"),
            "contributor": Relation("MATCH ({n})<-[:HAS_CREDIT]-({m})", to="Contributor"),
            "role": Relation("MATCH ({n})-[:IN_ROLE]->({m})", to="Role"),
            "on": Relation("MATCH ({n})-[:ON]->({m})", to="Creation"),
            "character": Relation("MATCH ({n})-[:PLAYS]->({m})", to="Character"),
            "sources": citations(),
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
            **properties("id", "name", "owner", "itemCount"),
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
}
