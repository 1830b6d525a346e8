"""GraphQL over HTTP, as the reference audits of its specification check it on a running server."""

import json

from tests.clients.conftest import Make


async def test_the_server_passes_all_audits(make: Make, server_url: str) -> None:
    audits = json.loads(await make("audits", f"URL={server_url}/graphql"))
    failed = [audit for audit in audits if audit["status"] != "ok"]
    assert (failed, len(audits)) == ([], 61)
