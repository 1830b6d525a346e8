"""Code: Python being written, so that what a plan knows once is not found out for every value."""

from textwrap import indent
from typing import Any


class Code:
    """The functions and constants of one piece of code. ``typed``: objects of abstract types are
    to know their type's name.
    """

    def __init__(self, *, typed: bool) -> None:
        self.typed = typed
        self.constants: dict[str, Any] = {}
        self.statements: list[str] = []
        self.names = 0

    def name(self) -> str:
        """A name that nothing else has."""
        self.names += 1
        return f"v{self.names}"

    def constant(self, value: Any) -> str:
        """The name under which the code finds ``value``."""
        name = self.name()
        self.constants[name] = value
        return name

    def function(self, parameters: str, lines: list[str]) -> str:
        """The name of a function of these lines."""
        name = self.name()
        body = indent("\n".join(lines), "    ")
        self.statements.append(f"def {name}({parameters}):\n{body}")
        return name

    def value(self, expression: str) -> str:
        """The name of what ``expression`` is; it is found out once."""
        name = self.name()
        self.statements.append(f"{name} = {expression}")
        return name

    def run(self, name: str, runtime: dict[str, Any]) -> Any:
        """What the code has under ``name``; ``runtime`` is what it may call.

        Functions find each other as the variables of one around them: as globals they would be in
        a circle with their dictionary, and stay until the collector comes by.
        """
        body = indent("\n".join([*self.statements, f"return {name}"]), "    ")
        made: dict[str, Any] = {}
        exec(f"def make({', '.join(self.constants)}):\n{body}", runtime, made)
        return made["make"](*self.constants.values())
