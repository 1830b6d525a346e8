"""The layout of the repository."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
PACKAGES = {path.parent.name for path in ROOT.glob("*/__init__.py")}
# Above all layers: nothing imports these.
ABOVE = {"tests", "bench", "docs"}
SAYING_NOTHING = {"base", "common", "helper", "helpers", "manager", "misc", "util", "utils"}


def test_every_package_has_its_place_in_the_import_rules() -> None:
    [layers] = [
        contract["layers"]
        for contract in PROJECT["importlinter"]["contracts"]
        if contract["type"] == "layers"
    ]

    assert set(layers) == PACKAGES - ABOVE
    assert PROJECT["importlinter"]["root_packages"] == layers


def test_every_module_is_named_for_what_it_holds() -> None:
    modules = {path.stem for package in PACKAGES for path in (ROOT / package).rglob("*.py")}

    assert "test_layout" in modules
    assert modules & SAYING_NOTHING == set()
