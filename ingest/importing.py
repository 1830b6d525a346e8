"""A source in parts into the graph: batch by batch, each a transaction, each row accounted for.

While one batch is written the next is read and compared; parts of a stage do not depend on each
other, so what is compared does not change by what is being written. An import that is interrupted
leaves whole batches, and the next run finds them unchanged.
"""

import asyncio
import gc
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

from graph.client import Client, Step
from graph.errors import ConstraintViolation, FilmographError, UnmetExpectation
from ingest.account import Account, Outcome
from ingest.fame import fame
from ingest.franchises.ranking import RANKING
from ingest.ledger import Ledger
from ingest.parts import Feed, Part, Reading, Stage
from ingest.records import Dataset
from ingest.slugs import Slug
from ingest.statements import Remembered
from ingest.upsert import (
    ATTEMPTS,
    BUSY,
    Prepared,
    Rules,
    check_references,
    commit,
    commit_at_once,
    moment,
    prepare,
    record,
    revision,
)

RECORDS = 6_000
"""So many records make a batch: a small transaction is less for Neo4j to move around in memory."""
COLLECTED = 100
"""After so many batches what the driver leaves behind in cycles is freed."""
HANDOVER = 0.0005
"""After so many seconds a thread lets another go on."""
GLANCED = 20_000
"""After so many unchanged rows a batch ends too, so that progress shows."""

Progress = Callable[[int], None]
"""Is told how many more rows are done."""

_UNFINISHED = """CYPHER 5 OPTIONAL MATCH (r:Revision)
RETURN coalesce($origin IN r.unfinished, false)"""
_BEGIN = """CYPHER 5 MATCH (r:Revision) WHERE NOT coalesce($origin IN r.unfinished, false)
SET r.unfinished = coalesce(r.unfinished, []) + $origin"""
_END = """CYPHER 5 MATCH (r:Revision)
WITH r, [each IN r.unfinished WHERE each <> $origin] AS others
SET r.unfinished = CASE WHEN size(others) > 0 THEN others END"""


@dataclass
class Batch:
    """Parts with what they say, and the account of those that were found unchanged."""

    parts: list[Part] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    account: Account = field(default_factory=Account)
    records: int = 0
    glanced: int = 0
    is_repeated: bool = False
    """Whether the parts have been accounted for before."""

    @property
    def is_full(self) -> bool:
        return self.records >= RECORDS or self.glanced >= GLANCED

    @property
    def rows(self) -> int:
        return self.glanced + sum(sum(part.rows.values()) for part in self.parts)

    def add(self, part: Part, reading: Reading, known: bool) -> None:
        self.parts.append(part)
        self.readings.append(reading)
        if known:
            self.known.add(part.origin)
        data = reading.dataset
        self.records += 1 + 3 * len(data.entities) + len(data.credits) + len(data.taggings)
        self.records += len(data.appearances) + len(data.relations)


async def import_feed(
    client: Client, feed: Feed, ledger: Ledger, progress: Progress = lambda rows: None
) -> Account:
    """Make the graph hold what ``feed`` says, and nothing else by its origin.

    ``ledger`` holds afterwards which rows were skipped, and the notes. Raises FilmographError where
    a part refers to what is not there; the batches before it stay.
    """
    with _busy():
        return await _Import(client, feed, ledger, progress).run()


@contextmanager
def _busy() -> Iterator[None]:
    """Python looks for cycles ever again while many objects are made; there are few here, which
    are looked for now and then, as looking takes as long as importing. And a thread that computes
    keeps others waiting for 5 ms, in which Neo4j would have answered the one that writes.
    """
    interval = sys.getswitchinterval()
    gc.disable()
    sys.setswitchinterval(HANDOVER)
    try:
        yield
    finally:
        sys.setswitchinterval(interval)
        gc.enable()


class _Import:
    def __init__(self, client: Client, feed: Feed, ledger: Ledger, progress: Progress) -> None:
        self.client = client
        self.feed = feed
        self.origin = {"origin": feed.origin}
        self.ledger = ledger
        self.progress = progress
        self.account = Account()
        self.started = moment()
        self.number = 0
        self.foreign = 0
        """How often another import has written in between."""
        self.batches = 0
        self.owes = False
        """Whether something was written, in this run or in an interrupted one, of which there is
        no record yet, and from which nothing has been derived.
        """
        self.again: list[Part] = []
        """Parts that dropped an entity of which others still speak: perhaps not for long."""

    async def run(self) -> Account:
        self.number = await revision(self.client)
        self.rules = await Rules.read(self.client)
        ((self.owes,),) = await self.client.read(_UNFINISHED, self.origin)
        await self.ledger.read(self.client, self.feed.origin)
        for skipped in self.feed.skipped:
            self.ledger.skip(skipped)
            self.account.count(skipped.row.table, Outcome.SKIPPED)
        for stage in self.feed.stages:
            await self._run(self._batches(stage))
        await self._run(self._batches(map(_nothing, self.ledger.vanished())))
        again, self.again = self.again, []
        await self._run(self._whole(again))
        self._check_rows()
        if self.owes:
            await self._finish()
        return self.account

    async def _run(self, batches: Iterator[Batch]) -> None:
        # An interruption waits for the thread: what it reads from is closed afterwards.
        with ThreadPoolExecutor(1) as reader:
            await self._write_all(batches, reader)

    async def _write_all(self, batches: Iterator[Batch], reader: Executor) -> None:
        """Read, compare and write: each batch while the one before is still being written."""
        loop = asyncio.get_running_loop()
        writing: asyncio.Task[None] | None = None
        reserved: set[Slug] = set()
        reading = loop.run_in_executor(reader, next, batches, None)
        try:
            while batch := await reading:
                reading = loop.run_in_executor(reader, next, batches, None)
                foreign = self.foreign
                prepared = await self._prepare(batch, reserved)
                if writing:
                    await writing
                    if prepared.removes:
                        # What is removed may have come to another part in the meantime.
                        prepared = await self._prepare(batch, ())
                reserved = prepared.slugs
                writing = asyncio.create_task(self._write(batch, prepared, foreign))
            if writing:
                await writing
        finally:
            if writing:
                writing.cancel()
                await asyncio.gather(writing, return_exceptions=True)

    def _batches(self, stage: Stage) -> Iterator[Batch]:
        batch = Batch()
        for part in stage:
            known = self.ledger.see(part.origin)
            if known and known.digest == part.digest:
                self._glance(batch, part, known.remarks)
            else:
                reading = self._read(batch.account, part)
                batch.add(part, reading, known is not None)
                for row in reading.merged:
                    batch.account.count(row.table, Outcome.MERGED)
            if batch.is_full:
                yield batch
                batch = Batch()
        yield batch

    def _glance(self, batch: Batch, part: Part, remarks: bool) -> None:
        """Count the rows of a part that is as it was; one with remarks is read for them."""
        unchanged = Counter(part.rows)
        if remarks:
            reading = self._read(batch.account, part)
            unchanged.subtract(each.row.table for each in reading.skipped)
        for table, number in unchanged.items():
            batch.account.count(table, Outcome.UNCHANGED, number)
        batch.glanced += sum(part.rows.values())

    def _read(self, account: Account, part: Part) -> Reading:
        reading = part.read()
        for skipped in reading.skipped:
            self.ledger.skip(skipped)
            account.count(skipped.row.table, Outcome.SKIPPED)
        for note in reading.notes:
            self.ledger.note(note)
        return reading

    def _whole(self, parts: Iterable[Part]) -> Iterator[Batch]:
        """The parts once more, without accounting for their rows."""
        for part in parts:
            batch = Batch(is_repeated=True)
            batch.add(part, part.read(), known=True)
            yield batch

    async def _prepare(self, batch: Batch, reserved: Iterable[Slug]) -> Prepared:
        datasets = [reading.dataset for reading in batch.readings]
        remembered = [
            Remembered(part.entity, part.origin, part.digest, bool(each.skipped or each.notes))
            for part, each in zip(batch.parts, batch.readings, strict=True)
        ]
        return await prepare(
            self.client, datasets, batch.known, self.rules, remembered, reserved, self.started
        )

    async def _write(self, batch: Batch, prepared: Prepared, foreign: int) -> None:
        for attempt in range(ATTEMPTS):
            if foreign != self.foreign:
                foreign = self.foreign
                prepared = await self._prepare(batch, ())
            if not prepared.steps:
                break
            writes = prepared.account.writes
            begin = [Step(_BEGIN, self.origin)] if writes else []
            try:
                await commit(self.client, [*begin, *prepared.steps], self.number, prepared.now)
            except (UnmetExpectation, ConstraintViolation):
                if not await self._has_moved(prepared) and attempt:
                    raise
            else:
                self.number += 1
                self.owes |= writes
                break
        else:
            raise FilmographError(BUSY)
        self._close(batch, prepared)

    async def _has_moved(self, prepared: Prepared) -> bool:
        """Whether another import has written in between; else raises FilmographError if this one
        refers to what is not there.
        """
        number = await revision(self.client)
        has_moved = number != self.number
        if not has_moved:
            await check_references(self.client, prepared.wanted)
        self.number = number
        self.foreign += 1
        self.rules = await Rules.read(self.client)
        return has_moved

    def _close(self, batch: Batch, prepared: Prepared) -> None:
        if batch.is_repeated:
            prepared.account.rows.clear()
        else:
            self.progress(batch.rows)
        self.account.add(batch.account)
        self.account.add(prepared.account)
        self.batches += 1
        if self.batches % COLLECTED == 0:
            gc.collect()
        self.again += [part for part in batch.parts if part.origin in prepared.held]

    def _check_rows(self) -> None:
        """Every row is accounted for once: anything else is a defect of the reader."""
        counted = self.account.totals()
        wrong = [
            f"{table}: {number} rows, {counted.get(table, 0)} accounted for"
            for table, number in self.feed.rows.items()
            if counted.get(table, 0) != number
        ]
        if wrong:
            raise FilmographError(f"{self.feed.file}: not every row is accounted for once: {wrong}")

    async def _finish(self) -> None:
        await fame(self.client)
        now = moment()
        steps = [Step(RANKING), Step(_END, self.origin)]
        # What is computed from the graph comes from no file, and is no import of its own.
        if self.feed.file:
            rows = json.dumps(self.account.tables())
            about = {"file": self.feed.file, "startedAt": self.started, "rows": rows}
            steps.append(record(self.feed.origin, now, **about))
        await commit_at_once(self.client, steps, now)


def _nothing(origin: str) -> Part:
    """A part that the source has not any more."""
    return Part(origin, "", "", {}, lambda: Reading(Dataset(origin)))
