"""Exported files, written and restored as the commands do."""

from hashlib import sha256
from pathlib import Path

from graph.client import Client
from ingest.compressed import lines
from ingest.export.form import encoded
from ingest.export.reading import checked, restore
from ingest.export.writing import count, export
from server.console import bring_up_to_date


async def exported(client: Client, path: Path) -> list[bytes]:
    await export(client, path, await count(client))
    return [line for _, line in lines(path)]


async def restored(client: Client, path: Path) -> None:
    await restore(client, path, checked(path))
    await bring_up_to_date(client)


def sealed(header: dict[str, object], *others: dict[str, object]) -> bytes:
    """The file with these lines."""
    body = b"".join(encoded(line) for line in (header, *others))
    return body + encoded({"lines": 1 + len(others), "sha256": sha256(body).hexdigest()})
