"""Neo4j's jars: what is locked is what is used, whatever the network or the disk did to it.

The jars here are small ones, served from this machine by way of jgo's own configuration.
"""

from __future__ import annotations

import gc
import hashlib
import threading
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from graph.distribution import Distribution, Jar, install
from graph.errors import EngineDownloadError
from graph.settings import SHIPPED_LOCK

CONTENT = {"first": b"first jar" * 1000, "second": b"second jar" * 1000}


@dataclass
class Repository:
    """A Maven repository. `files` by path; `asked` holds the names of jars that were asked for."""

    files: dict[str, bytes] = field(default_factory=dict)
    promised: int = 0
    asked: list[str] = field(default_factory=list)

    def handler(self) -> type[BaseHTTPRequestHandler]:
        repository = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = repository.files.get(self.path)
                if self.path.endswith(".jar"):
                    repository.asked.append(self.path.split("/")[3])
                self.send_response(404 if body is None else 200)
                self.send_header("Content-Length", str(len(body or b"") + repository.promised))
                self.end_headers()
                self.wfile.write(body or b"")

            def log_message(self, format: str, *args: object) -> None:
                """Quiet."""

        return Handler


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Repository]:
    repository = Repository({"/" + jar.path.as_posix(): CONTENT[jar.artifact] for jar in JARS})
    with ThreadingHTTPServer(("127.0.0.1", 0), repository.handler()) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,)).start()
        config = tmp_path / "jgo.conf"
        config.write_text(f"[repositories]\ncentral = http://127.0.0.1:{server.server_port}\n")
        monkeypatch.setenv("JGO_CONFIG_FILE", str(config))
        yield repository
        server.shutdown()
    # jgo leaves the connections of answers that it gives up to the garbage collector.
    with warnings.catch_warnings(action="ignore", category=ResourceWarning):
        gc.collect()


def jar(name: str) -> Jar:
    content = CONTENT[name]
    return Jar("org.example", name, "1.0", "", len(content), hashlib.sha256(content).hexdigest())


JARS = (jar("first"), jar("second"))
DISTRIBUTION = Distribution("1.0", "org.example.Main", JARS, "0" * 64)


def installed(folder: Path, distribution: Distribution = DISTRIBUTION) -> list[bytes]:
    paths = install(distribution, folder / "jars", lambda line: None, threading.Event())
    return [path.read_bytes() for path in paths]


def test_the_shipped_lock_names_every_jar_with_its_sum() -> None:
    distribution = Distribution.locked(SHIPPED_LOCK)
    assert distribution.version == "2026.08.1"
    assert len(distribution.jars) == 226
    assert all(len(jar.sha256) == 64 and jar.size > 0 for jar in distribution.jars)
    assert len({jar.path for jar in distribution.jars}) == 226


def test_jars_are_fetched_once(repository: Repository, tmp_path: Path) -> None:
    assert installed(tmp_path) == [CONTENT["first"], CONTENT["second"]]
    assert installed(tmp_path) == [CONTENT["first"], CONTENT["second"]]
    assert sorted(repository.asked) == ["first", "second"]


def test_a_jar_that_changed_on_disk_is_fetched_again(
    repository: Repository, tmp_path: Path
) -> None:
    installed(tmp_path)
    damaged = tmp_path / "jars" / JARS[0].path
    damaged.write_bytes(b"x" * len(CONTENT["first"]))
    assert installed(tmp_path) == [CONTENT["first"], CONTENT["second"]]
    assert sorted(repository.asked) == ["first", "first", "second"]


def test_a_jar_that_is_not_the_locked_one_is_refused(
    repository: Repository, tmp_path: Path
) -> None:
    repository.files["/" + JARS[0].path.as_posix()] = b"x" * len(CONTENT["first"])
    with pytest.raises(EngineDownloadError, match=r"^first-1\.0\.jar could not.*sha256"):
        installed(tmp_path)
    assert not (tmp_path / "jars" / JARS[0].path).exists()


def test_a_download_that_breaks_off_leaves_no_torn_jar(
    repository: Repository, tmp_path: Path
) -> None:
    repository.promised = 1
    with pytest.raises(EngineDownloadError, match=r"\.jar could not be downloaded"):
        installed(tmp_path)
    assert list((tmp_path / "jars").rglob("*.jar")) == []


def test_what_has_been_downloaded_is_kept_when_another_jar_fails(
    repository: Repository, tmp_path: Path
) -> None:
    installed(tmp_path, replace(DISTRIBUTION, jars=JARS[:1]))
    missing = "/" + JARS[1].path.as_posix()
    content = repository.files.pop(missing)
    with pytest.raises(EngineDownloadError, match=r"^second-1\.0\.jar could not"):
        installed(tmp_path)
    repository.files[missing] = content
    assert installed(tmp_path) == [CONTENT["first"], CONTENT["second"]]
    assert repository.asked.count("first") == 1


def test_no_network(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "")
    with pytest.raises(EngineDownloadError, match="HTTPS_PROXY"):
        installed(tmp_path)


def test_an_interrupted_download_ends(repository: Repository, tmp_path: Path) -> None:
    cancelled = threading.Event()
    cancelled.set()
    with pytest.raises(EngineDownloadError, match="interrupted"):
        install(DISTRIBUTION, tmp_path / "jars", lambda line: None, cancelled)


def test_a_cache_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "jars").write_text("in the way")
    with pytest.raises(EngineDownloadError, match=r"FILMOGRAPH_CACHE"):
        installed(tmp_path)


def test_a_disk_without_room(repository: Repository, tmp_path: Path) -> None:
    huge = replace(JARS[0], size=10**18)
    with pytest.raises(EngineDownloadError, match="Make room"):
        install(replace(DISTRIBUTION, jars=(huge,)), tmp_path, lambda line: None, threading.Event())
    assert repository.asked == []
