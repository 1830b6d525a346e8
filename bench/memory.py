"""How large the server grows when no two questions are the same.

Documents differ in their names, aliases and arguments, and are short and long, so that everything
the server keeps by a document fills up. Many in a row become the same statement, with other
parameters: Neo4j takes far longer to plan one than the server does.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import orjson

from bench.load import spend
from bench.pages import posted
from bench.servers import Server

FIELDS = (
    *("id", "slug", "name", "kind", "released", "deck", "rating", "ratingCount", "nsfw"),
    *("runtimeMinutes", "contentRating", "description", "descriptionLanguage", "updatedAt"),
)
ALIKE = 1000
"""So many in a row ask for the same fields."""
LONG, LONGEST = 20, 6
"""Every so-maniest document has its fields so many times, each under another alias."""
CONNECTIONS = 8
WATCHED = 1000


class Growth(NamedTuple):
    """Resident bytes: of the server that has answered nothing, at most, and at the end."""

    questions: int
    before: int
    most: int
    after: int


async def growth(server: Server, ids: Sequence[str], number: int) -> Growth:
    """Ask so many questions about the works. Raises BadAnswer."""
    before = server.memory
    found = [before]
    for start in range(0, number, WATCHED):
        batch = range(start, min(start + WATCHED, number))
        asked = posted(server, (document(each, ids[each % len(ids)]) for each in batch))
        await spend(asked.port, asked.requests, CONNECTIONS)
        found.append(server.memory)
    return Growth(number, before, max(found), found[-1])


def document(number: int, id_: str) -> bytes:
    """A request's body that no other number has."""
    chosen = [field for bit, field in enumerate(FIELDS) if not (number // ALIKE) >> bit & 1] or [
        "id"
    ]
    return orjson.dumps({"query": " ".join(_words(number, chosen)), "variables": {"id": id_}})


def _words(number: int, fields: Sequence[str]) -> Iterator[str]:
    yield f"query Q{number}($id: ID!) {{ work(id: $id) {{"
    for copy in range(1 if number % LONG else LONGEST):
        yield from (f"{field}_{number}_{copy}: {field}" for field in fields)
    yield f"credits(first: {1 + number % 20}) {{ nodes {{ role {{ id }} }} }} }} }}"
