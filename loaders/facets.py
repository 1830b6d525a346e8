"""Facets to Cypher: how many works of a list have each value."""

from typing import TYPE_CHECKING

from graphql import GraphQLObjectType, get_named_type

from graph.facets import FACETS
from loaders import arguments, shape
from loaders.filters import block
from loaders.runs import runs
from loaders.selection import Selected
from loaders.shape import Shape

if TYPE_CHECKING:
    from loaders.plan import Planner, Rows


def facets(planner: "Planner", selected: Selected, rows: "Rows", work: str) -> tuple[str, Shape]:
    """One list a facet asked for, of its values, the most frequent first."""
    by = selected.arguments["by"]
    if len(set(by)) < len(by):
        raise arguments.error(selected, "by", "names the same facet twice")
    limit = planner.size("first", selected)
    found = [_facet(planner, selected, rows, work, name, limit) for name in by]
    cypher = ", ".join(each for each, _ in found)
    return f"[{cypher}]", shape.items([each for _, each in found])


def _facet(
    planner: "Planner", selected: Selected, rows: "Rows", work: str, name: str, limit: str
) -> tuple[str, Shape]:
    type_ = get_named_type(selected.type)
    assert isinstance(type_, GraphQLObjectType)
    pieces: list[tuple[str, str, Shape]] = []
    for each in planner.operation.fields(type_, selected.details):
        match each.name:
            case "__typename":
                pieces.append((each.key, "null", shape.constant(type_.name)))
            case "by":
                pieces.append((each.key, "null", shape.constant(name)))
            case _:
                pieces.append((each.key, *_values(planner, each, rows, work, name, limit)))
    keys, cyphers, shapes = zip(*pieces, strict=True)
    return f"[{', '.join(cyphers)}]", shape.members(keys, shapes)


def _values(
    planner: "Planner", selected: Selected, rows: "Rows", work: str, name: str, limit: str
) -> tuple[str, Shape]:
    facet, draft = FACETS[name], planner.draft
    count = draft.variable("count")
    match, bound = draft.bind(facet.match, {"m": work})
    found = bound["found"]
    clauses = [
        *rows.clauses(distinct=True),
        match,
        f"WITH DISTINCT {work}, {found} WHERE {found} IS NOT NULL",
    ]
    scope = {
        "n": found,
        "count": count,
        "value": facet.value.format_map(bound),
        "name": facet.name.format_map(bound),
    }
    target = planner.object(selected.type, scope, "n", selected.details)
    lines = [
        runs(draft, clauses, found, count),
        f"WITH {found}, {count} ORDER BY {count} DESC, {scope['name']}, {scope['value']} "
        f"LIMIT {limit}",
        f"RETURN {target.cypher}",
    ]
    return block("COLLECT", "\n".join(lines)), shape.listed(target.shape)
