"""The two pages that the peers answer, too: their requests to each server."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import orjson

from bench.agreement import Different, same_facts, same_lengths
from bench.load import Target, ask
from bench.questions import question
from bench.rounds import Side
from bench.servers import Server
from ingest.identity import query_keys

OURS, BY_HAND, NEO4J_GRAPHQL = "Filmograph", "by hand", "@neo4j/graphql"
PEERS = Path(__file__).parent / "peers"
DIRECTOR = "Katsuhiro Otomo"
AGREEMENT = {BY_HAND: same_facts, NEO4J_GRAPHQL: same_lengths}


class Servers(NamedTuple):
    """Filmograph's and the peers'."""

    ours: Server
    by_hand: Server
    neo4j_graphql: Server


class Page(NamedTuple):
    """The same requests for each server: bodies for GraphQL, paths for what is written by hand."""

    title: str
    ours: Sequence[bytes]
    by_hand: Sequence[str]
    neo4j_graphql: Sequence[bytes]

    async def sides(self, servers: Servers) -> dict[str, Side]:
        """The servers, with what they answer. Raises Different unless that is the same."""
        targets = {
            OURS: (servers.ours, posted(servers.ours, self.ours)),
            BY_HAND: (servers.by_hand, Target.get(servers.by_hand.port, self.by_hand)),
            NEO4J_GRAPHQL: (
                servers.neo4j_graphql,
                posted(servers.neo4j_graphql, self.neo4j_graphql),
            ),
        }
        sides = {
            name: Side(server, target, await ask(target))
            for name, (server, target) in targets.items()
        }
        for name, same in AGREEMENT.items():
            for request, *bodies in zip(
                self.ours, sides[OURS].bodies, sides[name].bodies, strict=True
            ):
                try:
                    same(*bodies)
                except Different as problem:
                    raise Different(f"{name}, {request.decode()[-80:]}: {problem}") from problem
        return sides


def posted(server: Server, bodies: Iterable[bytes]) -> Target:
    return Target.post(server.port, "/graphql", bodies)


def work_page(ids: Sequence[str]) -> Page:
    ours, theirs = (
        (PEERS / name).read_text() for name in ("page.graphql", "neo4j_graphql/page.graphql")
    )
    return Page(
        f"The page of {len(ids)} works",
        [orjson.dumps({"query": ours, "variables": {"id": id_}}) for id_ in ids],
        [f"/page?{quote(id_)}" for id_ in ids],
        [orjson.dumps({"query": theirs, "variables": {"id": id_}}) for id_ in ids],
    )


def composers() -> Page:
    theirs = (PEERS / "neo4j_graphql" / "composers.graphql").read_text()
    return Page(
        "Question 01: composers of a director's segments",
        [question("01").body],
        [f"/composers?{quote(DIRECTOR)}"],
        [orjson.dumps({"query": theirs, "variables": {"keys": list(query_keys(DIRECTOR))}})],
    )
