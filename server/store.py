"""The store: a file of registered documents, as GraphQL Code Generator writes it."""

import json
import re
from pathlib import Path
from typing import Any

from graph.errors import SettingsError
from loaders.documents import Documents
from server.registered import PREFIX, digest

_ID = re.compile(r"[A-Za-z0-9._~-]+(:[A-Za-z0-9._~:-]+)?")
_SHA256 = re.compile(r"[0-9a-f]{64}")


class _Pairs(list[tuple[str, Any]]):
    """An object with all that stand there for one key."""


def read_store(path: Path, documents: Documents) -> dict[str, str]:
    """The texts by their ids, without `sha256:`; ``documents`` tells which are valid.

    Raises SettingsError naming the file, an id and what is wrong with it.
    """
    texts: dict[str, str] = {}
    problems: list[str] = []
    for id_, text in _pairs(path):
        problem = _problem(id_, text, documents)
        if problem or texts.setdefault(id_.removeprefix(PREFIX), text) != text:
            problems.append(f"'{id_}' {problem or 'stands for another document as well'}")
    if problems:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise _wrong(path, f"{problems[0]}{more}")
    return texts


def _pairs(path: Path) -> _Pairs:
    try:
        found = json.loads(path.read_text("utf-8-sig"), object_pairs_hook=_Pairs)
    except (OSError, ValueError, RecursionError) as error:
        raise _wrong(path, f"is not JSON: {error}") from error
    if not isinstance(found, _Pairs):
        raise _wrong(path, "must be a JSON object: documents by their ids")
    return found


def _problem(id_: str, text: Any, documents: Documents) -> str | None:
    """What is wrong with an id and its document."""
    if not _ID.fullmatch(id_):
        return "is no id: letters, digits and . _ ~ - : make one"
    if not isinstance(text, str):
        return "is not the text of a document"
    document = documents.get(text)
    if isinstance(document, list):
        return f"cannot be asked: {document[0].message}"
    bare = id_.removeprefix(PREFIX)
    if (_SHA256.fullmatch(bare) or bare != id_) and digest(text) != bare:
        return f"is not the sha256 of its document, which is {digest(text)}"
    return None


def _wrong(path: Path, problem: str) -> SettingsError:
    return SettingsError("FILMOGRAPH_REGISTERED", f"{path}: {problem}")
