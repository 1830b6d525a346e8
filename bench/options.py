"""What every bench of pages may be told."""

import argparse
from pathlib import Path

ROOT = Path(__file__).parent.parent


def folder(text: str) -> Path:
    return Path(text).absolute()


def options(prog: str, description: str | None, results: str) -> argparse.ArgumentParser:
    """The options of `prog`, which writes its figures to the page of this name beside this file."""
    parser = argparse.ArgumentParser(prog=prog, description=description)
    parser.add_argument("--dumps", type=Path, required=True, help="folder with the dumps")
    parser.add_argument(
        "--data", type=folder, default=ROOT / ".bench", help="where the full catalogue is kept"
    )
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=2.0, help="of each measurement")
    parser.add_argument("--warm-up", type=float, default=10.0, help="seconds for each server")
    parser.add_argument("--works", type=int, default=500, help="whose pages are asked for")
    parser.add_argument("--results", type=Path, default=ROOT / "bench" / results)
    return parser
