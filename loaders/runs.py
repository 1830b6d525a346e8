"""Counting equal values without an aggregation."""

from loaders.draft import Draft
from loaders.filters import block


def runs(draft: Draft, clauses: list[str], value: str, count: str) -> str:
    """Clauses that bind each different ``value`` among the rows of ``clauses``, and as ``count``
    how many rows have it.

    Neo4j 5 takes no aggregation within a subquery expression whose surroundings use variables,
    so the values are sorted and the lengths of their runs taken.
    """
    sorted_ = block("COLLECT", "\n".join([*clauses, f"RETURN {value} ORDER BY {value}"]))
    each, start, i = (draft.variable(name) for name in ("each", "start", "i"))
    return f"""UNWIND [{sorted_}] AS {each}
WITH {each}, [{i} IN range(0, size({each}) - 1)
  WHERE {i} = 0 OR {each}[{i}] <> {each}[{i} - 1]] AS {start}
UNWIND range(0, size({start}) - 1) AS {i}
WITH {each}[{start}[{i}]] AS {value},
  coalesce({start}[{i} + 1], size({each})) - {start}[{i}] AS {count}"""
