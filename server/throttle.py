"""Throttling: how much each client may ask, in the cost of docs/limits.md.

A client has a bucket of cost that refills at a steady rate. One number tells how full it is, the
time at which it will be full again (the generic cell rate algorithm, ITU-T I.371).
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from math import ceil, floor
from time import monotonic
from typing import Any

from graphql import ExecutionResult

from loaders.cost import Price
from loaders.recent import Recent
from server.clients import asking
from server.request import NO_HEADERS, Refused, Request

ROOM = 16 * 2**20
BYTES_PER_CLIENT = 320
"""Of a bucket with its key, measured over addresses of both kinds."""
READING = 10
"""So many characters of a question that is not known yet cost 1, for reading it."""


@dataclass
class Throttle:
    """The buckets of clients, each of ``size``; ``rate`` comes back per second. Clients with one
    of ``tokens`` (sha256 sums) have a bucket by it. ``clock`` gives seconds.
    """

    size: int
    rate: int
    tokens: Collection[str] = frozenset()
    clock: Callable[[], float] = monotonic
    full_at: Recent[str, float] = field(default_factory=lambda: Recent(ROOM))

    def missing(self, client: str) -> float:
        """How much of a client's bucket is taken."""
        full_at = self.full_at.get(client)
        return 0.0 if full_at is None else max(0.0, round((full_at - self.clock()) * self.rate, 3))

    def take(self, client: str, cost: int) -> float:
        """Takes ``cost``; the seconds to wait where there is not so much: then nothing is taken."""
        lacking = self.missing(client) + cost - self.size
        if lacking > 0:
            return lacking / self.rate
        self.give_back(client, -cost)
        return 0.0

    def give_back(self, client: str, cost: int) -> None:
        """Takes it, also where there is not so much, if it is negative."""
        full_at = self.clock() + (self.missing(client) - cost) / self.rate
        self.full_at.put(client, full_at, BYTES_PER_CLIENT)

    def account(self, request: Request) -> "Account":
        return Metered(self, asking(request, self.tokens))


class Account:
    """What a request takes: nothing, where clients are not limited."""

    def headers(self) -> Mapping[str, str]:
        """What every answer tells of it."""
        return NO_HEADERS

    def read(self, query: str) -> None:
        """Takes what it costs to read a question that is not known yet; may raise Refused."""

    def take(self, price: Price) -> None:
        """Takes what a question may cost; may raise Refused."""

    def give_back(self) -> None:
        """Gives back what the question has taken, because it was not asked."""

    def settle(self, price: Price, result: ExecutionResult) -> dict[str, Any]:
        """What the answer has cost, in the form that clients of other APIs know."""
        return {
            "requestedQueryCost": price.most,
            "actualQueryCost": price.spent(result.data or {}),
        }


class Metered(Account):
    """What a request takes from its client's bucket."""

    def __init__(self, throttle: Throttle, client: str) -> None:
        self.throttle = throttle
        self.client = client
        self.taken = 0

    def headers(self) -> Mapping[str, str]:
        """How full the bucket is; Reset is in how many seconds it will be full."""
        missing = self.throttle.missing(self.client)
        return {
            "X-RateLimit-Limit": str(self.throttle.size),
            "X-RateLimit-Remaining": str(self._available(missing)),
            "X-RateLimit-Reset": str(ceil(missing / self.throttle.rate)),
        }

    def read(self, query: str) -> None:
        self._take(ceil(len(query) / READING))

    def take(self, price: Price) -> None:
        self._take(price.most)

    def give_back(self) -> None:
        self.throttle.give_back(self.client, self.taken)

    def settle(self, price: Price, result: ExecutionResult) -> dict[str, Any]:
        cost = super().settle(price, result)
        if not result.errors:
            self.throttle.give_back(self.client, self.taken - cost["actualQueryCost"])
        return {**cost, "throttleStatus": self.status()}

    def status(self) -> dict[str, int]:
        """As Shopify's API tells it."""
        return {
            "maximumAvailable": self.throttle.size,
            "currentlyAvailable": self._available(self.throttle.missing(self.client)),
            "restoreRate": self.throttle.rate,
        }

    def _available(self, missing: float) -> int:
        return max(0, floor(self.throttle.size - missing))

    def _take(self, cost: int) -> None:
        """What costs more than a bucket holds takes a full one."""
        self.taken = min(cost, self.throttle.size)
        wait = self.throttle.take(self.client, self.taken)
        if wait:
            raise self._refused(cost, ceil(wait))

    def _refused(self, cost: int, seconds: int) -> Refused:
        status = self.status()
        left = f"{status['currentlyAvailable']} of {self.throttle.size} are left"
        return Refused(
            429,
            f"The question costs {cost}, and {left}; ask again in {seconds} seconds.",
            {"Retry-After": str(seconds)},
            {"code": "THROTTLED", "cost": cost, "throttleStatus": status},
        )
