"""How two subjects of a dump are tied: what the rows of both ends say, each kind once."""

from collections.abc import Iterable, Mapping

from ingest.bangumi.codes import Codes
from ingest.bangumi.entities import address, entity_id
from ingest.bangumi.rows import parsed, relation
from ingest.parts import Reading, Skipped
from ingest.records import Citation, Dataset, EntityType, Relation, Row, Scoring
from ingest.statements import relation_id

SOUNDTRACK = "soundtrack"


def read_relations(
    origin: str, lines: Iterable[tuple[int, bytes]], types: Mapping[int, EntityType], codes: Codes
) -> Reading:
    """The rows of a pair. `types` are those of its two subjects by id."""
    found: dict[str, Relation] = {}
    skipped: list[Skipped] = []
    merged: list[Row] = []
    for number, raw in lines:
        row, (subject, code, target) = (
            Row("subject-relations.jsonlines", number),
            relation(parsed(raw)),
        )
        kind = codes.relations.get(code)
        if kind is None:
            skipped.append(Skipped(row, f"unknown relation_type: {code}"))
            continue
        start, end = (entity_id(types[id_], id_) for id_ in (subject, target))
        id_ = relation_id(start, kind, end, codes.inverses)
        if id_ in found:
            merged.append(row)
            continue
        page = address(types[subject], "bangumi", str(subject))
        found[id_] = Relation(start, kind, end, (Citation("bangumi", page),), row=row)
    relations = tuple(found.values())
    scorings = tuple(
        Scoring(each.start, each.target, each.cited)
        for each in relations
        if each.kind == SOUNDTRACK and _is_score(each)
    )
    dataset = Dataset(origin, relations=relations, scorings=scorings)
    return Reading(dataset, tuple(skipped), tuple(merged))


def _is_score(each: Relation) -> bool:
    return each.start.startswith("work:") and each.target.startswith("soundtrack:")
