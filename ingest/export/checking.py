"""An exported file, read from beginning to end and checked before a line of it is believed."""

import json
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, NamedTuple

from graph.errors import SourceError
from ingest.compressed import lines
from ingest.export.form import (
    IDS,
    INDEXED,
    LABELS,
    LONGEST,
    NAME,
    TYPES,
    VERSION,
    Header,
    identity,
    is_value,
)

_LABEL_ORDER: Final = {label: place for place, label in enumerate(LABELS)}


class NodeLine(NamedTuple):
    line: int
    labels: tuple[str, ...]
    properties: dict[str, Any]


class EdgeLine(NamedTuple):
    """``start`` and ``end`` are label and id."""

    line: int
    type: str
    start: tuple[str, str]
    end: tuple[str, str]
    properties: dict[str, Any]


def read_header(path: Path) -> Header:
    """Raises SourceError for a file that is no export, or one of another version."""
    for number, data in lines(path):
        return _header(path, _object(path, number, data))
    raise SourceError("is empty", path)


def _header(path: Path, found: dict[str, Any]) -> Header:
    if found.get("format") != NAME:
        raise SourceError(f"is no {NAME}", path, 1)
    if found.get("version") != VERSION:
        problem = f"is of version {found.get('version')!r}, and this program reads {VERSION}"
        raise SourceError(problem, path, 1)
    # Older programs do not tell of these.
    versions = {name: found.get(name, 0) for name in ("spelling", "ties")}
    numbers = {"schema": found.get("schema"), **versions}
    counts = [found.get("nodes"), found.get("edges"), numbers]
    for each in counts:
        if not isinstance(each, dict) or any(type(count) is not int for count in each.values()):
            raise SourceError("is no header: it has no counts", path, 1)
    return Header(found["schema"], found["nodes"], found["edges"], **versions)


def check(path: Path, header: Header) -> None:
    """Read all of it. Raises SourceError naming the line that is not as it must be."""
    sums, number, before = sha256(), 0, b""
    for number, data in lines(path):
        sums.update(before)
        before = data
        if number > header.lines + 1:
            raise SourceError("stands after the end", path, number)
    if number != header.lines + 1:
        raise SourceError(f"is cut off: {header.lines + 1} lines are announced", path, number)
    footer = _object(path, number, before)
    if footer != {"lines": header.lines, "sha256": sums.hexdigest()}:
        raise SourceError("the checksum is not that of the lines above", path, number)
    counted: Counter[str] = Counter()
    last = (-1, "")
    for record in records(path, header):
        if isinstance(record, EdgeLine):
            counted[record.type] += 1
            continue
        label = identity(list(record.labels)) or ""
        counted[label] += 1
        last = _in_order(path, record, label, last)
    for name, count in {**header.nodes, **header.edges}.items():
        if counted[name] != count:
            problem = f"{counted[name]} of {name} where {count} are announced"
            raise SourceError(problem, path, 1)


def _in_order(path: Path, node: NodeLine, label: str, last: tuple[int, Any]) -> tuple[int, Any]:
    """Nodes ascend, so none stands twice."""
    id_ = node.properties.get(IDS[label])
    if type(id_) is not (int if label == "Import" else str):
        raise SourceError(f"{label} without {IDS[label]}", path, node.line)
    place = (_LABEL_ORDER[label], id_)
    if place[0] < last[0] or (place[0] == last[0] and place[1] <= last[1]):
        raise SourceError(f"{label} {id_!r} stands twice, or not in order", path, node.line)
    return place


def records(path: Path, header: Header) -> Iterator[NodeLine | EdgeLine]:
    """The nodes, then the edges."""
    first_edge = sum(header.nodes.values()) + 2
    for number, data in lines(path):
        if 1 < number <= header.lines:
            found = _object(path, number, data)
            yield _node(path, number, found) if number < first_edge else _edge(path, number, found)


def _object(path: Path, number: int, data: bytes) -> dict[str, Any]:
    try:
        found = _parsed(data)
    except json.JSONDecodeError as error:
        raise SourceError(f"is no JSON: {error}", path, number) from error
    except RecursionError as error:
        raise SourceError("is nested too deeply", path, number) from error
    except ValueError as error:
        raise SourceError(f"is not read: {error}", path, number) from error
    if not isinstance(found, dict):
        raise SourceError("is no JSON object", path, number)
    return found


def _parsed(data: bytes) -> object:
    """What the JSON says. Stricter than Python's own parser: ValueError for what JSON has not, or
    what is ambiguous.
    """
    text = data.decode()
    found = json.loads(text, object_pairs_hook=_once, parse_constant=_refused)
    if "\\u" in text:
        # Half a character passes the parser, and nothing after it.
        json.dumps(found, ensure_ascii=False).encode()
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        ((name, _),) = Counter(name for name, _ in pairs).most_common(1)
        raise ValueError(f"{name!r} stands twice in an object")
    return found


def _refused(word: str) -> None:
    raise ValueError(f"{word} is no number of JSON")


def _node(path: Path, number: int, found: dict[str, Any]) -> NodeLine:
    labels = found.get("labels")
    if found.keys() != {"labels", "properties"} or not isinstance(labels, list):
        raise SourceError("is no node", path, number)
    if not all(isinstance(label, str) for label in labels) or not identity(labels):
        raise SourceError(f"has labels that no node has: {labels}", path, number)
    return NodeLine(number, tuple(labels), _properties(path, number, found))


def _edge(path: Path, number: int, found: dict[str, Any]) -> EdgeLine:
    if found.keys() != {"type", "start", "end", "properties"}:
        raise SourceError("is no edge", path, number)
    if not isinstance(found["type"], str) or found["type"] not in TYPES:
        raise SourceError(f"has a type that no edge has: {found['type']!r}", path, number)
    start, end = (_end(path, number, found[name]) for name in ("start", "end"))
    return EdgeLine(number, found["type"], start, end, _properties(path, number, found))


def _end(path: Path, number: int, end: object) -> tuple[str, str]:
    match end:
        case [str(label), str(id_)] if label in LABELS:
            return label, id_
    raise SourceError(f"has an end that is no label and id: {end!r}", path, number)


def _properties(path: Path, number: int, found: dict[str, Any]) -> dict[str, Any]:
    properties = found["properties"]
    if not isinstance(properties, dict):
        raise SourceError("has properties that are no object", path, number)
    for name, value in properties.items():
        if not name or "\0" in name:
            raise SourceError(f"has a property that cannot be called so: {name!r}", path, number)
        if not is_value(value):
            raise SourceError(f"{name} has a value of no kind: {value!r:.80}", path, number)
        if name in INDEXED and isinstance(value, str) and len(value.encode()) > LONGEST:
            raise SourceError(f"{name} is longer than {LONGEST} bytes", path, number)
    return properties
