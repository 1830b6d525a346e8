"""Settings: environment variables, read and checked once at start."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import platformdirs
from psutil import virtual_memory

from graph.errors import SettingsError

LOG_LEVELS = ("debug", "info", "warning", "error")
LOG_FORMATS = ("console", "json")
SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
ROOMY = 6 * 2**30
SHIPPED_LOCK = Path(__file__).with_name("engine.lock.toml")

_ORIGIN = re.compile(r"https?://[a-z0-9.\-\[\]:]+")
_DIRECTIVE = re.compile(r" *[a-z-]+(=[0-9]+)? *")

Value = TypeVar("Value")


@dataclass(frozen=True)
class Settings:
    """What an operator can choose; docs/operations.md lists the variables.

    Times are seconds; sizes are the JVM's ("512m"), `answer_cache` is bytes. `neo4j_uri` None means
    the embedded engine, `engine_port` 0 any free port, `origins` ("*",) all of them,
    `throttle_rate` 0 no limit. `tokens` are sha256 sums.
    """

    data: Path
    cache: Path
    host: str = "127.0.0.1"
    port: int = 8000
    origins: tuple[str, ...] = ("*",)
    neo4j_uri: str | None = None
    neo4j_user: str = "neo4j"
    neo4j_password: str = field(default="", repr=False)
    neo4j_database: str = "neo4j"
    transaction_timeout: float = 30.0
    max_running: int = 64
    max_waiting: int = 1000
    max_wait: float = 5.0
    throttle_rate: int = 0
    throttle_bucket: int = 200_000
    tokens: frozenset[str] = field(default=frozenset(), repr=False)
    trusted_proxies: tuple[str, ...] = ()
    lean_reads: bool = True
    engine_port: int = 0
    engine_lock: Path = SHIPPED_LOCK
    heap: str = "1g"
    page_cache: str = "256m"
    log_level: str = "info"
    log_format: str = "console"
    development: bool = False
    catalogue: bool = True
    registered: Path | None = None
    registered_only: bool = False
    answer_cache: int = 16 * 2**20
    cache_control: str = "no-cache"
    staleness: float = 1.0

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Raises SettingsError, which names the variable."""
        read = _Reader(environ)
        settings = cls(
            data=read("FILMOGRAPH_DATA", _folder, platformdirs.user_data_path("filmograph")),
            cache=read("FILMOGRAPH_CACHE", _folder, platformdirs.user_cache_path("filmograph")),
            host=read("FILMOGRAPH_HOST", str, cls.host),
            port=read("FILMOGRAPH_PORT", _port, cls.port),
            origins=read("FILMOGRAPH_ORIGINS", _origins, cls.origins),
            neo4j_uri=read("NEO4J_URI", _uri, None),
            neo4j_user=read("NEO4J_USER", str, cls.neo4j_user),
            neo4j_password=read("NEO4J_PASSWORD", str, ""),
            neo4j_database=read("NEO4J_DATABASE", str, cls.neo4j_database),
            transaction_timeout=read(
                "FILMOGRAPH_TRANSACTION_TIMEOUT", _seconds, cls.transaction_timeout
            ),
            max_running=read("FILMOGRAPH_MAX_RUNNING", _number(1, 90), cls.max_running),
            max_waiting=read("FILMOGRAPH_MAX_WAITING", _number(0, 100_000), cls.max_waiting),
            max_wait=read("FILMOGRAPH_MAX_WAIT", _seconds, cls.max_wait),
            throttle_rate=read("FILMOGRAPH_THROTTLE_RATE", _number(0, 10**9), cls.throttle_rate),
            throttle_bucket=read(
                "FILMOGRAPH_THROTTLE_BUCKET", _number(1, 10**9), cls.throttle_bucket
            ),
            tokens=read("FILMOGRAPH_TOKENS", _sums, cls.tokens),
            trusted_proxies=read("FILMOGRAPH_TRUSTED_PROXIES", _networks, cls.trusted_proxies),
            lean_reads=read("FILMOGRAPH_LEAN_READS", _flag, cls.lean_reads),
            engine_port=read("FILMOGRAPH_ENGINE_PORT", _port, cls.engine_port),
            engine_lock=read("FILMOGRAPH_ENGINE_LOCK", _file, cls.engine_lock),
            heap=read("FILMOGRAPH_ENGINE_HEAP", _size, usual_heap(virtual_memory().total)),
            page_cache=read("FILMOGRAPH_ENGINE_PAGE_CACHE", _size, cls.page_cache),
            log_level=read("FILMOGRAPH_LOG_LEVEL", _one_of(LOG_LEVELS), cls.log_level),
            log_format=read("FILMOGRAPH_LOG_FORMAT", _one_of(LOG_FORMATS), cls.log_format),
            development=read("FILMOGRAPH_DEVELOPMENT", _flag, cls.development),
            catalogue=read("FILMOGRAPH_CATALOGUE", _flag, cls.catalogue),
            registered=read("FILMOGRAPH_REGISTERED", _file, None),
            registered_only=read("FILMOGRAPH_REGISTERED_ONLY", _flag, cls.registered_only),
            answer_cache=read("FILMOGRAPH_ANSWER_CACHE", _bytes, cls.answer_cache),
            cache_control=read("FILMOGRAPH_CACHE_CONTROL", _directives, cls.cache_control),
            staleness=read("FILMOGRAPH_STALENESS", _seconds, cls.staleness),
        )
        if settings.neo4j_uri and not settings.neo4j_password:
            raise SettingsError("NEO4J_PASSWORD", "is needed when NEO4J_URI is set")
        if settings.registered_only and not settings.registered:
            raise SettingsError(
                "FILMOGRAPH_REGISTERED", "is needed when FILMOGRAPH_REGISTERED_ONLY is set"
            )
        return settings


def usual_heap(memory: int) -> str:
    """What the engine may take by default on a machine with that many bytes of memory: importing a
    whole dump is a fifth quicker with 2 GB than with one.
    """
    return "2g" if memory >= ROOMY else "1g"


class _Reader:
    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ

    def __call__(self, name: str, parse: Callable[[str], Value], default: Value) -> Value:
        """An empty variable counts as unset, as Compose files write it."""
        text = self.environ.get(name, "").strip()
        if not text:
            return default
        try:
            return parse(text)
        except ValueError as error:
            raise SettingsError(name, f"{error}, not {text!r}") from None


def _folder(text: str) -> Path:
    path = Path(text).expanduser().absolute()
    if path.exists() and not path.is_dir():
        raise ValueError("must be a folder")
    return path


def _file(text: str) -> Path:
    path = Path(text).expanduser().absolute()
    if not path.is_file():
        raise ValueError("must be an existing file")
    return path


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise ValueError("must be a port, 0 to 65535")
    return int(text)


def _number(least: int, most: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not (text.isascii() and text.isdecimal() and least <= int(text) <= most):
            raise ValueError(f"must be a whole number, {least} to {most}")
        return int(text)

    return parse


def _sums(text: str) -> frozenset[str]:
    sums = frozenset(text.lower().replace(",", " ").split())
    if not all(map(re.compile("[0-9a-f]{64}").fullmatch, sums)):
        raise ValueError("must be sha256 sums of tokens, 64 hexadecimal digits each, with commas")
    return sums


def _networks(text: str) -> tuple[str, ...]:
    networks = tuple(text.replace(",", " ").split())
    try:
        for each in networks:
            ip_network(each)
    except ValueError as error:
        raise ValueError("must be addresses or networks like 10.0.0.0/8, with commas") from error
    return networks


def _origins(text: str) -> tuple[str, ...]:
    """As browsers send them; "none" allows no other site."""
    if text == "none":
        return ()
    origins = tuple(text.replace(",", " ").split())
    if origins != ("*",) and not all(map(_ORIGIN.fullmatch, origins)):
        raise ValueError("must be *, none, or origins like https://films.example, with commas")
    return origins


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < 86_400:
        raise ValueError("must be a number of seconds above 0 and below 86400")
    return seconds


def _size(text: str) -> str:
    if not re.fullmatch(r"[1-9][0-9]*[kmg]", text.lower()):
        raise ValueError("must be a size like 512m or 2g")
    return text.lower()


def _bytes(text: str) -> int:
    if text == "0":
        return 0
    size = _size(text)
    return int(size[:-1]) << 10 * ("kmg".index(size[-1]) + 1)


def _directives(text: str) -> str:
    """As Cache-Control has them."""
    if not all(map(_DIRECTIVE.fullmatch, text.split(","))):
        raise ValueError("must be directives like public, max-age=60")
    return text


def _uri(text: str) -> str | None:
    parts = urlsplit(text)
    if parts.scheme not in SCHEMES or not parts.hostname:
        raise ValueError(f"must be a URI of {', '.join(SCHEMES)}, like bolt://localhost:7687")
    return text


def _flag(text: str) -> bool:
    if text.lower() not in ("0", "1", "true", "false", "yes", "no"):
        raise ValueError("must be 1 or 0")
    return text.lower() in ("1", "true", "yes")


def _one_of(choices: tuple[str, ...]) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text.lower() not in choices:
            raise ValueError(f"must be one of {', '.join(choices)}")
        return text.lower()

    return parse
