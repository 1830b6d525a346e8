"""Prices: what is said of single fields for their cost; every other field has the usual price.

Keys are fields, with their type where the same field differs by type.
"""

from collections.abc import Mapping

SIZES: Mapping[str, int] = {
    "names": 8,
    "images": 3,
    "externalIds": 4,
    "descriptions": 3,
    "sources": 3,
    "conflicts": 2,
    "Conflict.values": 3,
    "reasons": 5,
    "via": 5,
    "voices": 5,
    "soundtracks": 3,
    "uses": 3,
    "franchises": 2,
    "gaps": 2,
    "Collaboration.roles": 3,
    "theirRoles": 3,
    "Track.credits": 8,
    "tracks": 50,
    "Facet.values": 20,
    "Query.roles": 250,
    "Query.relationKinds": 60,
    # Of the schema itself: types with fields have more of them, but most types have none.
    "__Schema.types": 150,
    "__Type.fields": 3,
    "__Type.inputFields": 3,
    "__Type.enumValues": 2,
    "__Type.interfaces": 1,
    "__Type.possibleTypes": 1,
    "__Field.args": 1,
    "__Directive.args": 1,
}
"""How many rows a list has as a rule, where that is fewer than may be asked for."""

USUAL_SIZE = 10
"""How many rows any other plain list has as a rule."""

LOOKUPS: Mapping[str, int] = {
    "totalCount": 20,
    "conflicts": 100,
    "facets": 100,
    "collaborators": 200,
    "recommendations": 500,
    "related": 500,
    "search": 500,
    "paths": 1000,
    "similar": 2000,
}
"""What a field costs beyond 1 because more is read for it than is answered: for each item of a
list that it must be given."""

HOP = 20
"""How many times a filter counts what `some`, `all`, `none`, `single` and `count` hold."""
