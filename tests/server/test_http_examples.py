"""The commands in docs/http.md print what stands below them."""

import asyncio
import re
import shutil
from pathlib import Path

import pytest

from graph.client import Client

TEXT = (Path(__file__).parents[2] / "docs" / "http.md").read_text()
EXAMPLES = re.findall(r"```sh\n(.*?)```\n\n```text\n(.*?)```", TEXT, re.DOTALL)


@pytest.mark.skipif(not shutil.which("curl"), reason="there is no curl")
@pytest.mark.parametrize(("command", "printed"), EXAMPLES)
async def test_the_command_prints_what_is_shown(
    command: str, printed: str, server_url: str, catalogue: Client
) -> None:
    process = await asyncio.create_subprocess_shell(
        command.replace("http://127.0.0.1:8000", server_url), stdout=asyncio.subprocess.PIPE
    )
    output, _ = await process.communicate()
    assert output.decode().replace("\r\n", "\n").strip() == printed.strip()


def test_every_command_has_its_output() -> None:
    assert len(EXAMPLES) == TEXT.count("```sh") == 4
