"""What is wrong in a graph is found, and nothing in the catalogue is."""

import pytest

from graph.client import Client
from ingest.check.checks import CHECKS
from ingest.check.running import Finding, run_checks

FAULTS: dict[str, tuple[str, list[Finding]]] = {
    "circles of sequels": (
        """CREATE (a:Work {id: 'a', name: 'A'}), (b:Work {id: 'b', name: 'B'}),
  (c:Work {id: 'c', name: 'C'}), (d:Work {id: 'd', name: 'D'})
WITH [[a, b], [b, c], [c, a], [c, d]] AS pairs UNWIND pairs AS pair
WITH pair[0] AS x, pair[1] AS y
CREATE (x)-[:HAS_RELATION {kind: 'sequel'}]->(:Relation)<-[:HAS_RELATION {kind: 'prequel'}]-(y)""",
        [Finding(["a", "b", "c"], "A > B > C > A")],
    ),
    "circles of side stories": (
        """CREATE (a:Work {id: 'a', name: 'A'}), (b:Work {id: 'b', name: 'B'})
WITH [[a, b], [b, a]] AS pairs UNWIND pairs AS pair WITH pair[0] AS x, pair[1] AS y
CREATE (x)-[:HAS_RELATION {kind: 'side-story'}]->(:Relation)
  <-[:HAS_RELATION {kind: 'parent-story'}]-(y)""",
        [Finding(["a", "b"], "A > B > A")],
    ),
    "broken credits": (
        "CREATE (:Credit {id: 'c'})-[:ON]->(:Work), (:Person)-[:HAS_CREDIT]->"
        "(d:Credit {id: 'd'})-[:ON]->(:Work), (d)-[:IN_ROLE]->(:Role)",
        [Finding(["c"], "something of it is missing")],
    ),
    "broken relations": (
        "CREATE (:Work)-[:HAS_RELATION]->(:Relation {id: 'r'})",
        [Finding(["r"], "1 ends")],
    ),
    "fame": (
        "CREATE (:Entity:Work {id: 'a'})-[:NAMED]->(:Name {text: 'A', fame: 'x person'})",
        [Finding(["a"], "A: x work")],
    ),
    "spelling": (
        "CREATE (:Entity {id: 'a'})-[:NAMED]->(:Name {text: 'A', words: 'a _a', joined: 'a'}), "
        "(:Entity {id: 'b'})-[:NAMED]->(:Name {text: '', words: '', joined: '', sound: ''})",
        [Finding(["a"], "A")],
    ),
    "nameless": ("CREATE (:Entity:Work {id: 'a'})", [Finding(["a"], "has no name")]),
    "parts without a whole": (
        "CREATE (:Segment {id: 's', name: 'S'}), (:Track {id: 't', name: 'T'}), "
        "(:Work)-[:HAS_SEGMENT]->(:Segment {id: 'u', name: 'U'})",
        [Finding(["s"], "S"), Finding(["t"], "T")],
    ),
    "credits without source": (
        "CREATE (:Credit {id: 'c'}), (:Credit {id: 'd'})-[:CITES]->(:Source)",
        [Finding(["c"], "cites nothing")],
    ),
    "things without source": (
        "CREATE (:Entity {id: 'a', name: 'A'}), (:Entity {id: 'b', name: 'B'})-[:CITES]->(:Source)",
        [Finding(["a"], "A")],
    ),
    "ids that are both": (
        "CREATE (n:Entity {id: 'a'}), (:Alias {id: 'a'})-[:MEANS]->(n), (:Alias {id: 'b'}), "
        "(:Alias {id: 'c'})-[:MEANS]->(n)",
        [
            Finding(["a"], "an alias must mean one thing, and be none"),
            Finding(["b"], "an alias must mean one thing, and be none"),
        ],
    ),
    "segments too long": (
        """CREATE (w:Work {id: 'w', runtimeMinutes: 90})
WITH w UNWIND [96, 95] AS long
CREATE (w)-[:HAS_SEGMENT]->
  (:Segment {id: 's' + long, name: 'S', kind: 'SEGMENT', runtimeMinutes: long})""",
        [Finding(["s96", "w"], "S: 96 of 90 minutes")],
    ),
    "segments too long together": (
        """CREATE (w:Work {id: 'w', name: 'W', runtimeMinutes: 90})
WITH w UNWIND [50, 46] AS long
CREATE (w)-[:HAS_SEGMENT]->(:Segment {id: 's' + long, kind: 'SEGMENT', runtimeMinutes: long})""",
        [Finding(["w"], "W: 96 of 90 minutes")],
    ),
    "impossible dates": (
        """UNWIND ['1995', '1995-12', '1995-12-23', '1995-13', '23.12.1995'] AS date
CREATE (:Entity:Person {id: date, name: 'A', born: date})
CREATE (:Entity:Work {id: 'w' + date, name: 'W', kind: 'FILM', released: '1869'})""",
        [
            Finding(["1995-13"], "A: 1995-13"),
            Finding(["23.12.1995"], "A: 23.12.1995"),
            *(
                Finding([f"w{date}"], "W: 1869")
                for date in ("1995", "1995-12", "1995-12-23", "1995-13", "23.12.1995")
            ),
        ],
    ),
    "impossible lives": (
        """UNWIND [['a', '1950-06', '1950-05-01'], ['b', '1850', '1971'], ['c', '1850', '1970'],
  ['d', '1950-06-01', '1950'], ['e', '1950', '1949']] AS row
CREATE (:Person {id: row[0], name: 'P', born: row[1], died: row[2]})""",
        [
            Finding(["a"], "P: 1950-06 to 1950-05-01"),
            Finding(["b"], "P: 1850 to 1971"),
            Finding(["e"], "P: 1950 to 1949"),
        ],
    ),
    "credits before birth": (
        """CREATE (p:Person {id: 'p', name: 'P', born: '1950-03-01'})
WITH p UNWIND ['1949', '1948-01', '1950'] AS date
CREATE (p)-[:HAS_CREDIT]->(:Credit)-[:ON]->(:Work {id: 'w' + date, name: 'W', released: date})""",
        [Finding(["p", "w1948-01"], "P, born 1950-03-01: W, 1948-01")],
    ),
    "one external id, several things": (
        """UNWIND [['a', 'Work', '1'], ['b', 'Work', '1'], ['c', 'Work', '2'],
  ['d', 'Person', '1']] AS row
CREATE (n:Entity {id: row[0]})-[:HAS_EXTERNAL_ID]->(:ExternalId {site: 'mal', externalId: row[2]})
FOREACH (_ IN CASE row[1] WHEN 'Work' THEN [1] ELSE [] END | SET n:Work)
FOREACH (_ IN CASE row[1] WHEN 'Work' THEN [] ELSE [1] END | SET n:Person)""",
        [Finding(["a", "b"], "mal 1")],
    ),
    "works alike": (
        """UNWIND [['a', 'FILM', '1995-12'], ['b', 'FILM', '1995'], ['c', 'OVA', '1995'],
  ['d', 'FILM', '1996']] AS row
CREATE (:Work {id: row[0], kind: row[1], released: row[2]})
  -[:NAMED]->(:Name {key: 'memories', kind: 'OFFICIAL'})""",
        [Finding(["a", "b"], "memories, FILM, 1995")],
    ),
    "people alike": (
        """CREATE (w:Work {id: 'w'})
WITH w UNWIND ['a', 'b', 'c'] AS id
CREATE (p:Person {id: id})-[:NAMED]->(:Name {key: 'otomo', kind: 'OFFICIAL'})
WITH w, p WHERE p.id <> 'c' CREATE (p)-[:HAS_CREDIT]->(:Credit)-[:ON]->(w)""",
        [Finding(["a", "b"], "otomo: 1 shared credits")],
    ),
    "places in franchises": (
        """UNWIND [['f', 1, 3], ['g', 1, 2]] AS row
CREATE (f:Franchise {id: row[0], name: 'F'})-[:HAS_ENTRY {story: row[1], release: 1}]->(:Work),
  (f)-[:HAS_ENTRY {story: row[2], release: 2}]->(:Work)""",
        [Finding(["f"], "F")],
    ),
    "deeds": (
        """CREATE (right:Role {id: 'director', name: 'Director', deed: 0}),
  (wrong:Role {id: 'storyboarder', name: 'Storyboarder', deed: 1}),
  (none:Role {id: 'author', name: 'Author'}), (other:Role {id: 'driver', name: 'Driver', deed: 0})
WITH * UNWIND [right, wrong, none, other] AS role CREATE (role)-[:WITHIN]->(role)
WITH DISTINCT right, wrong CREATE (wrong)-[:WITHIN]->(right)""",
        [
            Finding(["author"], "Author"),
            Finding(["driver"], "Driver"),
            Finding(["storyboarder"], "Storyboarder"),
        ],
    ),
    "ties": (
        """CREATE (a:Entity:Contributor {id: 'a', name: 'A'})-[:HAS_CREDIT]->(c:Credit)
  -[:ON]->(w:Entity:Work {id: 'w', name: 'W'}), (c)-[:IN_ROLE]->(:Role {id: 'director'}),
  (a)-[:CREDITED {roles: ['composer']}]->(w), (w)-[:RELATED {kinds: ['sequel', 'prequel']}]->
  (:Entity:Work {id: 'v', name: 'V'})""",
        [
            Finding(["a"], "A: credits"),
            Finding(["v"], "V: relations"),
            Finding(["w"], "W: relations"),
        ],
    ),
}


def test_every_check_has_a_fault_that_it_finds() -> None:
    assert FAULTS.keys() == {check.name for check in CHECKS}


@pytest.mark.parametrize("name", FAULTS)
async def test_a_fault_is_found(empty_graph: Client, name: str) -> None:
    made, findings = FAULTS[name]
    await empty_graph.write(made)
    (check,) = [check for check in CHECKS if check.name == name]
    (result,) = [result async for result in run_checks(empty_graph, 10, [check])]
    assert (result.number, list(result.examples)) == (len(findings), findings)


async def test_so_many_examples_are_shown_of_all_that_are_counted(empty_graph: Client) -> None:
    await empty_graph.write("UNWIND range(1, 9) AS i CREATE (:Entity {id: 'e' + i})")
    (check,) = [check for check in CHECKS if check.name == "nameless"]
    (result,) = [result async for result in run_checks(empty_graph, 2, [check])]
    assert result.report() == {
        "check": "nameless",
        "meaning": "things without a name",
        "count": 9,
        "examples": [
            {"ids": ["e1"], "what": "has no name"},
            {"ids": ["e2"], "what": "has no name"},
        ],
    }


async def test_the_catalogue_is_in_order(catalogue: Client) -> None:
    found = {result.check.name: result.number async for result in run_checks(catalogue, 1)}
    assert {name for name, number in found.items() if number} == set()
