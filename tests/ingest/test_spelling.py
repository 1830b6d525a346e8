"""What search compares stands on names: made anew where a newer program needs it, and kept true."""

from typing import Any

from graph.client import Client
from ingest.fame import fame, famed
from ingest.spelling import UNSPELL, spell

ABOUT = "MATCH (n:Name) RETURN n.sound, n.joined, size(n.words) > 0, n.fame ORDER BY n.id"


async def about(client: Client) -> list[Any]:
    return [list(row) for row in await client.read(ABOUT)]


async def test_names_are_spelt_once(empty_graph: Client) -> None:
    await empty_graph.write_all([UNSPELL])
    await empty_graph.write(
        "CREATE (:Entity:Work {id: 'a'})-[:NAMED]->(:Name {id: '1', text: 'カウボーイ'}), "
        "(:Entity:Contributor:Person {id: 'b'})"
        "-[:NAMED]->(:Name {id: '2', text: 'Ōtomo Katsuhiro'})"
    )
    assert await spell(empty_graph)
    assert await about(empty_graph) == [
        ["kauboi", "かうぼーい kauboi", True, "x work"],
        ["otomo katsuhiro", "otomokatsuhiro", True, "x person"],
    ]
    assert not await spell(empty_graph)


async def test_names_of_an_older_program_are_spelt_anew(empty_graph: Client) -> None:
    await spell(empty_graph)
    await empty_graph.write(
        "CREATE (:Entity:Term {id: 'a'})-[:NAMED]->(:Name {id: '1', text: 'Kon'})"
    )
    await empty_graph.write_all([UNSPELL])
    assert await spell(empty_graph)
    assert await about(empty_graph) == [["kon", "kon", True, "x term"]]


async def test_fame_grows_with_what_is_known(empty_graph: Client) -> None:
    await empty_graph.write(
        "CREATE (:Entity:Track {id: 'a', updatedAt: '2026-01-02'})"
        "-[:NAMED]->(:Name {id: '1', text: 'A'}), "
        "(:Entity:Track {id: 'b', updatedAt: '2026-01-01'})"
        "-[:NAMED]->(:Name {id: '2', text: 'B'})"
    )
    await fame(empty_graph)
    await empty_graph.write("MATCH (n:Entity) UNWIND range(1, 30) AS i CREATE (n)<-[:ON]-(:Credit)")
    since = famed("2026-01-02")
    await empty_graph.write(since.statement, since.parameters)
    famous = [row[3] for row in await about(empty_graph)]
    assert famous == ["xxxxx track", "x track"]
    await fame(empty_graph)
    assert [row[3] for row in await about(empty_graph)] == ["xxxxx track", "xxxxx track"]
