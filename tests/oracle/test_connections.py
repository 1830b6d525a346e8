"""What hangs on a thing is listed whole, and narrowed as its filter says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Ask
from tests.examples import examples
from tests.oracle.arguments import PAGING, asked
from tests.oracle.catalogue import Thing, known
from tests.oracle.connections import Connection, Row, connections, whole
from tests.oracle.filters import Oracle
from tests.oracle.questions import ABOUT, filters

FILTERED = sorted(name for name, each in connections().items() if "where" in each.arguments)

LINKS = {
    "Work.credits": "credits",
    "Work.segments": "segments",
    "Work.soundtracks": "soundtracks",
    "Work.terms": "terms",
    "Work.franchises": "franchises",
    "Work.lists": "lists",
    "Segment.credits": "credits",
    "Soundtrack.credits": "credits",
    "Soundtrack.works": "works",
    "Soundtrack.tracks": "tracks",
    "Track.credits": "credits",
    "Person.credits": "credits",
    "Organization.credits": "credits",
    "Character.credits": "credits",
    "Term.works": "works",
    "List.works": "works",
    "Franchise.entries": "entries",
}
"""Connections that list each thing that one is tied to, once."""


@pytest.mark.parametrize("name", LINKS)
async def test_all_that_a_thing_is_tied_to(ask: Ask, name: str) -> None:
    connection = connections()[name]
    things = [
        thing for thing in known().of(connection.owner) if len(thing.links[LINKS[name]]) < 100
    ]
    question = (
        f"query ($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {connection.owner} "
        f"{{ list: {connection.name}(first: 100) {{ totalCount nodes {{ id }} }} }} }} }}"
    )
    all_of = "includeNsfw" not in connection.arguments
    for start in range(0, len(things), 100):
        some = things[start : start + 100]
        answer = await ask(question, ids=[thing.id for thing in some])
        for thing, node in zip(some, answer["nodes"], strict=True):
            linked = {other.id for other in thing.links[LINKS[name]] if all_of or other.is_listed}
            assert {row["id"] for row in node["list"]["nodes"]} == linked
            assert node["list"]["totalCount"] == len(node["list"]["nodes"])


def about(connection: Connection, owner: str | None, row: Row) -> Thing:
    """What the filter of a connection's rows is about."""
    match connection.arguments["where"], row:
        case "RelationFilter", (kind, node):
            return known().things[f"{owner} {kind} {node}"]
        case "CharacterFilter", (character, *_):
            return known().things[character]
        case _:
            return known().things[row[0]]


SURE = 20
"""Of what is near, so many stay near with a filter; of what is behind, that leaves others."""


@pytest.mark.parametrize("name", FILTERED)
@given(draw=st.data())
@examples(2)
async def test_a_filter_leaves_the_rows_that_satisfy_it(
    ask: Ask, name: str, draw: st.DataObject
) -> None:
    connection = connections()[name]
    # Of a franchise that is folded, a filter may leave another entry.
    of = draw.draw(asked(connection, without=PAGING | {"where", "collapse"}))
    rows = await whole(ask, of)
    cut = connection.name == "similar"
    rows = rows[:SURE] if cut else rows
    things = [about(connection, of.id, row) for row in rows]
    type_ = connection.arguments["where"]
    fitting = [thing for thing in things if thing.kind in ABOUT[type_]]
    where = draw.draw(filters(type_, *fitting), label="where")
    oracle = Oracle()
    expected = [
        row
        for row, thing in zip(rows, things, strict=True)
        if thing.kind in ABOUT[type_] and oracle.satisfies(type_, where, thing)
    ]
    found = await whole(ask, of._replace(arguments={**of.arguments, "where": where}))
    assert (found[: len(expected)] if cut else found) == expected
