"""What goes into production: docker-compose.yml, the Dockerfile and what .dockerignore lets in."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.distribution import Distribution
from graph.settings import SHIPPED_LOCK, Settings

ROOT = Path(__file__).parent.parent
COMPOSE = ROOT / "docker-compose.yml"
DOCKERFILE = (ROOT / "Dockerfile").read_text().replace("\\\n", "")
REQUIRED = re.compile(r"\$\{\w+:\?[^}]+\}")

Service = dict[str, Any]


@pytest.fixture(scope="module")
def services() -> dict[str, Service]:
    services: dict[str, Service] = yaml.safe_load(COMPOSE.read_text())["services"]
    return services


def complaints(compose: Path) -> str:
    """What the Compose specification's schema has against a file; nothing if it is valid."""
    checker = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    result = subprocess.run([*checker, compose], capture_output=True, text=True, check=False)
    return result.stdout if result.returncode else ""


def test_the_compose_file_follows_the_compose_specification() -> None:
    assert complaints(COMPOSE) == ""


def test_a_misspelt_key_does_not_follow_it(tmp_path: Path) -> None:
    wrong = tmp_path / "docker-compose.yml"
    wrong.write_text(COMPOSE.read_text().replace("healthcheck:", "health_check:"))

    assert "'health_check' was unexpected" in complaints(wrong)


def test_the_password_must_be_given(services: dict[str, Service]) -> None:
    assert REQUIRED.sub("<given>", services["neo4j"]["environment"]["NEO4J_AUTH"]) == (
        "neo4j/<given>"
    )
    assert REQUIRED.sub("<given>", services["api"]["environment"]["NEO4J_PASSWORD"]) == "<given>"


def test_the_database_is_the_version_that_the_embedded_engine_is(
    services: dict[str, Service],
) -> None:
    version = Distribution.locked(SHIPPED_LOCK).version

    assert services["neo4j"]["image"] == f"neo4j:{version}-community"


def test_only_the_api_can_be_reached_from_outside(services: dict[str, Service]) -> None:
    published = {name: service.get("ports") for name, service in services.items()}

    assert published == {"neo4j": None, "api": ["8000:8000"]}


def test_the_api_starts_when_the_database_is_healthy(services: dict[str, Service]) -> None:
    assert services["api"]["depends_on"] == {"neo4j": {"condition": "service_healthy"}}
    assert "http://127.0.0.1:7474/" in services["neo4j"]["healthcheck"]["test"]


def test_the_api_takes_its_settings_from_the_compose_file_and_the_image(
    services: dict[str, Service],
) -> None:
    image = dict(re.findall(r"\s(FILMOGRAPH_\w+)=(\S+)", DOCKERFILE))
    given = {
        name: REQUIRED.sub("secret", value)
        for name, value in services["api"]["environment"].items()
    }

    settings = Settings.from_environment({**image, **given})

    assert (settings.neo4j_uri, settings.neo4j_user, settings.neo4j_password) == (
        "bolt://neo4j:7687",
        "neo4j",
        "secret",
    )
    assert (settings.host, settings.port, settings.log_format) == ("0.0.0.0", 8000, "json")


def test_the_image_holds_no_password_and_its_server_is_not_root() -> None:
    assert "PASSWORD" not in DOCKERFILE
    assert re.findall(r"^USER (.+)$", DOCKERFILE, re.MULTILINE) == ["1000"]


def test_the_image_is_healthy_when_the_server_is_ready() -> None:
    [check] = re.findall(r"^HEALTHCHECK .+$", DOCKERFILE, re.MULTILINE)

    assert "'/ready'" in check


def test_what_the_image_copies_is_there_and_let_in() -> None:
    admitted = {
        line.removeprefix("!")
        for line in (ROOT / ".dockerignore").read_text().splitlines()
        if line.startswith("!")
    }
    copied = {
        source
        for sources in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
        for source in sources.split()
    }
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wheel = set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"])

    assert "web/package-lock.json" in copied
    assert {path for path in copied | admitted if not (ROOT / path).exists()} == set()
    assert {path.split("/")[0] for path in copied | wheel} - {"."} <= admitted
