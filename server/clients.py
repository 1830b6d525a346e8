"""Clients: whose bucket a request takes from."""

from collections.abc import Collection
from hashlib import sha256
from ipaddress import IPv6Address

from server.request import Request

LONGEST = 45
"""Characters of an address; a proxy may pass on anything."""


def asking(request: Request, tokens: Collection[str] = ()) -> str:
    """The client that asks, as a key: by its token if ``tokens``, which are sha256 sums, have it,
    else by its address. Requests without an address are one client's.
    """
    if tokens:
        known = sha256(_token(request).encode("latin-1")).hexdigest()
        if known in tokens:
            return known
    address = request.scope.get("client")
    return network(address[0]) if address else ""


def network(host: str) -> str:
    """An IPv4 address as it is; of IPv6 the first half, within which anybody takes any address."""
    if ":" not in host:
        return host[:LONGEST]
    try:
        address = IPv6Address(host)
    except ValueError:
        return host[:LONGEST]
    return str(address.ipv4_mapped or f"{address.packed[:8].hex(':', 2)}::/64")


def _token(request: Request) -> str:
    scheme, _, token = request.headers.get(b"authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return token.strip()
    return request.headers.get(b"x-api-key", "")
