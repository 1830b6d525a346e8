"""Strategies: questions with an argument that is wrong, variables with a value that is."""

from typing import Any

from hypothesis import strategies as st

from loaders import cursors
from tests.oracle.selections import Field, composite, definition, replaced, walked
from tests.oracle.wordings import Wording

WRONG: dict[str, tuple[Any, ...]] = {
    "first": (101, -1),
    "last": (101, -1, 2),
    "after": ("no cursor", cursors.encode("00000000", ["x", "y"])),
    "before": ("", cursors.encode("00000000", [None])),
    "id": ("nothing", ""),
    "slug": ("nothing", "memories"),
    "ids": (["nothing"] * 101, []),
    "likes": ([], ["nothing"]),
    "by": (["KIND", "KIND"], []),
    "query": ("", "x" * 301),
    "maxLength": (0, 7),
    "weights": ({"staff": -1.0}, {"staff": 0.0}),
    "languages": (["zxx"], []),
}
"""Values that are refused, where they are not only unusual."""
VALUES: tuple[Any, ...] = (
    None,
    "x",
    "",
    -1,
    101,
    1.5,
    True,
    [],
    {},
    ["x", None],
    {"no": "key"},
    2**40,
)


@st.composite
def mistakes(draw: st.DrawFn, question: tuple[Field, ...]) -> tuple[Field, ...]:
    """One argument of the question is wrong, if it has any that can be."""
    found = [
        (field, name)
        for type_, field in walked(composite("Query"), question)
        for name in sorted(definition(type_, field.name).args.keys() & WRONG.keys())
    ]
    if not found:
        return question
    field, name = draw(st.sampled_from(found))
    given = {**field.arguments, name: draw(st.sampled_from(WRONG[name]))}
    return replaced(question, field, field._replace(arguments=given))


@st.composite
def slips(draw: st.DrawFn, wording: Wording) -> Wording:
    """One variable is left out, has another value, or is one that nobody asked for."""
    variables = dict(wording.variables)
    name = draw(st.sampled_from([*variables, "v0"]))
    if draw(st.integers(0, 3)):
        variables[name] = draw(st.sampled_from(VALUES))
    else:
        variables.pop(name, None)
    return wording._replace(variables=variables)
