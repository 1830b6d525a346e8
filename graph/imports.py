"""The records of imports: what each read, and what it did with every row."""

from graph.declarations import Document, Kind, Relation
from graph.facts import properties

IMPORTS = Relation("MATCH ({m}:Import)", to="Import", order=("-{m}.number",), identity="{m}.number")

KINDS: dict[str, Kind] = {
    "Import": Kind(
        "",
        {
            **properties("number", "origin", "file", "startedAt", "at", "status"),
            "tables": Document("{n}.rows", key="table"),
        },
    ),
}
