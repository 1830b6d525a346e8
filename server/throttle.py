"""Throttling: how much each client may ask, in the cost of docs/limits.md.

A client has a bucket of cost that refills at a steady rate. One number tells how full it is, the
time at which it will be full again (the generic cell rate algorithm, ITU-T I.371).
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from math import ceil, floor, inf
from time import monotonic
from typing import Any

import orjson
from graphql import ExecutionResult

from loaders.cost import Price
from loaders.recent import Recent
from server.clients import asking
from server.request import NO_HEADERS, Refused, Request

ROOM = 16 * 2**20
BYTES_PER_CLIENT = 320
"""Of a bucket with its key, measured over addresses of both kinds."""
END = b"}}}"
"""Of the cost, the extensions and the answer."""
READING = 10
"""So many characters of a question that is not known yet cost 1, for reading it."""


@dataclass(slots=True)
class Bucket:
    """A client's: the time at which it is full."""

    full_at: float = -inf


@dataclass
class Throttle:
    """The buckets of clients, each of ``size``; ``rate`` comes back per second. Clients with one
    of ``tokens`` (sha256 sums) have a bucket by it. ``clock`` gives seconds.
    """

    size: int
    rate: int
    tokens: Collection[str] = frozenset()
    clock: Callable[[], float] = monotonic
    buckets: Recent[str, Bucket] = field(default_factory=lambda: Recent(ROOM))

    def bucket(self, client: str) -> Bucket:
        """Full, if the client is not remembered."""
        found = self.buckets.get(client)
        if found is None:
            found = Bucket()
            self.buckets.put(client, found, BYTES_PER_CLIENT)
        return found

    def missing(self, bucket: Bucket) -> float:
        """How much of a bucket is taken."""
        seconds = bucket.full_at - self.clock()
        return round(seconds * self.rate, 3) if seconds > 0 else 0.0

    def take(self, bucket: Bucket, cost: int) -> float:
        """Takes ``cost``; the seconds to wait where there is not so much: then nothing is taken."""
        lacking = self.missing(bucket) + cost - self.size
        if lacking > 0:
            return lacking / self.rate
        self.give_back(bucket, -cost)
        return 0.0

    def give_back(self, bucket: Bucket, cost: int) -> None:
        """Takes it, also where there is not so much, if it is negative."""
        bucket.full_at = max(bucket.full_at, self.clock()) - cost / self.rate

    def account(self, request: Request) -> "Account":
        return Metered(self, self.bucket(asking(request, self.tokens)))


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

    def unpriced(self) -> Mapping[str, Any]:
        """What is told of the cost where nothing was executed."""
        return {}

    def told(self, content: bytes) -> bytes:
        """An answer without errors, as JSON that ends with its cost, as this client gets it."""
        return content


class Metered(Account):
    """What a request takes from its client's bucket."""

    def __init__(self, throttle: Throttle, bucket: Bucket) -> None:
        self.throttle = throttle
        self.bucket = bucket
        self.taken = 0
        self.paid = 0
        """Taken before, for reading the question."""

    def headers(self) -> Mapping[str, str]:
        """How full the bucket is; Reset is in how many seconds it will be full."""
        missing = self.throttle.missing(self.bucket)
        return {
            "X-RateLimit-Limit": str(self.throttle.size),
            "X-RateLimit-Remaining": str(self._available(missing)),
            "X-RateLimit-Reset": str(ceil(missing / self.throttle.rate)),
        }

    def read(self, query: str) -> None:
        self._take(ceil(len(query) / READING))
        self.paid = self.taken

    def take(self, price: Price) -> None:
        self._take(price.most)

    def give_back(self) -> None:
        self.throttle.give_back(self.bucket, self.taken)

    def settle(self, price: Price, result: ExecutionResult) -> dict[str, Any]:
        """An answer without errors may be kept for others: `told` tells their status."""
        cost = super().settle(price, result)
        if result.errors:
            return {**cost, "throttleStatus": self.status()}
        self.throttle.give_back(self.bucket, self.taken - cost["actualQueryCost"])
        return cost

    def unpriced(self) -> Mapping[str, Any]:
        return {"extensions": {"cost": {"throttleStatus": self.status()}}}

    def told(self, content: bytes) -> bytes:
        return content.removesuffix(END) + b',"throttleStatus":' + orjson.dumps(self.status()) + END

    def status(self) -> dict[str, int]:
        """As Shopify's API tells it."""
        return {
            "maximumAvailable": self.throttle.size,
            "currentlyAvailable": self._available(self.throttle.missing(self.bucket)),
            "restoreRate": self.throttle.rate,
        }

    def _available(self, missing: float) -> int:
        return max(0, floor(self.throttle.size - missing))

    def _take(self, cost: int) -> None:
        """What costs more than a bucket holds takes a full one, reading included."""
        self.taken = min(cost, self.throttle.size - self.paid)
        wait = self.throttle.take(self.bucket, self.taken)
        if wait:
            raise self._refused(cost, ceil(wait))

    def _refused(self, cost: int, seconds: int) -> Refused:
        status = self.status()
        left = f"{status['currentlyAvailable']} of {self.throttle.size} are left"
        return Refused.for_now(
            429,
            f"The question costs {cost}, and {left}",
            seconds,
            {"code": "THROTTLED", "cost": cost, "throttleStatus": status},
        )
