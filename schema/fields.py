"""Fields: a description and, for lists, the arguments that every list of its kind has."""

from typing import Any, NamedTuple

import strawberry
from strawberry import UNSET
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument


class Argument(NamedTuple):
    """An optional argument under its GraphQL name."""

    name: str
    type: Any
    description: str
    default: Any = UNSET

    def definition(self) -> StrawberryArgument:
        return StrawberryArgument(
            python_name=self.name,
            graphql_name=self.name,
            type_annotation=StrawberryAnnotation(self.type),
            description=self.description,
            default=self.default,
        )


FIRST = Argument("first", int | None, "How many rows from the front: 0 to 100, 20 if left out.")
AFTER = Argument("after", str | None, "Only rows after the one with this cursor.")
LAST = Argument("last", int | None, "How many rows from the back, instead of `first`.")
BEFORE = Argument("before", str | None, "Only rows before the one with this cursor.")
FORWARD = (FIRST, AFTER)
INCLUDE_NSFW = Argument("includeNsfw", bool | None, "Also what is not safe for work.", False)
BOTH_WAYS = (FIRST, AFTER, LAST, BEFORE)


def where(type_: Any) -> Argument:
    return Argument("where", type_ | None, "Which rows; all conditions hold together.")


def order_by(type_: Any) -> Argument:
    return Argument("orderBy", list[type_] | None, "How rows are sorted; later entries break ties.")


def field(
    description: str,
    *arguments: Argument,
    name: str | None = None,
    deprecated: str | None = None,
) -> Any:
    """A field that is answered from its root field's plan."""
    made = strawberry.field(name=name, description=description, deprecation_reason=deprecated)
    made.arguments = [argument.definition() for argument in arguments]
    return made


def key(description: str, name: str | None = None) -> Any:
    """An optional key of an input object."""
    return strawberry.field(description=description, name=name, default=UNSET)
