"""Search: which of all names a text means, and how well each matches.

Names that have all words come first, those of famous things before all others: of a few letters
these are enough. Only where names that have all words are few, names that have some of them are
looked at: what they belong to may be tied to what has the others, or they may be meant. Words with
two errors are looked for last, where nothing but guesses is found. Where ``types`` are given, the
index finds names of these alone, but for the two that are tied: one of them may be of another type.
"""

from collections.abc import Sequence

from graph.declarations import (
    Argument,
    Bound,
    Kind,
    Minimum,
    Property,
    Relation,
    TypeFilter,
    Wording,
)
from graph.nsfw import without_nsfw

LONGEST_QUERY = 300

# How well a name matches: it is the text; it sounds like it; it is somebody's whose family name
# says enough; it begins with it, or has it; it has its words; it has some, and belongs to a thing
# that is tied to one that has the others; it has their beginnings or parts; it has almost the same
# words; it has as many of its letters. A tag is mostly somebody's spelling of a name, and matches
# no better than words do.
WHOLE, SOUND, CALLED, HAS = 1.0, 0.95, 0.75, 0.7
WORDS, TIED, PARTS, ALMOST, GUESS = 0.6, 0.55, 0.45, 0.25, 0.1
_RENOWNED = "x" * 6
"""So famous are those whom one word names."""
_TAG = 0.35
_OF_NAME = 0.09
_OF_TIED = 0.05
_OF_GUESS = 0.1

KNOWN = """COUNT {{ ({n})--() }} - COUNT {{ ({n})-[:CREDITED|RELATED]-() }}
  + coalesce({n}.ratingCount, 0) / 8"""
"""How much there is on an entity: what it is tied to, and how many have rated it."""

MOST = 300
"""So many names are looked at. Of more, those of the most famous things: all that are as famous, as
long as these are enough."""
ENOUGH = 10
"""If so many names have all words, or one is the text, no others are looked for; nor what is tied,
if one has the text.
"""
NEAR = 100
MOST_ENDS = 100
_ENDS = 25
_LIKELY = 0.65

_SIGNS = "head(split({}.fame, ' '))"
_LETTERS = "' ' + name.folded + ' | ' + name.sound + ' '"
_FORM = "any(form IN word.{} WHERE letters CONTAINS form)"

_FEW = f"""size([each IN complete WHERE each[1] >= {{least}}]) < {ENOUGH}
    AND none(each IN complete WHERE each[1] >= {{better}})"""


def _of_types(types: Sequence[str] | None) -> str:
    """What queries in Lucene's syntax end with to find names of these types, which counts nothing;
    that none is wanted is for the filter to say.
    """
    wanted = " ".join(dict.fromkeys(map(str.lower, types or ())))
    return f" +fame:({wanted})^0" if wanted else ""


def _found(queries: str, names: str) -> str:
    """The most famous names that queries in Lucene's syntax find."""
    return f"""CALL (*) {{{{
      UNWIND {queries} AS words
      CALL db.index.fulltext.queryNodes('name_sounds', words + {{types}}, {{{{limit: {MOST}}}}})
      YIELD node
      RETURN collect(node) AS {names}
    }}}}"""


_COMPLETE = f"""CALL {{{{
  CALL {{{{
    {_found("{query}.famous", "famous")}
    {_found(f"CASE WHEN size(famous) < {MOST} THEN {{query}}.complete ELSE [] END", "every")}
    WITH CASE WHEN size(famous) < {MOST} THEN every ELSE famous END AS nodes
    WITH nodes, coalesce({_SIGNS.format("last(nodes)")}, '') AS least,
      coalesce({_SIGNS.format(f"nodes[{ENOUGH}]")}, '') AS common
    UNWIND [each IN nodes WHERE size(nodes) < {MOST} OR common = least
      OR each.fame STARTS WITH least + 'x'] AS name
    RETURN name
    UNION
    MATCH (name:Name) WHERE name.key IN {{query}}.keys
    RETURN name
  }}}}
  WITH name, {_LETTERS} AS letters,
    split(name.joined, ' ') AS joined
  WITH name, CASE
    WHEN name.key IN {{query}}.keys THEN {WHOLE}
    WHEN any(each IN joined WHERE each IN {{query}}.joined) THEN {SOUND}
    WHEN size({{query}}.words) = 1 AND any(form IN {{query}}.whole WHERE letters CONTAINS form)
      AND name.fame STARTS WITH '{_RENOWNED}' AND name.fame ENDS WITH ' person' THEN {CALLED}
    WHEN name.folded STARTS WITH {{query}}.folded
      OR any(each IN joined WHERE any(begun IN {{query}}.joined WHERE each STARTS WITH begun))
      OR any(form IN {{query}}.whole WHERE letters CONTAINS form) THEN {HAS}
    WHEN all(word IN {{query}}.words WHERE {_FORM.format("whole")}) THEN {WORDS}
    WHEN all(word IN {{query}}.words WHERE {_FORM.format("parts")}) THEN {PARTS}
    ELSE {ALMOST}
  END AS score, CASE last(joined) WHEN '' THEN 1.0
    ELSE toFloat({{query}}.size) / size(last(joined)) END AS share
  RETURN collect([name, score + CASE WHEN score < {SOUND} AND size({{query}}.words) > 1
    THEN {_OF_NAME} * toInteger(2 * CASE WHEN share > 1 THEN 1.0 ELSE share END) / 2
    ELSE 0 END]) AS complete
}}}}"""


def _alike(condition: str, queries: str, names: str) -> str:
    """Names that are not the text, and how much they are alike."""
    return f"""CALL (*) {{{{
  UNWIND CASE WHEN {condition} THEN {{query}}.{queries} ELSE [] END AS meant
  CALL db.index.fulltext.queryNodes(
    'name_sounds', meant.words + {{types}}, {{{{limit: {NEAR}}}}})
  YIELD node AS name
  WITH name, meant.almost AS almost, last(split(name.joined, ' ')) AS joined
  WITH name, almost, joined, toFloat({{query}}.size) AS size, toFloat(size(joined)) AS length,
    toFloat(size([pair IN {{query}}.pairs WHERE joined CONTAINS pair])) AS pairs,
    toFloat(size([letter IN {{query}}.letters WHERE joined CONTAINS letter])) AS letters
  WITH name, almost, CASE
    WHEN length > 4 AND any(whole IN {{query}}.joined WHERE whole CONTAINS joined)
      THEN 0.5 + 0.5 * length / size
    WHEN size({{query}}.pairs) = 0 THEN 0
    ELSE (pairs / size({{query}}.pairs) + letters / size({{query}}.letters)
      * CASE WHEN size < length THEN size / length ELSE length / size END) / 2
  END AS likeness WHERE almost OR likeness >= {_LIKELY} OR joined IN {{query}}.runs
  RETURN collect([name, CASE WHEN almost THEN {ALMOST} ELSE {GUESS} END
    + {_OF_GUESS} * round(CASE WHEN likeness > 1 THEN 1.0 ELSE likeness END, 1)]) AS {names}
}}}}"""


_NEAR = _alike(_FEW.format(least=0, better=SOUND), "meant", "near")
_FAR = _alike(
    f"size(complete + tied) = 0 AND none(each IN near WHERE each[1] >= {ALMOST})", "distant", "far"
)


def _ends(side: str, halves: str) -> str:
    """The most famous things that have the words of one side, with how much of the name that is."""
    return f"""CALL (*) {{{{
    UNWIND {halves} AS half
    CALL db.index.fulltext.queryNodes(
      'name_sounds', half.{side}.words, {{{{limit: {MOST_ENDS}}}}}) YIELD node AS name
    MATCH (thing:Entity)-[:NAMED]->(name)
    WITH thing, name, toFloat(half.{side}.size) / size(last(split(name.joined, ' '))) AS share
    ORDER BY {_SIGNS.format("name")} DESC, share DESC, name.id
    WITH thing, head(collect([thing, name, CASE WHEN share > 1 THEN 1.0 ELSE share END])) AS end
    RETURN collect(end)[..{_ENDS}] AS {side}
  }}}}"""


# From creations to what they are credited to, who appears in them, and what they are a part of.
_TIED = f"""CALL (*) {{{{
  UNWIND CASE WHEN {_FEW.format(least=WORDS, better=HAS)}
    THEN {{query}}.halves ELSE [] END AS halves
  {_ends("left", "[halves]")}
  {_ends("right", "CASE WHEN size(left) > 0 THEN [halves] ELSE [] END")}
  UNWIND [[left, right], [right, left]] AS sides
  WITH sides[0] AS ends, sides[1] AS others, [end IN sides[1] | end[0]] AS those
  WHERE size(those) > 0
  UNWIND ends AS end
  WITH end, others, those, end[0] AS creation WHERE creation:Creation
  MATCH (creation)<-[:CREDITED|APPEARS_IN|HAS_SEGMENT|HAS_TRACK|HAS_SOUNDTRACK|HAS_ENTRY]-(other)
  WHERE other IN those
  WITH DISTINCT end, others, other
  UNWIND [each IN others WHERE each[0] = other] AS via
  WITH CASE WHEN other:Character THEN [via, end] ELSE [end, via] END AS both
  UNWIND [[both[0], {TIED} + {_OF_TIED} * both[0][2]], [both[1], {TIED} - {_OF_TIED}]] AS row
  RETURN collect([row[0][0], row[0][1], row[1]]) AS tied
}}}}"""

_SEARCH = Relation(
    f"""{_COMPLETE}
{_TIED}
{_NEAR}
{_FAR}
CALL (*) {{{{
  UNWIND complete + near + far AS row
  WITH row[0] AS name, row[1] AS score
  MATCH (thing:Entity)-[:NAMED]->(name)
  RETURN thing, name, score
  UNION ALL
  UNWIND tied AS row
  RETURN row[0] AS thing, row[1] AS name, row[2] AS score
}}}}
WITH thing, min([-score, name.folded <> {{query}}.folded, size(name.text), name.text]) AS best
WITH thing, -best[0] AS score, best[3] AS matched
WITH thing AS {{n}}, round(score - CASE WHEN thing.kind = 'TAG' AND score > {WORDS}
  THEN {_TAG} ELSE 0 END, 4) AS {{score}}, matched AS {{matched}}""",
    to="Entity",
    target="n",
    filtered_as="Found",
    order=(
        "-{score}",
        f"-toInteger(4 * log(1 + {KNOWN}))",
        "{n}.sortName",
    ),
    identity="{n}.id",
    arguments={"query": Wording(LONGEST_QUERY), "types": Argument(_of_types)},
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
