"""Aliases: (:Alias {id, slug})-[:MEANS]->(:Entity), what a thing was called that is another now.

Every id and slug that a client gives passes through here once, at the start of its statement: the
alias's becomes that of the entity it means, any other stays. What follows compares plain values,
and finds them in the same indexes as ever.
"""


def address(name: str, given: str, *, many: bool = False, kind: str = "") -> str:
    """The expression of the address that ``given`` means; of all of them, if ``many``.

    ``name`` is the property, ``kind`` the condition that an entity ``{n}`` fulfils: slugs are
    unique within a type only.
    """
    one = "one" if many else given
    means = f"MATCH (:Alias {{{name}: {one}}})-[:MEANS]->(meant)"
    where = f" WHERE {kind.format(n='meant')}" if kind else ""
    found = f"coalesce(head(COLLECT {{ {means}{where} RETURN meant.{name} }}), {one})"
    return f"[one IN {given} | {found}]" if many else found
