"""What an import did, as a table."""

from rich.table import Table

from ingest.account import Account
from server.console import messages, say


def report(account: Account) -> None:
    """How many nodes of each label were written, and how many were already right."""
    columns = {
        "created": account.created,
        "updated": account.updated,
        "unchanged": account.unchanged,
        "removed": account.removed,
    }
    if not account.writes:
        say("Nothing changed: everything is as it should be.")
        return
    table = Table("", *columns)
    labels = sorted(set().union(*columns.values()))
    for label in labels:
        table.add_row(label, *(str(counts[label]) for counts in columns.values()))
    table.add_row("all", *(str(counts.total()) for counts in columns.values()), style="bold")
    messages.print(table)
