"""A statement being written: it hands out variables and parameters.

The text of a statement depends on nothing but the shape of the question, so every value becomes
a parameter.
"""

import string
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import indent
from typing import Any, NamedTuple

from graph.aliases import address
from loaders.shape import Shape

Scope = Mapping[str, str]
Convert = Callable[[Any], Any]


class Parameter(NamedTuple):
    """The value as the client gave it, possibly with variables in it, and how the graph is told."""

    value: Any
    convert: Convert | None


class Piece(NamedTuple):
    """An expression and what makes the response of its value. ``calls`` bind variables that it
    speaks of: clauses that belong before the one it stands in.
    """

    cypher: str
    shape: Shape
    calls: tuple[str, ...] = ()


def block(keyword: str, lines: Iterable[str]) -> str:
    """A subquery: COLLECT, COUNT, EXISTS or CALL."""
    return f"{keyword} {{\n{indent(chr(10).join(lines), '  ')}\n}}"


def call(lines: Iterable[str]) -> str:
    """Clauses apart, which see every variable."""
    return block("CALL (*)", lines)


@dataclass
class Draft:
    parameters: list[Parameter] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    sets: list[str] = field(default_factory=list)
    variables: int = 0

    def variable(self, placeholder: str) -> str:
        self.variables += 1
        return f"{placeholder}{self.variables - 1}"

    def parameter(self, value: Any, convert: Convert | None = None) -> str:
        self.parameters.append(Parameter(value, convert))
        return f"$p{len(self.parameters) - 1}"

    def address(self, name: str, parameter: str, *, many: bool = False, kind: str = "") -> str:
        """The variable that holds what the address in ``parameter`` means, see graph.aliases."""
        variable = self.variable(name)
        meant = address(name, parameter, many=many, kind=kind)
        self.addresses.append(f"{meant} AS {variable}")
        return variable

    def once(self, lines: Sequence[str], variable: str) -> str:
        """The variable that holds the list of what ``lines``, clauses that speak of nothing around
        them, find for ``variable``, at the start of the statement.
        """
        found = self.variable("found")
        # Not COLLECT, in which DISTINCT would compare every list that is in scope.
        self.sets.append(call([*lines, f"RETURN collect({variable}) AS {found}"]))
        return found

    @property
    def beginning(self) -> list[str]:
        """Clauses that bind what is found but once."""
        addresses = [f"WITH {', '.join(self.addresses)}"] if self.addresses else []
        return addresses + self.sets

    def bind(self, cypher: str, scope: Scope) -> tuple[str, dict[str, str]]:
        """Fill in a declaration's placeholders; those not in scope become new variables."""
        bound = dict(scope)
        for _, name, _, _ in string.Formatter().parse(cypher):
            if name and name not in bound:
                bound[name] = self.variable(name)
        return cypher.format_map(bound), bound
