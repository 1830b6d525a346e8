"""Settings: the defaults, and errors that name the variable."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import SettingsError
from graph.settings import Settings, usual_heap


def test_without_variables_the_engine_is_embedded() -> None:
    settings = Settings.from_environment({})
    assert settings.neo4j_uri is None
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.data.name == "filmograph"


def test_variables_are_read(tmp_path: Path) -> None:
    settings = Settings.from_environment(
        {
            "FILMOGRAPH_DATA": str(tmp_path),
            "FILMOGRAPH_PORT": "9000",
            "FILMOGRAPH_TRANSACTION_TIMEOUT": "2.5",
            "FILMOGRAPH_ENGINE_HEAP": "1G",
            "FILMOGRAPH_DEVELOPMENT": "yes",
            "FILMOGRAPH_LEAN_READS": "0",
            "NEO4J_URI": "neo4j+s://graph.example:7687",
            "NEO4J_PASSWORD": "secret",
        }
    )
    assert settings.data == tmp_path
    assert settings.port == 9000
    assert settings.transaction_timeout == 2.5
    assert settings.heap == "1g"
    assert settings.development is True
    assert settings.lean_reads is False
    assert settings.neo4j_uri == "neo4j+s://graph.example:7687"


@pytest.mark.parametrize(
    ("text", "origins"),
    [
        ("", ("*",)),
        ("none", ()),
        (
            "https://films.example, http://localhost:3000",
            ("https://films.example", "http://localhost:3000"),
        ),
    ],
)
def test_origins_are_all_none_or_those_named(text: str, origins: tuple[str, ...]) -> None:
    assert Settings.from_environment({"FILMOGRAPH_ORIGINS": text}).origins == origins


def test_tokens_are_known_by_their_sums_and_proxies_by_their_networks() -> None:
    settings = Settings.from_environment(
        {
            "FILMOGRAPH_TOKENS": f"{'A1' * 32}, {'b2' * 32}",
            "FILMOGRAPH_TRUSTED_PROXIES": "10.0.0.0/8, 2001:db8::1",
        }
    )
    assert settings.tokens == {"a1" * 32, "b2" * 32}
    assert settings.trusted_proxies == ("10.0.0.0/8", "2001:db8::1")
    assert "a1a1" not in repr(settings)


def test_an_empty_variable_counts_as_unset() -> None:
    assert Settings.from_environment({"NEO4J_URI": "", "FILMOGRAPH_PORT": " "}).port == 8000


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("FILMOGRAPH_DATA", __file__),
        ("FILMOGRAPH_PORT", "http"),
        ("FILMOGRAPH_PORT", "65536"),
        ("FILMOGRAPH_PORT", "-1"),
        ("FILMOGRAPH_ORIGINS", "films.example"),
        ("FILMOGRAPH_ORIGINS", "https://films.example/"),
        ("FILMOGRAPH_ORIGINS", "https://films.example *"),
        ("FILMOGRAPH_MAX_RUNNING", "0"),
        ("FILMOGRAPH_MAX_RUNNING", "91"),
        ("FILMOGRAPH_MAX_WAITING", "many"),
        ("FILMOGRAPH_MAX_WAIT", "-1"),
        ("FILMOGRAPH_THROTTLE_RATE", "1.5"),
        ("FILMOGRAPH_THROTTLE_BUCKET", "0"),
        ("FILMOGRAPH_TOKENS", "secret"),
        ("FILMOGRAPH_TRUSTED_PROXIES", "proxy.example"),
        ("FILMOGRAPH_TRUSTED_PROXIES", "10.0.0.1/8"),
        ("FILMOGRAPH_TRANSACTION_TIMEOUT", "0"),
        ("FILMOGRAPH_TRANSACTION_TIMEOUT", "nan"),
        ("FILMOGRAPH_TRANSACTION_TIMEOUT", "soon"),
        ("FILMOGRAPH_ENGINE_HEAP", "512"),
        ("FILMOGRAPH_ENGINE_PAGE_CACHE", "a lot"),
        ("FILMOGRAPH_ENGINE_PORT", "1e3"),
        ("FILMOGRAPH_ENGINE_LOCK", "/no/such/file"),
        ("FILMOGRAPH_LOG_LEVEL", "loud"),
        ("FILMOGRAPH_LOG_FORMAT", "xml"),
        ("FILMOGRAPH_DEVELOPMENT", "maybe"),
        ("FILMOGRAPH_REGISTERED", "/no/such/file"),
        ("FILMOGRAPH_REGISTERED_ONLY", "maybe"),
        ("FILMOGRAPH_ANSWER_CACHE", "32"),
        ("FILMOGRAPH_CACHE_CONTROL", "public\r\nX-Other: 1"),
        ("FILMOGRAPH_CACHE_CONTROL", "max-age=soon"),
        ("FILMOGRAPH_STALENESS", "0"),
        ("NEO4J_URI", "http://localhost:7474"),
        ("NEO4J_URI", "bolt://"),
    ],
)
def test_an_error_names_the_variable(variable: str, value: str) -> None:
    with pytest.raises(SettingsError, match=rf"^{variable}: must be") as caught:
        Settings.from_environment({variable: value})
    assert caught.value.variable == variable


def test_a_neo4j_of_yours_needs_a_password() -> None:
    with pytest.raises(SettingsError, match=r"^NEO4J_PASSWORD: is needed"):
        Settings.from_environment({"NEO4J_URI": "bolt://localhost:7687"})


def test_the_password_is_not_printed() -> None:
    settings = Settings.from_environment(
        {"NEO4J_URI": "bolt://localhost:7687", "NEO4J_PASSWORD": "secret"}
    )
    assert "secret" not in repr(settings)


def test_the_documentation_lists_every_variable() -> None:
    class Asked(dict[str, str]):
        def get(self, name: str, default: str = "") -> str:  # type: ignore[override]
            self[name] = default
            return default

    asked = Asked()
    Settings.from_environment(asked)
    text = (Path(__file__).parents[2] / "docs" / "operations.md").read_text()
    assert [name for name in asked if f"| `{name}` |" not in text] == []


@pytest.mark.parametrize(("gigabytes", "heap"), [(4, "1g"), (16, "2g")])
def test_the_engine_takes_no_more_than_the_machine_can_give(gigabytes: int, heap: str) -> None:
    assert usual_heap(gigabytes * 2**30) == heap
