"""A thousand rows of ten fields in one answer."""

import orjson

from bench.questions import Question
from graph.client import Client

ROWS, PER_WORK = 1000, 10
_WORKS = """
MATCH (work:Work) WHERE COUNT { (work)<-[:ON]-() } >= $each AND NOT coalesce(work.nsfw, false)
WITH work ORDER BY coalesce(work.ratingCount, 0) DESC, work.id LIMIT $works
RETURN work.id
"""
_QUERY = """
query Table($ids: [ID!]!, $each: Int!) {
  nodes(ids: $ids) { ... on Work {
    credits(first: $each) { nodes {
      id creditedAs scope language
      role { id name }
      contributor { id slug name }
      character { name }
    } }
  } }
}
"""


async def table(client: Client) -> Question:
    """As many works as a page has at most, with ten credits of ten fields each."""
    parameters = {"each": PER_WORK, "works": ROWS // PER_WORK}
    ids = [id_ for (id_,) in await client.read(_WORKS, parameters)]
    variables = {"ids": ids, "each": PER_WORK}
    return Question(
        f"{ROWS:,} rows of ten fields", orjson.dumps({"query": _QUERY, "variables": variables})
    )
