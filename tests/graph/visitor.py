"""A process that uses the engine: leaves a mark, tells the marks it finds, stays until interrupted.

python visitor.py MARK        with FILMOGRAPH_DATA in the environment
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys

from graph.database import open_database
from graph.settings import Settings


async def main(mark: str) -> None:
    async with open_database(Settings.from_environment()) as client:
        await client.write("CREATE (:Mark {text: $text})", {"text": mark})
        rows = await client.read("MATCH (m:Mark) RETURN m.text ORDER BY m.text")
        print(json.dumps([text for [text] in rows]), flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    # A shell that runs the tests in the background has told its children to ignore it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        asyncio.run(main(sys.argv[1]))
    except KeyboardInterrupt:
        sys.exit(130)
