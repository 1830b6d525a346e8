"""The orders in which a franchise's entries stand: as released, and as the story goes.

Each entry has a place of its own in both, from 1. Both follow from what sources state of entries
and works, so every import that writes derives them again, in its own transaction.
"""

from typing import Final

RANKS: Final = ("story", "release", "course")
"""The properties of HAS_ENTRY that hold the two places, and what the first is told by: the place in
the course of the story that follows from relations.
"""

RANKING: Final = """CYPHER 5 MATCH (f:Franchise)-[e:HAS_ENTRY]->(w:Work)
WITH f, e, w ORDER BY w.released, w.sortName, w.id
WITH f, collect(e) AS entries
UNWIND range(1, size(entries)) AS release
WITH f, entries[release - 1] AS e, release
ORDER BY e.course, e.position, release
WITH f, collect({entry: e, release: release}) AS entries
UNWIND range(1, size(entries)) AS story
WITH entries[story - 1].entry AS e, entries[story - 1].release AS release, story
WHERE e.story IS NULL OR e.story <> story OR e.release IS NULL OR e.release <> release
SET e.story = story, e.release = release"""
"""Gives every entry its places, and writes only those that change.

By release: unknown dates last, then by name and id. By story: as relations tell it; what they do
not tell of yet follows, by the position that a source states, then by release.
"""
