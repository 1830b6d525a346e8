"""filmograph plan and filmograph schema: what the API does and is."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from graph.errors import FilmographError, SourceError
from schema.plans import explain
from schema.schema import schema as public_schema
from server.console import output


def plan(
    file: Annotated[Path, typer.Argument(help="A GraphQL document; - reads one from the input.")],
    variables: Annotated[str, typer.Option(help="Its variables, as JSON.")] = "{}",
    operation: Annotated[str | None, typer.Option(help="Which operation, if several.")] = None,
) -> None:
    """Print the Cypher statements that answer a question, and their parameters."""
    try:
        content = sys.stdin.buffer.read() if file == Path("-") else file.read_bytes()
        text = content.decode()
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"cannot be read: {error}", file) from error
    try:
        given = json.loads(variables)
    except json.JSONDecodeError as error:
        raise FilmographError(f"--variables is not JSON: {error}") from error
    if not isinstance(given, dict):
        raise FilmographError("--variables must be a JSON object")
    for name, statement, parameters in explain(text, given, operation):
        output.print(f"// {name}\n{statement}", markup=False)
        output.print(f"// parameters: {json.dumps(parameters, ensure_ascii=False)}\n", markup=False)


def schema() -> None:
    """Print the API's schema (SDL)."""
    output.print(public_schema.as_str(), markup=False)
