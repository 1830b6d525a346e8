"""The client: what everybody else knows of Neo4j's driver.

Reads go by graph.bolt where that can answer, all else by the official driver. The errors of both
leave as graph.errors, translated in `_translate` and nowhere else.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from urllib.parse import urlsplit

from neo4j import (
    READ_ACCESS,
    WRITE_ACCESS,
    AsyncDriver,
    AsyncGraphDatabase,
    AsyncManagedTransaction,
    AsyncResult,
    AsyncSession,
    NotificationMinimumSeverity,
    Query,
    unit_of_work,
)
from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    ConnectionAcquisitionTimeoutError,
    ConstraintError,
    DriverError,
    Forbidden,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)
from neo4j.exceptions import DatabaseUnavailable as Neo4jDatabaseUnavailable

from graph.bolt import Unsupported, UnsupportedServer
from graph.errors import (
    AccessDenied,
    ConstraintViolation,
    DatabaseError,
    DatabaseUnavailable,
    QueryMemoryError,
    QueryTimeout,
    SettingsError,
    UnmetExpectation,
)

if TYPE_CHECKING:
    from graph.bolt.pool import Pool

Row = list[Any]
Answer = TypeVar("Answer")

NOTHING: Mapping[str, Any] = MappingProxyType({})
RETRY_SECONDS = 30.0  # longer than a crashed engine needs to be up again
FIRST_PAUSE = 0.1
ACQUISITION_SECONDS = 10.0
BOLT_PORT = 7687
# Neo4j ends an overdue transaction itself; this much later we stop waiting for its answer.
GRACE_SECONDS = 5.0
OUT_OF_MEMORY = "MemoryPoolOutOfMemory"
NOT_LEAN = "Reads go by the official driver: %s"

log = logging.getLogger(__name__)


class Step(NamedTuple):
    """A statement of a transaction. ``expected`` is what its one value must be: how many rows it
    has written, for example.
    """

    statement: str
    parameters: Mapping[str, Any] = NOTHING
    expected: int | None = None


class Client:
    """One database of one Neo4j (or cluster). Rows are lists of values, in RETURN's order.

    Return values, not nodes or relationships: hydrating those is slow and ties callers to the
    driver. Every method raises DatabaseError or a subclass of it, nothing of the driver's.
    """

    def __init__(
        self,
        uri: str,
        user: str,
        password: str,
        *,
        database: str = "neo4j",
        timeout: float = 30.0,
        lean: bool = True,
    ) -> None:
        """Opens no connection yet. `timeout`: seconds for one transaction. Not `lean`: all reads go
        by the official driver. Raises SettingsError.
        """
        self.database = database
        self.timeout = timeout
        self.bookmarks = AsyncGraphDatabase.bookmark_manager()
        try:
            self._pool = _pool(uri, user, password, database) if lean else None
            self._driver = _driver(uri, user, password)
        except (ConfigurationError, ValueError) as error:
            raise SettingsError("NEO4J_URI", str(error)) from error

    async def read(
        self,
        statement: str,
        parameters: Mapping[str, Any] = NOTHING,
        *,
        timeout: float | None = None,  # noqa: ASYNC109 - Neo4j itself ends the transaction
    ) -> list[Row]:
        """One auto-commit transaction, one round trip; on a cluster it may run on a follower.

        A connection that broke is replaced and the statement sent again, for RETRY_SECONDS.
        """
        seconds = self.timeout if timeout is None else timeout

        async def attempt() -> list[Row]:
            if pool := self._pool:
                try:
                    bookmarks = await self.bookmarks.get_bookmarks()
                    return await pool.read(statement, parameters, seconds, bookmarks)
                except Unsupported as error:
                    self._unsupported(error)
            query = Query(statement, timeout=seconds)
            async with self._session(READ_ACCESS) as session:
                return await _values(await session.run(query, _sent(parameters)))

        async with _errors_translated(), asyncio.timeout(seconds + RETRY_SECONDS + GRACE_SECONDS):
            return await _retried(attempt)

    def _unsupported(self, error: Unsupported) -> None:
        """A value is one read's affair, a server that of all to come."""
        if self._pool and isinstance(error, UnsupportedServer):
            self._pool = None
            log.warning(NOT_LEAN, error)

    async def write(self, statement: str, parameters: Mapping[str, Any] = NOTHING) -> list[Row]:
        """One statement in a managed transaction, see `write_all`."""
        [rows] = await self.write_all([Step(statement, parameters)])
        return rows

    async def write_all(
        self,
        steps: Sequence[Step],
        timeout: float | None = None,  # noqa: ASYNC109 - Neo4j itself ends the transaction
    ) -> list[list[Row]]:
        """All statements in one transaction: all of them happen or none. The rows of each.

        Run again as a whole when Neo4j says that this helps (a deadlock, a new leader, a restart).
        Raises UnmetExpectation where a step finds something else than expected: nothing is written.
        """
        return await self._write(steps, self.timeout if timeout is None else timeout)

    async def define(self, statement: str) -> None:
        """A schema statement (index, constraint), or a wait for one; takes as long as it takes."""
        await self._write([Step(statement)], None)

    async def _write(self, steps: Sequence[Step], seconds: float | None) -> list[list[Row]]:
        @unit_of_work(timeout=seconds)
        async def work(transaction: AsyncManagedTransaction) -> list[list[Row]]:
            answers = []
            for step in steps:
                result = await transaction.run(step.statement, _sent(step.parameters))
                answers.append(await _values(result))
                if step.expected is not None and answers[-1] != [[step.expected]]:
                    raise UnmetExpectation(step.statement, step.expected, answers[-1])
            return answers

        limit = None if seconds is None else seconds + RETRY_SECONDS + GRACE_SECONDS
        async with _errors_translated(), asyncio.timeout(limit), self._session() as session:
            return await session.execute_write(work)

    async def verify(self) -> None:
        """Ask for an answer now, without retries. Raises DatabaseError if there is none."""
        query = Query("RETURN 1", timeout=GRACE_SECONDS)
        async with (
            _errors_translated(),
            asyncio.timeout(GRACE_SECONDS),
            self._session(READ_ACCESS) as session,
        ):
            await (await session.run(query)).consume()

    def _session(self, access: str = WRITE_ACCESS) -> AsyncSession:
        return self._driver.session(
            database=self.database,
            default_access_mode=access,
            bookmark_manager=self.bookmarks,
            fetch_size=-1,
        )

    async def close(self) -> None:
        if self._pool:
            await self._pool.close()
        await self._driver.close()


def _pool(uri: str, user: str, password: str, database: str) -> Pool | None:
    """Only for one server without TLS: the official driver does the routing and the rest."""
    parts = urlsplit(uri)
    if parts.scheme != "bolt" or not parts.hostname:
        return None
    try:
        from graph.bolt.connection import Address
        from graph.bolt.pool import Pool
    except (ImportError, AttributeError, Unsupported) as error:  # a driver with other private parts
        log.warning(NOT_LEAN, error)
        return None
    address = Address(parts.hostname, parts.port or BOLT_PORT, user, password)
    return Pool(address, database, ACQUISITION_SECONDS)


def _driver(uri: str, user: str, password: str) -> AsyncDriver:
    return AsyncGraphDatabase.driver(
        uri,
        auth=(user, password),
        connection_acquisition_timeout=ACQUISITION_SECONDS,
        connection_timeout=ACQUISITION_SECONDS,
        max_transaction_retry_time=RETRY_SECONDS,
        # Notifications cost bytes in every answer, and nobody reads them here.
        notifications_min_severity=NotificationMinimumSeverity.OFF,
        telemetry_disabled=True,
    )


class _Unprinted(list[Any]):
    """The driver spells out all parameters for its log, whether somebody keeps it or not."""

    def __repr__(self) -> str:
        return f"[{len(self)}]"


def _sent(parameters: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: _Unprinted(value) if isinstance(value, list) else value
        for name, value in parameters.items()
    }


async def _values(result: AsyncResult) -> list[Row]:
    rows = await result.values()
    # The result keeps what was sent, in a cycle: large parameters would stay in memory.
    sent = (await result.consume()).parameters
    if sent:
        sent.clear()
    return rows


async def _retried(attempt: Callable[[], Awaitable[Answer]]) -> Answer:
    """Only for reads: managed writes have the driver's own retries."""
    clock = asyncio.get_running_loop().time
    deadline = clock() + RETRY_SECONDS
    pause = FIRST_PAUSE
    while True:
        try:
            return await attempt()
        except (DriverError, Neo4jError) as error:
            # Neo4j calls it transient, but the same question needs the same memory again.
            too_large = OUT_OF_MEMORY in str(getattr(error, "code", ""))
            if too_large or not error.is_retryable() or clock() + pause > deadline:
                raise
        await asyncio.sleep(pause)
        pause = min(2 * pause, 1.0)


@asynccontextmanager
async def _errors_translated() -> AsyncIterator[None]:
    try:
        yield
    except (DriverError, Neo4jError, TimeoutError, OSError) as error:
        raise _translate(error) from error


def _translate(error: Exception) -> DatabaseError:
    match error:
        case AuthError() | Forbidden():
            return AccessDenied(f"Neo4j refuses the user: {error.message}", error.code)
        case ConstraintError():
            return ConstraintViolation(str(error.message), error.code)
        case Neo4jError(code=str(code)) if "TransactionTimedOut" in code:
            return QueryTimeout("The query took longer than its time limit and was ended.", code)
        case Neo4jError(code=str(code)) if OUT_OF_MEMORY in code:
            return QueryMemoryError("The query needed more memory than Neo4j gives.", code)
        case Neo4jDatabaseUnavailable():
            return DatabaseUnavailable(f"Neo4j's database is not available: {error}", error.code)
        case Neo4jError():
            return DatabaseError(f"Neo4j: {error.message}", error.code)
        case ServiceUnavailable() | SessionExpired() | ConnectionAcquisitionTimeoutError():
            return DatabaseUnavailable(f"Neo4j does not answer: {error}")
        case TimeoutError():
            return QueryTimeout("Neo4j gave no answer in time.")
        case OSError():
            return DatabaseUnavailable(f"Neo4j cannot be reached: {error}")
    return DatabaseError(f"The Neo4j driver failed: {error}")
