"""What a person calls an entity by: an id or a slug, its own or that of something merged."""

from typing import NamedTuple

from graph.client import Client
from graph.errors import FilmographError
from ingest.records import EntityType

_BY_SLUG = "\nUNION\n".join(
    f"  MATCH (n:{type_} {{slug: $given}}) RETURN n, null AS alias" for type_ in EntityType
)
_FOUND = f"""CYPHER 5 CALL () {{
  MATCH (n:Entity {{id: $given}}) RETURN n, null AS alias
UNION
{_BY_SLUG}
UNION
  MATCH (a:Alias {{id: $given}})-[:MEANS]->(n) RETURN n, a.id AS alias
UNION
  MATCH (a:Alias {{slug: $given}})-[:MEANS]->(n) RETURN n, a.id AS alias
}}
RETURN n.id, n.slug, labels(n), alias ORDER BY n.id"""


class Address(NamedTuple):
    """An entity, and the ``alias`` by which it was found, if it was."""

    id: str
    slug: str
    type: str
    alias: str | None


async def find(client: Client, given: str) -> Address:
    """Raises FilmographError where nothing, or more than one thing, is called this."""
    rows = await client.read(_FOUND, {"given": given})
    found = [
        Address(id_, slug, next(label for label in labels if label in set(EntityType)), alias)
        for id_, slug, labels, alias in rows
    ]
    if not found:
        raise FilmographError(f"Nothing in the graph has the id or slug {given!r}")
    if len({address.id for address in found}) > 1:
        listed = ", ".join(repr(address.alias or address.id) for address in found)
        raise FilmographError(f"{given!r} is the slug of several things: {listed}. Give the id.")
    return found[0]
