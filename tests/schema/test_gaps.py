"""What sources leave out, where a client may rely on a value."""

from graph.client import Client
from tests.schema.making import Made, asked

SHELF = Made(works=("Blue", "Red"), segments=(("Sea", "Blue"),))


async def test_a_work_without_a_kind_and_a_part_without_a_place(empty_graph: Client) -> None:
    await SHELF.write(empty_graph)
    await empty_graph.write("MATCH (n) WHERE n.id IN ['Red', 'Sea'] REMOVE n.kind, n.position")
    await empty_graph.write("MATCH (n:Segment) SET n.kind = 'EPISODE'")
    question = """{
      works(where: {kind: {is: OTHER}}) {
        nodes { id kind } facets(by: [KIND]) { values { value count } }
      }
      segments { nodes { id position } }
    }"""
    assert await asked(empty_graph, question) == {
        "works": {
            "nodes": [{"id": "Red", "kind": "OTHER"}],
            "facets": [{"values": [{"value": "OTHER", "count": 1}]}],
        },
        "segments": {"nodes": [{"id": "Sea", "position": 0.0}]},
    }
