"""The tools of GraphQL's clients, as the Makefile beside this file runs them."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

HERE = Path(__file__).parent

Make = Callable[..., Awaitable[str]]


@pytest.fixture
def make() -> Make:
    """Makes a target and returns what it prints; a failure shows all of that."""

    async def make(*arguments: str) -> str:
        process = await asyncio.create_subprocess_exec(
            *("make", "--silent", "--no-print-directory", "-C", str(HERE), *arguments),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        printed, _ = await process.communicate()
        assert process.returncode == 0, printed.decode()
        return printed.decode()

    return make
