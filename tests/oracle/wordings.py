"""Strategies: one question in many words. Values become variables, selections become fragments,
fields are asked for twice or in two halves, and what is left out stands beside them.

None of this changes the answer, not even the order of its keys.
"""

import json
from collections.abc import Mapping
from random import Random
from typing import Any, NamedTuple

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    get_nullable_type,
)
from graphql.language.print_string import print_string
from hypothesis import strategies as st

from tests.oracle.selections import (
    Composite,
    Field,
    Part,
    Selections,
    composite,
    definition,
    led_to,
)

NAME = "Asked"
REPEATS = 12
"""So much is written twice at most: what must be merged with what takes long to find out."""


class Wording(NamedTuple):
    """A document, the values of its variables, and the operation in it that is meant."""

    text: str
    variables: dict[str, Any]
    name: str | None = None


def wordings(question: tuple[Field, ...], count: int) -> st.SearchStrategy[list[Wording]]:
    """By a seed alone: so many choices take Hypothesis longer than all answers."""
    return st.integers(0, 2**32 - 1).map(
        lambda seed: [Writer(f"{seed} {each}").wording(question) for each in range(count)]
    )


class Writer:
    """Writes a document; another one for another ``seed``."""

    def __init__(self, seed: str) -> None:
        self.random = Random(seed)
        self.repeats = REPEATS
        self.variables: dict[str, Any] = {}
        self.definitions: list[str] = []
        self.fragments: list[str] = []
        self.arguments: dict[str, str] = {}

    def wording(self, question: tuple[Field, ...]) -> Wording:
        selections = self.selections(composite("Query"), question)
        defined = f"({', '.join(self.definitions)})" if self.definitions else ""
        definitions = [f"query {NAME}{defined} {selections}", *self.fragments]
        if self.sometimes(5):
            definitions = ["query Other { __typename }", *reversed(definitions)]
            return Wording("\n".join(definitions), self.variables, NAME)
        return Wording("\n".join(definitions), self.variables)

    def sometimes(self, times: int) -> bool:
        """Once in so many times."""
        return self.random.randrange(times) == 0

    def repeated(self, times: int) -> bool:
        """Whether to write something twice, once in so many times while there is room."""
        chosen = self.repeats > 0 and self.sometimes(times)
        self.repeats -= chosen
        return chosen

    def selections(self, type_: Composite, selections: Selections) -> str:
        later: list[str] = []
        found, waiting = [], selections
        while waiting:
            length = self.random.choice((2, 1, 3))
            found.append(self.several(type_, waiting[:length], later))
            waiting = waiting[length:]
        return f"{{ {' '.join([*found, *later])} }}"

    def several(self, type_: Composite, selections: Selections, later: list[str]) -> str:
        """``later`` gets what must not stand before others."""
        text = " ".join(self.one(type_, each, later) for each in selections)
        match self.random.choice(("plain", "plain", "inline", "named")):
            case "inline":
                on = self.random.choice(("", f" on {self.condition(type_, selections)}"))
                return f"...{on}{self.kept()} {{ {text} }}"
            case "named":
                name = f"F{len(self.fragments)}"
                on = self.condition(type_, selections)
                self.fragments.append(f"fragment {name} on {on} {{ {text} }}")
                if self.repeated(4):
                    later.append(f"...{name}")
                return f"...{name}{self.kept()}"
        return text

    def condition(self, type_: Composite, selections: Selections) -> str:
        """A type of which everything selected can be asked as well."""
        fields = [each for each in selections if isinstance(each, Field)]
        wider = [each for each in type_.interfaces if all(_has(each, type_, f) for f in fields)]
        chosen: Composite = self.random.choice([type_, *wider])
        return chosen.name

    def one(self, type_: Composite, selected: Field | Part, later: list[str]) -> str:
        before = ""
        if self.repeated(12):
            before = self.left_out(self.written(type_, selected)) + " "
        if self.repeated(8):
            later.append(self.written(type_, selected))
        if isinstance(selected, Field) and len(selected.below) > 1 and self.repeated(4):
            half = self.random.randrange(1, len(selected.below))
            later.append(self.written(type_, selected._replace(below=selected.below[half:])))
            selected = selected._replace(below=selected.below[:half])
        return before + self.written(type_, selected)

    def written(self, type_: Composite, selected: Field | Part) -> str:
        if isinstance(selected, Part):
            below = self.selections(composite(selected.type), selected.below)
            return f"... on {selected.type}{self.kept()} {below}"
        key, name = selected.key, selected.name
        field = name if key == name else f"{key}: {name}"
        field += self.given(type_, selected) + self.kept()
        if not selected.below:
            return field
        return f"{field} {self.selections(led_to(type_, selected), selected.below)}"

    def kept(self) -> str:
        """Directives that leave nothing out, if any."""
        if not self.sometimes(20):
            return ""
        names = self.random.choice((("skip",), ("include",), ("include", "skip")))
        return "".join(f" @{name}(if: {self.boolean(name == 'include')})" for name in names)

    def left_out(self, text: str) -> str:
        name = self.random.choice(("skip", "include"))
        return f"... @{name}(if: {self.boolean(name == 'skip')}) {{ {text} }}"

    def boolean(self, value: bool) -> str:
        return self.value(GraphQLNonNull(GraphQLBoolean), value)

    def given(self, type_: Composite, selected: Field) -> str:
        """The arguments, in the same words wherever the field stands again: else they could not
        be told to be the same.
        """
        defined = definition(type_, selected.name).args
        known = f"{selected.key} {selected.name} {selected.arguments} of {sorted(defined)}"
        if known not in self.arguments:
            given = {
                name: self.value(defined[name].type, each)
                for name, each in selected.arguments.items()
            }
            absent = self.absent({name: each.type for name, each in defined.items()}, given)
            found = ", ".join(f"{name}: {each}" for name, each in (given | absent).items())
            self.arguments[known] = f"({found})" if found else ""
        return self.arguments[known]

    def absent(
        self, types: Mapping[str, GraphQLInputType], given: Mapping[str, str]
    ) -> dict[str, str]:
        """What is not given, as variables that are not given."""
        return {
            name: self.defined(str(type_))
            for name, type_ in types.items()
            if name not in given and not isinstance(type_, GraphQLNonNull) and self.sometimes(20)
        }

    def value(
        self, type_: GraphQLInputType, value: Any, *, one_of: bool = False, constant: bool = False
    ) -> str:
        """A literal, perhaps with variables in it, or a variable."""
        if not constant and self.sometimes(3):
            return self.variable(type_, value, one_of=one_of)
        return self.literal(type_, value, constant=constant)

    def literal(self, type_: GraphQLInputType, value: Any, *, constant: bool) -> str:
        if isinstance(type_, GraphQLNonNull):
            return self.literal(type_.of_type, value, constant=constant)
        if value is None:
            return "null"
        if isinstance(type_, GraphQLList):
            return self._list(type_.of_type, value, constant=constant)
        if isinstance(type_, GraphQLInputObjectType):
            return self._object(type_, value, constant=constant)
        if isinstance(type_, GraphQLEnumType):
            return str(value)
        return print_string(value) if isinstance(value, str) else json.dumps(value)

    def _list(self, type_: GraphQLInputType, items: list[Any], *, constant: bool) -> str:
        """One item may stand for a list of it."""
        if len(items) == 1 and items[0] is not None and self.sometimes(3):
            return self.literal(type_, items[0], constant=constant)
        return f"[{', '.join(self.value(type_, each, constant=constant) for each in items)}]"

    def _object(self, type_: GraphQLInputObjectType, value: Any, *, constant: bool) -> str:
        one_of = type_.is_one_of
        given = {
            key: self.value(type_.fields[key].type, each, one_of=one_of, constant=constant)
            for key, each in value.items()
        }
        if not one_of and not constant:
            given |= self.absent({key: each.type for key, each in type_.fields.items()}, given)
        return f"{{{', '.join(f'{key}: {each}' for key, each in given.items())}}}"

    def variable(self, type_: GraphQLInputType, value: Any, *, one_of: bool) -> str:
        """A variable that has the value: given, or as its default."""
        loose = str(get_nullable_type(type_))
        if value is None:
            return self._told(loose, None)
        strict = f"{loose}!"
        default = self.literal(type_, value, constant=True)
        forms = [
            lambda: self._told(strict, value),
            lambda: self.defined(strict, default),
            lambda: self.defined(loose, default),
            lambda: self._told(loose, value),
        ]
        possible = 2 if one_of else 3 if isinstance(type_, GraphQLNonNull) else 4
        return self.random.choice(forms[:possible])()

    def _told(self, type_: str, value: Any) -> str:
        """A variable that is given; a list of one item by the item."""
        name = self.defined(type_)
        alone = isinstance(value, list) and len(value) == 1 and value[0] is not None
        self.variables[name[1:]] = value[0] if alone and self.sometimes(3) else value
        return name

    def defined(self, type_: str, default: str | None = None) -> str:
        name = f"$v{len(self.definitions)}"
        self.definitions.append(f"{name}: {type_}" + (f" = {default}" if default else ""))
        return name


def _has(wider: Composite, type_: Composite, field: Field) -> bool:
    """Whether an interface of the type has the field, with all that is given to it."""
    if field.name not in ("__typename", *wider.fields):
        return False
    this, other = definition(wider, field.name), definition(type_, field.name)
    return this.type == other.type and field.arguments.keys() <= this.args.keys()
