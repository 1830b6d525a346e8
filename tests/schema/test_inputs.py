"""Every key of every input can be planned, on every list that takes it."""

from collections.abc import Iterator

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
)

from schema.plans import explain
from schema.schema import executable

LITERALS = {
    "Int": "1",
    "Float": "1.5",
    "Boolean": "true",
    "String": '"x"',
    "ID": '"x"',
    "PartialDate": '"1995"',
    "LanguageTag": '"ja"',
}
DEPTH = 4


def literals(type_: GraphQLInputType, depth: int = DEPTH) -> Iterator[str]:
    """Values of an input type: each key of each object alone, ``depth`` objects deep."""
    if isinstance(type_, GraphQLNonNull):
        yield from literals(type_.of_type, depth)
    elif isinstance(type_, GraphQLList):
        yield from (f"[{value}]" for value in literals(type_.of_type, depth))
    elif isinstance(type_, GraphQLEnumType):
        yield next(iter(type_.values))
    elif isinstance(type_, GraphQLInputObjectType):
        needed = {
            name: next(literals(field.type, depth - 1))
            for name, field in type_.fields.items()
            if isinstance(field.type, GraphQLNonNull)
        }
        for name, field in type_.fields.items() if depth else ():
            for value in literals(field.type, depth - 1):
                keys = {**needed, name: value}
                yield f"{{{', '.join(f'{key}: {given}' for key, given in keys.items())}}}"
    else:
        yield LITERALS[type_.name]


def questions() -> Iterator[str]:
    assert executable.query_type
    for name, field in executable.query_type.fields.items():
        needed = {
            each: next(literals(argument.type))
            for each, argument in field.args.items()
            if isinstance(argument.type, GraphQLNonNull)
        }
        for argument in {"where", "orderBy", "weights"} & field.args.keys():
            for value in literals(field.args[argument].type):
                given = {**needed, argument: value}
                listed = ", ".join(f"{key}: {each}" for key, each in given.items())
                yield f"{{ {name}({listed}) {{ edges {{ node {{ id }} }} }} }}"


def test_every_key_can_be_planned() -> None:
    asked = list(questions())
    assert len(asked) > 1000
    for question in asked:
        assert list(explain(question, {})), question
