"""The command line: every command stands here, and in a file of server/commands."""

import sys

import typer

from graph.errors import FilmographError
from ingest.temporary import temporary_files
from server.commands.api import plan, schema
from server.commands.check import check
from server.commands.export import export
from server.commands.identity import merge, split
from server.commands.imports import imports
from server.commands.migrate import migrate
from server.commands.serve import serve
from server.console import messages

app = typer.Typer(
    help="A GraphQL knowledge graph of films and what surrounds them.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.add_typer(imports, name="import")
for command in (serve, migrate, merge, split, export, check, plan, schema):
    app.command()(command)


def main() -> None:
    """Run the command; what a user did wrong ends with its message and exit code 1."""
    try:
        with temporary_files():
            app()
    except FilmographError as error:
        messages.print("[bold red]Error:[/]", end=" ")
        messages.print(str(error), markup=False)
        sys.exit(1)
