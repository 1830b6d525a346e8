"""The vocabulary into the graph: sources in their order, the hierarchy of roles, the kinds of
relation.
"""

from collections.abc import Mapping

from graph.client import Client, Step
from graph.declarations import DISPLAY_NAMES
from graph.errors import UnmetExpectation
from graph.similarity.sentences import told
from ingest.export.mark import UNMARKED, refuse_restoring
from ingest.records import RelationKind, Role, Source, Vocabulary
from ingest.revision import ANOTHER
from ingest.state import Properties
from ingest.ties import UNTIE, tie_all


def _names(names: tuple[tuple[str, str], ...]) -> Properties:
    known = {DISPLAY_NAMES[language]: text for language, text in names}
    return {**known, "name": known["nameEn"]}


def _source(source: Source) -> Properties:
    details = {
        "name": source.name,
        "rank": source.rank,
        "url": source.url,
        "license": source.license,
    }
    return {"id": source.id, **{key: value for key, value in details.items() if value is not None}}


def _role(role: Role, line: list[str]) -> Properties:
    """``line``: itself and every role above it."""
    details = {"sole": role.sole or None, "deed": told(line)}
    known = {key: value for key, value in details.items() if value is not None}
    return {"id": role.id, "position": role.position, **_names(role.names), **known}


def _relation_kind(kind: RelationKind) -> Properties:
    return {"id": kind.id, "continuity": kind.continuity, **_names(kind.names)}


def line(role: str, roles: Mapping[str, str | None]) -> list[str]:
    """A role and every role above it; ``roles`` maps to the broader one."""
    above = roles[role]
    return [role, *(line(above, roles) if above else [])]


async def load_vocabulary(client: Client, vocabulary: Vocabulary) -> bool:
    """Make the graph hold ``vocabulary``; whether something had to be written.

    Raises FilmographError while the graph is being restored.
    """
    await refuse_restoring(client)
    broader = {role.id: role.broader for role in vocabulary.roles}
    nodes: dict[str, list[Properties]] = {
        "Source": [_source(each) for each in vocabulary.sources],
        "Role": [_role(each, line(each.id, broader)) for each in vocabulary.roles],
        "RelationKind": [_relation_kind(each) for each in vocabulary.relation_kinds],
    }
    edges: dict[tuple[str, str], list[list[str]]] = {
        ("Role", "BROADER"): [[id_, above] for id_, above in broader.items() if above],
        ("Role", "WITHIN"): [[id_, above] for id_ in broader for above in line(id_, broader)],
        ("RelationKind", "INVERSE"): [[k.id, k.inverse] for k in vocabulary.relation_kinds],
    }
    steps: list[Step] = []
    retold = False
    for label, wanted in nodes.items():
        rows = await client.read(f"CYPHER 5 MATCH (n:{label}) RETURN properties(n)")
        present = {properties["id"]: properties for (properties,) in rows}
        changed = [each for each in wanted if present.get(each["id"]) != each]
        if changed:
            merge = f"CYPHER 5 UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) SET n = row"
            steps.append(Step(merge, {"rows": changed}))
        retold |= any(
            each["id"] in present and present[each["id"]].get("deed") != each.get("deed")
            for each in changed
        )
    for (label, type_), pairs in edges.items():
        found = f"CYPHER 5 MATCH (a:{label})-[e:{type_}]->(b) RETURN a.id, b.id"
        held = {(start, end) for start, end in await client.read(found)}
        if held != {(start, end) for start, end in pairs}:
            steps.append(Step(f"CYPHER 5 MATCH (:{label})-[e:{type_}]->() DELETE e"))
            ends = f"MATCH (a:{label} {{id: row[0]}}), (b:{label} {{id: row[1]}})"
            merge = f"CYPHER 5 UNWIND $rows AS row {ends} MERGE (a)-[:{type_}]->(b)"
            steps.append(Step(merge, {"rows": pairs}))
    if steps:
        try:
            await client.write_all([UNMARKED, ANOTHER, *steps, *([UNTIE] if retold else [])])
        except UnmetExpectation:
            await refuse_restoring(client)
            raise
    if retold:
        await tie_all(client)
    return bool(steps)
