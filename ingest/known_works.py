"""The works of the graph, as far as another source's works are compared with them."""

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Any, Final

from graph.client import Client
from ingest.likeness import Description, Title
from ingest.matching import KnownId, KnownName, KnownWork

BATCH: Final = 2000
_ALL: Final = "work:"
"""All ids of works come after it."""
_WORKS: Final = """CYPHER 5 MATCH (w:Entity) WHERE w.id > $after AND w:Work
WITH w ORDER BY w.id LIMIT $limit
RETURN w.id, w.kind, w.released,
  COLLECT { MATCH (w)-[c:CITES]->() RETURN [c.origin, c.released] },
  COLLECT {
    MATCH (w)-[e:NAMED]->(n)
    RETURN [n.key, n.folded, n.text, n.kind, n.language,
      any(tag IN e.stated WHERE NOT tag STARTS WITH $own)]
  },
  COLLECT {
    MATCH (w)-[e:HAS_EXTERNAL_ID]->(x)
    RETURN [x.site, x.externalId, any(tag IN e.stated WHERE NOT tag STARTS WITH $own)]
  },
  COLLECT { MATCH (w)<-[:MEANS]-(alias) RETURN alias.id }
ORDER BY w.id"""


async def known_works(client: Client, own: str) -> AsyncIterator[list[KnownWork]]:
    """All works, in batches. ``own`` is how the origins of the source's parts begin."""
    after = _ALL
    while True:
        parameters = {"after": after, "limit": BATCH, "own": own}
        rows = await client.read(_WORKS, parameters)
        if not rows:
            return
        yield [_work(row, own) for row in rows]
        after = rows[-1][0]


def _work(row: Sequence[Any], own: str) -> KnownWork:
    id_, kind, released, citations, names, ids, aliases = row
    dates = [released, *(date for _, date in citations)]
    return KnownWork(
        id=id_,
        description=Description(
            kind, frozenset(_years(dates)), frozenset(Title(*name[:2]) for name in names)
        ),
        ids=tuple(KnownId(*each) for each in ids),
        elsewhere=any(not origin.startswith(own) for origin, _ in citations) or not citations,
        aliases=(*aliases, *_own_ids(own, citations)),
        names=tuple(
            KnownName(text, kind, language)
            for *_, text, kind, language, elsewhere in names
            if elsewhere
        ),
    )


def _own_ids(own: str, citations: Iterable[tuple[str, str | None]]) -> Iterable[str]:
    """The ids that the source's parts have that an earlier import found to be this work."""
    return (
        f"{_ALL}{origin.removeprefix(own)}" for origin, _ in citations if origin.startswith(own)
    )


def _years(dates: Iterable[str | None]) -> Iterable[int]:
    return (int(date[:4]) for date in dates if date)
