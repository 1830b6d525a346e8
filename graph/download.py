"""The download of jars, by way of jgo.

So jgo's repositories (`[repositories]` in jgo.conf) and the usual proxy variables hold.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from shutil import disk_usage

from jgo.config import GlobalSettings
from jgo.maven import MavenContext, PythonResolver
from requests import RequestException
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from graph.distribution import Jar
from graph.errors import EngineDownloadError

CONNECTIONS = 12
ATTEMPTS = 3
TIMEOUT_SECONDS = 30
REPORT_SECONDS = 5.0
MEGABYTE = 1_000_000


def download(
    jars: list[Jar], folder: Path, progress: Callable[[str], None], cancelled: threading.Event
) -> None:
    """Fetch jars into a folder of Maven's layout. Only good ones stay, also after a failure.

    Raises EngineDownloadError, soon after `cancelled` is set too.
    """
    total = sum(jar.size for jar in jars)
    if (free := disk_usage(folder).free) < total:
        raise EngineDownloadError(
            f"Neo4j needs {total // MEGABYTE} MB in {folder}, and {free // MEGABYTE} MB are free. "
            "Make room, or choose another folder by FILMOGRAPH_CACHE."
        )
    meter = _Meter(cancelled)
    context = MavenContext(
        resolver=PythonResolver(progress_callback=meter.track),
        repo_cache=folder,
        timeout=TIMEOUT_SECONDS,
    )
    context.remote_repos.update(GlobalSettings.load().repositories)
    with ThreadPoolExecutor(CONNECTIONS) as pool, _shown(total, progress) as show:
        pending = {pool.submit(_fetch, jar, context) for jar in jars}
        try:
            while pending:
                done, pending = wait(pending, timeout=0.2, return_when=FIRST_EXCEPTION)
                show(meter.done)
                _raise_first(done)
        finally:
            meter.stopped = True
            pool.shutdown(cancel_futures=True)


def _raise_first(done: set[Future[None]]) -> None:
    for future in done:
        future.result()


class _Meter:
    """Bytes that have come in, counted from several threads, which it can also stop."""

    def __init__(self, cancelled: threading.Event) -> None:
        self.done = 0
        self.stopped = False
        self._cancelled = cancelled
        self._lock = threading.Lock()

    @contextmanager
    def track(self, filename: str, size: int) -> Iterator[Callable[[int], None]]:
        """jgo's shape of a progress callback."""
        yield self._add

    def _add(self, count: int) -> None:
        if self.stopped or self._cancelled.is_set():
            raise EngineDownloadError("The download of Neo4j was interrupted.")
        with self._lock:
            self.done += count


@contextmanager
def _shown(total: int, progress: Callable[[str], None]) -> Iterator[Callable[[int], None]]:
    """Show bytes done: a bar on a terminal, elsewhere a line every REPORT_SECONDS."""
    if sys.stderr.isatty():
        columns = (TextColumn("Neo4j"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("download", total=total)
            yield lambda done: bar.update(task, completed=done)
        return
    reported = time.monotonic()

    def line(done: int) -> None:
        nonlocal reported
        if time.monotonic() - reported > REPORT_SECONDS:
            reported = time.monotonic()
            progress(f"Downloaded {done // MEGABYTE} of {total // MEGABYTE} MB")

    yield line


def _fetch(jar: Jar, context: MavenContext) -> None:
    """Fetch one jar and check its sum; leaves nothing behind that is not good."""
    path = context.repo_cache / jar.path
    component = context.project(jar.group, jar.artifact).at_version(jar.version)
    problem = ""
    for _ in range(ATTEMPTS):
        path.unlink(missing_ok=True)
        try:
            context.resolver.download(component.artifact(jar.classifier))
            if jar.is_good(context.repo_cache):
                return
            problem = "it is not the file that engine.lock.toml has the sha256 sum of"
        except (RequestException, RuntimeError) as error:
            problem = str(error)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    path.unlink(missing_ok=True)
    raise EngineDownloadError(
        f"{path.name} could not be downloaded: {problem}. Check the network (behind a proxy, set "
        "HTTPS_PROXY) and start again: what has been downloaded is kept."
    )
