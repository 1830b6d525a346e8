"""Search: which of all names a text means, and how well each matches."""

from graph.declarations import Bound, Kind, Minimum, Property, Relation, TypeFilter, Wording
from graph.nsfw import without_nsfw

LONGEST_QUERY = 300

# How well a name matches: exactly, or from a tier's base upwards by how much of the longer of name
# and text the two have in common. The tiers do not overlap.
_PREFIX, _WORDS, _GUESS, _WIDTH = 0.7, 0.4, 0.1, 0.25

_IN_COMMON = """toFloat(size([pair IN wanted.pairs WHERE letters CONTAINS pair]))
    / CASE WHEN size(letters) - 1 > size(wanted.pairs)
           THEN size(letters) - 1 ELSE size(wanted.pairs) END"""

_SEARCH = Relation(
    # Names that romanise Japanese are kept under a key of their own form, marked "~". Of an
    # entity's names, the best counts.
    f"""CALL {{{{
  UNWIND {{query}}.fulltext AS words
  CALL db.index.fulltext.queryNodes('name_words', words) YIELD node
  RETURN node AS name
  UNION
  MATCH (name:Name) WHERE name.key IN {{query}}.keys
  RETURN name
  UNION
  MATCH (name:Name) WHERE name.folded STARTS WITH {{query}}.folded
  RETURN name
}}}}
WITH name, ' ' + replace(name.key, '~', '') AS letters,
  CASE WHEN name.key STARTS WITH '~' THEN {{query}}.romanized ELSE {{query}}.plain END AS wanted
WITH name, CASE
  WHEN name.key IN {{query}}.keys THEN 1.0
  ELSE round(CASE
    WHEN name.folded STARTS WITH {{query}}.folded THEN {_PREFIX}
    WHEN all(word IN wanted.words WHERE letters CONTAINS word) THEN {_WORDS}
    ELSE {_GUESS}
  END + {_WIDTH} * {_IN_COMMON}, 4)
END AS score
MATCH (found:Entity)-[:NAMED]->(name)
WITH found, name, score
ORDER BY score DESC, name.folded = {{query}}.folded DESC, size(name.text), name.text
WITH found, head(collect([score, name.text])) AS best
WITH found AS {{n}}, best[0] AS {{score}}, best[1] AS {{matched}}""",
    to="Entity",
    target="n",
    filtered_as="Found",
    order=("-{score}", "-toInteger(log(COUNT {{ ({n})--() }}))", "{n}.sortName"),
    identity="{n}.id",
    arguments={"query": Wording(LONGEST_QUERY)},
    aggregates=True,
    edge={"score": Property("{score}"), "matched": Property("{matched}")},
)
SEARCH = without_nsfw(_SEARCH)

KINDS = {
    "Found": Kind(
        "",
        {},
        {"types": TypeFilter(), "where": Bound("n", "Creation"), "minScore": Minimum("{score}")},
    ),
}
