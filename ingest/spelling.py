"""Spelling: what search compares stands on all names as this program works it out."""

from typing import Final

from graph.client import Client, Step
from ingest.fame import fame
from ingest.revision import ANOTHER
from ingest.sound import VERSION, spelled

_DONE: Final = "CYPHER 5 MATCH (s:Schema) RETURN coalesce(max(s.spelling), 0)"
_NAMES: Final = """CYPHER 5 MATCH (n:Name) WHERE n.id > $after
WITH n ORDER BY n.id LIMIT 5000 RETURN n.id, n.text, properties(n)"""
_SPELL: Final = """CYPHER 5 UNWIND $rows AS row MATCH (n:Name {id: row.id}) SET n += row.spelled"""
_MARK: Final = """CYPHER 5 MATCH (s:Schema) WITH s ORDER BY s.version DESC LIMIT 1
SET s.spelling = $version"""
UNSPELL: Final = Step("CYPHER 5 MATCH (s:Schema) WHERE s.spelling IS NOT NULL REMOVE s.spelling")
"""Says that names are not spelt as they should be: the next start spells all."""


async def spell(client: Client) -> bool:
    """Bring all names up to this program's spelling, unless they are; whether it was done."""
    ((done,),) = await client.read(_DONE)
    if done == VERSION:
        return False
    after = ""
    while names := await client.read(_NAMES, {"after": after}):
        after = names[-1][0]
        wanted = [(id_, spelled(text), held) for id_, text, held in names]
        rows = [
            {"id": id_, "spelled": spelling}
            for id_, spelling, held in wanted
            if not spelling.items() <= held.items()
        ]
        if rows:
            await client.write_all([ANOTHER, Step(_SPELL, {"rows": rows})])
    await fame(client)
    await client.write(_MARK, {"version": VERSION})
    return True
