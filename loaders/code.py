"""Code: Python being written, so that what a plan knows once is not found out for every value."""

from collections.abc import Mapping
from typing import Any


class Code:
    """The functions and constants of one piece of code. ``typed``: objects of abstract types are
    to know their type's name.
    """

    def __init__(self, known: Mapping[str, Any], *, typed: bool) -> None:
        self.known = dict(known)
        self.typed = typed
        self.statements: list[str] = []
        self.names = 0

    def name(self) -> str:
        """A name that nothing else has."""
        self.names += 1
        return f"v{self.names}"

    def constant(self, value: Any) -> str:
        """The name under which the code finds ``value``."""
        name = self.name()
        self.known[name] = value
        return name

    def function(self, parameters: str, lines: list[str]) -> str:
        """The name of a function of these lines."""
        name = self.name()
        body = "\n    ".join(lines)
        self.statements.append(f"def {name}({parameters}):\n    {body}\n")
        return name

    def value(self, expression: str) -> str:
        """The name of what ``expression`` is; it is found out once."""
        name = self.name()
        self.statements.append(f"{name} = {expression}")
        return name

    def run(self, name: str) -> Any:
        """What the code has under ``name``."""
        exec("\n".join(self.statements), self.known)
        return self.known[name]
