"""Companies and people whom infoboxes name in text, read into a database of its own.

Parsing infoboxes takes as long as staging all rows, so that of a large dump another process does
it meanwhile.
"""

import signal
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from multiprocessing import get_context, parent_process
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from typing import Any, Final

from graph.errors import FilmographError
from ingest.bangumi.archive import open_archive
from ingest.bangumi.codes import Codes, read_codes
from ingest.bangumi.infobox import Infobox
from ingest.bangumi.names import original_language
from ingest.bangumi.organizations import company_texts, organization_slug
from ingest.bangumi.person_texts import Unread, person_texts
from ingest.bangumi.rows import BrokenRow, Subject, parsed, subject
from ingest.bangumi.staging import Progress, numbered, tables
from ingest.identity import name_key, script_of

LARGE: Final = 8 * 2**20
"""So many bytes of subjects are worth a process."""
_WHAT: Final = "Reading infoboxes"
_WAITED: Final = 0.1
"""Seconds."""
_TABLES: Final = """
PRAGMA journal_mode = off; PRAGMA synchronous = off;
CREATE TABLE company (line INTEGER, subject INTEGER, place INTEGER, role TEXT, name TEXT,
  slug TEXT, certain INTEGER);
CREATE TABLE individual (line INTEGER, subject INTEGER, place INTEGER, role TEXT, name TEXT,
  other TEXT, scope TEXT, language TEXT, slug TEXT);
CREATE TABLE unread (line INTEGER, subject INTEGER, place INTEGER, remark TEXT);
"""
_INDEXES: Final = """
CREATE INDEX company_slug ON company (slug, name);
CREATE INDEX company_subject ON company (subject, place);
CREATE INDEX individual_subject ON individual (subject, place);
"""
_SPAWN: Final = get_context("spawn")


@contextmanager
def mentions(dump: Path, vocabulary: Path | None) -> Iterator[Callable[[Progress], Path]]:
    """Begins to read. What is yielded waits for the database: of whom each subject's infobox names
    it has the tables `company` and `individual`, and of what names nobody `unread`.

    Raises SourceError where the file is no such dump.
    """
    with TemporaryDirectory(prefix="filmograph-") as folder:
        target = Path(folder) / "mentions.sqlite"
        read = partial(_read, dump, target, vocabulary)
        with open_archive(dump) as archive:
            size = tables(dump, archive)["subject"].file_size
        if size < LARGE:
            yield lambda progress: read(progress)
            return
        done = _SPAWN.RawValue("Q", 0)
        process = _SPAWN.Process(target=_read_apart, args=(dump, target, vocabulary, done))
        # A terminal's interruption is for this process, which ends the other.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

        def wait(progress: Progress) -> Path:
            while process.is_alive():
                progress(_WHAT, done.value, size)
                process.join(_WAITED)
            return target if process.exitcode == 0 else read(progress)

        try:
            yield wait
        finally:
            process.kill()
            process.join()


def _read_apart(dump: Path, target: Path, vocabulary: Path | None, done: Any) -> None:
    """What goes wrong here is told by the process that waits: it tries again."""
    parent = parent_process()

    def tell(what: str, at: int, size: int) -> None:
        done.value = at
        if parent and not parent.is_alive():
            rmtree(target.parent, ignore_errors=True)
            sys.exit(1)

    try:
        _read(dump, target, vocabulary, tell)
    except (FilmographError, OSError, sqlite3.Error):
        sys.exit(1)


def _read(dump: Path, target: Path, vocabulary: Path | None, progress: Progress) -> Path:
    target.unlink(missing_ok=True)
    codes = read_codes(vocabulary)
    with open_archive(dump) as archive, closing(sqlite3.connect(target)) as database:
        database.executescript(_TABLES)
        member = tables(dump, archive)["subject"]
        tell = partial(progress, _WHAT)
        with archive.open(member) as file:
            for line, raw in numbered(file, lambda done: tell(done, member.file_size)):
                try:
                    found = subject(parsed(raw))
                except BrokenRow:
                    continue
                _stage(database, line, found, codes)
        database.executescript(_INDEXES)
    return target


def _stage(database: sqlite3.Connection, line: int, found: Subject, codes: Codes) -> None:
    infobox = Infobox(found.infobox)
    of = line, found.id
    for place, company in enumerate(company_texts(infobox, codes.companies.get(found.type, {}))):
        slug = organization_slug(company.name)
        row = (*of, place, company.role, company.name, slug, company.certain)
        database.execute("INSERT INTO company VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    titles = {name_key(found.name), name_key(found.name_cn)}
    people = person_texts(infobox, codes.people.get(found.type, {}), codes.labels)
    for place, text in enumerate(people):
        if isinstance(text, Unread):
            remark = f"{text.key}: {text.text[:80]!r}: {text.why}"
            database.execute("INSERT INTO unread VALUES (?, ?, ?, ?)", (*of, place, remark))
        elif name_key(text.name) not in titles:
            language = _language(text.name, found.meta_tags)
            named = (*of, place, *text, language, organization_slug(text.name))
            database.execute("INSERT INTO individual VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", named)


def _language(name: str, countries: Iterable[str]) -> str | None:
    return "en" if script_of(name) == "Latn" else original_language(name, countries)
