"""Paths: ways between two things, the shortest first, and what ties their stops."""

from collections import Counter, defaultdict
from itertools import combinations, pairwise, permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.client import Client
from loaders.answer import Context
from schema.schema import schema
from tests.conftest import Ask
from tests.examples import examples

PATHS = """query (
  $from: ID!, $to: ID!, $maxLength: Int = 6, $first: Int = 1, $through: [PathTie!], $roles: [ID!],
  $relations: [ID!], $maxDegree: Int, $includeNsfw: Boolean
) {
  paths(
    from: $from, to: $to, maxLength: $maxLength, first: $first, through: $through, roles: $roles,
    relations: $relations, maxDegree: $maxDegree, includeNsfw: $includeNsfw
  ) {
    length steps { text from { id } to { id } credit { role { id } contributor { id } on { id } } }
  }
}"""
KON, OTOMO, KANNO = "person:bangumi-1313", "person:bangumi-2057", "person:bangumi-101"


async def paths(ask: Ask, start: str, end: str, **arguments: Any) -> Any:
    return (await ask(PATHS, **{"from": start, "to": end, **arguments}))["paths"]


async def texts(ask: Ask, start: str, end: str) -> list[str]:
    (path,) = await paths(ask, start, end)
    return [step["text"] for step in path["steps"]]


async def id_of(ask: Ask, field: str, slug: str) -> str:
    found: str = (await ask(f'{{ {field}(slug: "{slug}") {{ id }} }}'))[field]["id"]
    return found


async def test_two_people_of_one_segment(ask: Ask) -> None:
    rose = await id_of(ask, "segment", "magnetic-rose")
    (path,) = await paths(ask, KANNO, KON)
    assert path["length"] == 2
    first, second = path["steps"]
    assert (first["from"]["id"], first["to"]["id"]) == (KANNO, rose)
    assert (second["from"]["id"], second["to"]["id"]) == (rose, KON)
    assert first["credit"]["contributor"]["id"] == KANNO
    assert second["credit"] == {
        "role": {"id": "screenwriter"},
        "contributor": {"id": KON},
        "on": {"id": rose},
    }
    assert first["text"] == "Yoko Kanno scored Magnetic Rose"
    assert second["text"].startswith("Satoshi Kon wrote Magnetic Rose")


async def test_each_tie_in_words(ask: Ask) -> None:
    memories, rose, bomb, roujin, album = [
        await id_of(ask, field, slug)
        for field, slug in (
            ("work", "memories"),
            ("segment", "magnetic-rose"),
            ("segment", "stink-bomb"),
            ("work", "roujin-z"),
            ("soundtrack", "memories-original-motion-picture-soundtrack"),
        )
    ]
    answer = await ask(
        '{ character(slug: "heintz-beckner") { id } '
        f'soundtrack(id: "{album}") {{ tracks(first: 1) {{ nodes {{ id name }} }} }} }}'
    )
    heintz, (track,) = answer["character"]["id"], answer["soundtrack"]["tracks"]["nodes"]
    title = "Memories: Original Motion Picture Soundtrack"
    assert await texts(ask, rose, memories) == ["Magnetic Rose is a part of Memories"]
    assert await texts(ask, memories, album) == [f"{title} is a soundtrack of Memories"]
    assert await texts(ask, album, track["id"]) == [f"{track['name']} is a track of {title}"]
    assert await texts(ask, rose, heintz) == ["Heintz Beckner appears in Magnetic Rose"]
    assert await texts(ask, bomb, roujin) == ["Stink Bomb refers to Roujin Z"]
    assert await texts(ask, roujin, bomb) == ["Stink Bomb refers to Roujin Z"]


async def test_a_voice_is_a_tie_to_the_character(ask: Ask) -> None:
    answer = await ask(
        '{ character(slug: "heintz-beckner") { id credits(first: 1) { nodes { contributor '
        "{ id name } role { id } } } } }"
    )
    (credit,) = answer["character"]["credits"]["nodes"]
    (path,) = await paths(ask, answer["character"]["id"], credit["contributor"]["id"])
    (step,) = path["steps"]
    assert step["text"] == f"{credit['contributor']['name']} voiced Heintz Beckner"
    assert step["credit"]["role"] == credit["role"]


async def test_music_and_franchises_are_ties(empty_graph: Client) -> None:
    await empty_graph.write(
        "CREATE (w:Entity:Creation:Work {id: 'w', name: 'W', sortName: 'w'}), "
        "(:Entity:Creation:Track {id: 't', name: 'T', sortName: 't'})-[:USED_IN]->(w), "
        "(:Entity:Franchise {id: 'f', name: 'F', sortName: 'f'})-[:HAS_ENTRY]->(w)"
    )
    (path,) = await paths_in(empty_graph, "t", "f")
    assert [step["text"] for step in path["steps"]] == ["T is heard in W", "W belongs to F"]


async def test_terms_lists_and_roles_are_no_ways(empty_graph: Client) -> None:
    await empty_graph.write(
        "CREATE (a:Entity:Work {id: 'a', name: 'A', sortName: 'a'}), "
        "(b:Entity:Work {id: 'b', name: 'B', sortName: 'b'}), "
        "(t:Entity:Term {id: 't', name: 'T', sortName: 't'}), "
        "(a)-[:HAS_TERM]->(t), (b)-[:HAS_TERM]->(t), (a)<-[:LISTS]-(:List)-[:LISTS]->(b), "
        "(a)<-[:ON]-(:Credit)-[:IN_ROLE]->(r:Role), (b)<-[:ON]-(:Credit)-[:IN_ROLE]->(r), "
        "(a)-[:RELATED {kinds: []}]->(t), (b)-[:RELATED {kinds: []}]->(t)"
    )
    assert await paths_in(empty_graph, "a", "b") == []
    (path,) = await paths_in(empty_graph, "a", "b", through=["TERM"])
    assert [step["text"] for step in path["steps"]] == ["A is tagged T", "B is tagged T"]


async def test_a_term_is_an_end(ask: Ask) -> None:
    memories = await id_of(ask, "work", "memories")
    answer = await ask(
        f'{{ work(id: "{memories}") {{ terms(first: 1) {{ nodes {{ id name }} }} }} }}'
    )
    (term,) = answer["work"]["terms"]["nodes"]
    for start, end in ((memories, term["id"]), (term["id"], memories)):
        assert await texts(ask, start, end) == [f"Memories is tagged {term['name']}"]
    (path,) = await paths(ask, term["id"], KON, maxLength=4)
    assert path["steps"][0]["from"]["id"] == term["id"]


HUB = """
CREATE (a:Entity:Creation:Work {id: 'a', name: 'A', sortName: 'a'}),
  (b:Entity:Creation:Work {id: 'b', name: 'B', sortName: 'b'})
FOREACH (who IN ['hub', 'person'] |
  CREATE (:Entity:Contributor:Person {id: who, name: who, sortName: who}))
FOREACH (i IN range(1, 9) |
  CREATE (:Entity:Creation:Work {id: 'w' + i, name: 'w' + i, sortName: 'w' + i}))
WITH * MATCH (hub {id: 'hub'}), (person {id: 'person'}), (w:Work)
MERGE (hub)-[:CREDITED {roles: ['animator']}]->(w)
WITH DISTINCT person, a, b, hub
CREATE (person)-[:CREDITED {roles: ['director']}]->(a),
  (person)-[:CREDITED {roles: ['director']}]->(b),
  (r:Role {id: 'director', name: 'Director', position: 1}), (r)-[:WITHIN]->(r),
  (s:Role {id: 'animator', name: 'Animator', position: 2}), (s)-[:WITHIN]->(s)
"""


async def test_the_fewest_ties_come_first_and_hubs_can_be_left_out(empty_graph: Client) -> None:
    await empty_graph.write(HUB)
    ways = await paths_in(empty_graph, "a", "b", first=5)
    assert [way["steps"][0]["to"]["id"] for way in ways] == ["person", "hub"]
    for limit, number in ((11, 2), (10, 1), (2, 1), (1, 0)):
        assert len(await paths_in(empty_graph, "a", "b", first=5, maxDegree=limit)) == number
    assert len(await paths_in(empty_graph, "hub", "b", maxDegree=1)) == 1


async def test_only_credits_in_some_roles(empty_graph: Client) -> None:
    await empty_graph.write(HUB)
    for role, stop in (("director", "person"), ("animator", "hub")):
        (way,) = await paths_in(empty_graph, "a", "b", first=5, roles=[role])
        assert way["steps"][0]["to"]["id"] == stop
    assert len(await paths_in(empty_graph, "a", "b", first=5, roles=["director", "animator"])) == 2
    assert await paths_in(empty_graph, "a", "b", roles=["nobody"]) == []
    assert await paths_in(empty_graph, "a", "b", roles=[]) == []


async def test_a_role_has_those_below_it(ask: Ask) -> None:
    assert len(await paths(ask, KANNO, KON, roles=["music", "writing"])) == 1
    for way in await paths(ask, KANNO, KON, roles=["music"], first=100):
        assert all(step["credit"] is None for step in way["steps"] if step["to"]["id"] == KON)


async def test_only_relations_of_some_kinds_and_ties_of_some(ask: Ask) -> None:
    bomb = await id_of(ask, "segment", "stink-bomb")
    roujin = await id_of(ask, "work", "roujin-z")
    for kind in ("references", "referenced-by"):
        (path,) = await paths(ask, bomb, roujin, relations=[kind])
        assert [step["text"] for step in path["steps"]] == ["Stink Bomb refers to Roujin Z"]
    (longer,) = await paths(ask, bomb, roujin, relations=["sequel"])
    assert longer["length"] > 1
    assert [way["length"] for way in await paths(ask, bomb, roujin, through=["RELATION"])] == [1]
    assert await paths(ask, KANNO, KON, through=["RELATION", "PART"]) == []
    assert await paths(ask, KANNO, KON, through=[]) == []


async def test_what_is_not_safe_for_work_is_no_stop(empty_graph: Client) -> None:
    """The only shortest way leads through it; a longer one does not."""
    await empty_graph.write(
        "UNWIND ['a', 'x', 'b', 'c', 'd'] AS id "
        "CREATE (:Entity:Creation:Work {id: id, name: id, sortName: id}) "
        "WITH count(*) AS all UNWIND ['ax', 'xb', 'ac', 'cd', 'db'] AS pair "
        "MATCH (one {id: left(pair, 1)}), (other {id: right(pair, 1)}) "
        "CREATE (one)-[:HAS_SEGMENT]->(other) "
        "SET one.nsfw = CASE one.id WHEN 'x' THEN true END"
    )
    ways = [await paths_in(empty_graph, "a", "b", includeNsfw=each) for each in (True, False)]
    assert [way["length"] for (way,) in ways] == [2, 3]
    assert [way["length"] for way in await paths_in(empty_graph, "a", "x")] == [1]


async def test_several_credits_on_one_thing_are_one_step(ask: Ask) -> None:
    ways = await paths(ask, KON, OTOMO, first=100)
    assert len(ways) > 1
    stops = [[step["to"]["id"] for step in way["steps"]] for way in ways]
    assert len({tuple(way) for way in stops}) == len(ways)


async def test_ways_have_a_stable_order_and_first_takes_the_front(ask: Ask) -> None:
    ways = await paths(ask, KON, OTOMO, first=100)
    assert len(ways) > 1
    assert await paths(ask, KON, OTOMO, first=100) == ways
    for first in (0, 1, 2, 3, 10, 50):
        assert await paths(ask, KON, OTOMO, first=first) == ways[:first]
    assert await paths(ask, KON, OTOMO) == ways[:1]


async def test_longer_ways_follow_the_shortest(empty_graph: Client) -> None:
    """From a by none, one and two others to b, and on to a dead end."""
    await draw(empty_graph, ["ab", "ac", "cb", "ad", "db", "de", "eb", "bf"])
    ways = await paths_in(empty_graph, "a", "b", first=5)
    assert [stops(way) for way in ways] == ["b", "cb", "db"]
    assert [stops(way) for way in await paths_in(empty_graph, "a", "b", first=2)] == ["b", "cb"]
    assert [stops(way) for way in await paths_in(empty_graph, "a", "b")] == ["b"]
    limited = await paths_in(empty_graph, "a", "b", first=5, maxLength=1)
    assert [stops(way) for way in limited] == ["b"]


async def test_from_a_thing_to_itself(ask: Ask) -> None:
    assert await paths(ask, KON, KON, first=5) == [{"length": 0, "steps": []}]


async def test_unknown_ids_lead_nowhere(ask: Ask) -> None:
    for unknown in ("person:nobody", "", "director", "?"):
        assert await paths(ask, KON, unknown) == []
        assert await paths(ask, unknown, KON) == []
        assert await paths(ask, unknown, unknown) == []


async def test_no_further_than_max_length(ask: Ask) -> None:
    assert await paths(ask, KANNO, KON, maxLength=1) == []
    assert await paths(ask, KANNO, KON, maxLength=2) == await paths(ask, KANNO, KON, maxLength=None)


@pytest.mark.parametrize("length", [-1, 0, 7])
async def test_max_length_is_bounded(ask: Ask, length: int) -> None:
    assert await ask(PATHS, **{"from": KON, "to": OTOMO, "maxLength": length}) == [
        f"Argument 'maxLength' of 'paths' must be between 1 and 6, not {length}."
    ]


async def test_a_degree_is_a_positive_number(ask: Ask) -> None:
    assert await ask(PATHS, **{"from": KON, "to": OTOMO, "maxDegree": 0}) == [
        "Argument 'maxDegree' of 'paths' must be at least 1, not 0."
    ]


@pytest.mark.parametrize("first", [-1, 101])
async def test_first_is_bounded(ask: Ask, first: int) -> None:
    assert await ask(PATHS, **{"from": KON, "to": OTOMO, "first": first}) == [
        f"Argument 'first' of 'paths' must be between 0 and 100, not {first}."
    ]


async def test_far_ends_meet(empty_graph: Client) -> None:
    """A chain of segments' works: 6 steps are found, 7 are too many."""
    await empty_graph.write(
        "UNWIND range(0, 7) AS i CREATE (:Entity:Work {id: toString(i), name: toString(i), "
        "sortName: toString(i)}) WITH count(*) AS all MATCH (a:Work), (b:Work) "
        "WHERE toInteger(b.id) = toInteger(a.id) + 1 CREATE (a)-[:HAS_SEGMENT]->(b)"
    )
    (path,) = await paths_in(empty_graph, "0", "6")
    assert [step["to"]["id"] for step in path["steps"]] == ["1", "2", "3", "4", "5", "6"]
    assert await paths_in(empty_graph, "0", "7") == []


NEIGHBOURS = """MATCH (a:Entity)-[:HAS_CREDIT|ON|PLAYS|HAS_RELATION]-()
  -[:HAS_CREDIT|ON|PLAYS|HAS_RELATION]-(b:Entity)
WHERE NOT a:Term AND NOT b:Term
RETURN DISTINCT a.id, b.id
UNION
MATCH (a:Entity)-[:HAS_SEGMENT|HAS_SOUNDTRACK|HAS_TRACK|USED_IN|APPEARS_IN|HAS_ENTRY]-(b:Entity)
RETURN DISTINCT a.id, b.id"""


@given(data=st.data())
@examples(40)
async def test_all_shortest_ways_are_found_and_no_others(
    ask: Ask, catalogue: Client, data: st.DataObject
) -> None:
    neighbours = defaultdict(set)
    for a, b in await catalogue.read(NEIGHBOURS):
        neighbours[a].add(b)
    ends = st.sampled_from(sorted(neighbours))
    start, end = data.draw(ends), data.draw(ends)
    length, number = shortest(neighbours, start, end)
    found = await paths(ask, start, end, first=100, includeNsfw=True)
    ways = [(start, *(step["to"]["id"] for step in way["steps"])) for way in found]
    assert len(set(ways)) == len(ways)
    assert sum(len(way) == length + 1 for way in ways) == min(number, 100)
    assert [len(way) for way in ways] == sorted(len(way) for way in ways)
    for way in ways:
        assert len(set(way)) == len(way) <= 7
        assert way[-1] == end
        assert all(b in neighbours[a] for a, b in pairwise(way))
    assert all(step["text"] for way in found for step in way["steps"])


@given(edges=st.sets(st.sampled_from([a + b for a, b in combinations("abcdef", 2)]), max_size=9))
@examples(40)
async def test_longer_ways_are_all_of_the_next_length(
    client: Client, empty_graph: Client, edges: set[str]
) -> None:
    await client.write("MATCH (n:Entity) DETACH DELETE n")
    await draw(client, sorted(edges))
    neighbours = defaultdict(set)
    for edge in edges:
        for one, other in permutations(edge):
            neighbours[one].add(other)
    found = [stops(way) for way in await paths_in(client, "a", "b", first=100)]
    every = walks(neighbours, "a", "b")
    two = sorted({len(way) for way in every})[:2]
    assert sorted(found) == sorted(way for way in every if len(way) in two)
    assert [len(way) for way in found] == sorted(map(len, found))


def walks(neighbours: dict[str, set[str]], start: str, end: str, seen: str = "") -> list[str]:
    """The stops of all ways that pass none twice."""
    seen += start
    return [
        stop + rest
        for stop in neighbours[start] - set(seen)
        for rest in ([""] if stop == end else walks(neighbours, stop, end, seen))
    ]


async def draw(client: Client, edges: list[str]) -> None:
    """Works of one letter, each pair tied."""
    await client.write(
        "UNWIND ['a', 'b', 'c', 'd', 'e', 'f'] AS id "
        "CREATE (:Entity:Creation:Work {id: id, name: id, sortName: id}) "
        "WITH count(*) AS all UNWIND $edges AS edge "
        "MATCH (one:Work {id: left(edge, 1)}), (other:Work {id: right(edge, 1)}) "
        "CREATE (one)-[:HAS_SEGMENT]->(other)",
        {"edges": edges},
    )


def stops(way: Any) -> str:
    return "".join(step["to"]["id"] for step in way["steps"])


def shortest(neighbours: dict[str, set[str]], start: str, end: str) -> tuple[int, int]:
    """How long the shortest ways are, and how many there are of at most 6 steps."""
    ring, seen = Counter([start]), {start}
    for length in range(7):
        if end in ring:
            return length, ring[end]
        ways: Counter[str] = Counter()
        for stop, number in ring.items():
            ways.update({to: number for to in neighbours[stop] - seen})
        ring = ways
        seen.update(ring)
    return 0, 0


async def paths_in(client: Client, start: str, end: str, **arguments: Any) -> list[Any]:
    """Ways in a graph that is not the catalogue."""
    asked = {"from": start, "to": end, **arguments}
    answer = await schema.execute(PATHS, asked, context_value=Context(client))
    assert answer.data is not None, answer.errors
    found: list[Any] = answer.data["paths"]
    return found
