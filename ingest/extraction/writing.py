"""Extracted facts as the catalogue's YAML: the same facts give the same bytes."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from ingest.extraction.facts import Fact
from ingest.identity import BANGUMI

HEADER: Final = """\
# yaml-language-server: $schema={schema}
#
# Extracted by `make catalogue`, never edited: docs/import.md says where corrections go.

"""
_PLAIN: Final = re.compile(r"[^\W\d_][\w'./+!?&°・ー-]*(?: [\w'./+!?&°・ー][\w'./+!?&°・ー-]*)*")
_NUMBER: Final = re.compile(r"[1-9]\d*")
_DATE: Final = re.compile(r"\d{4}(?:-\d\d)+")
_WORDS: Final = frozenset({"true", "false", "null"})
_BLOCKS: Final = frozenset({"segments"})
_NOT_PLAIN: Final = re.compile(r"[\u0085\u00a0\u2000-\u200f\u2028-\u202f\u2060-\u206f\ufeff]")


def file_text(section: str, entities: list[Fact], retrieved: str, schema: str) -> str:
    """A file with one section; `schema` is the way to the JSON Schema from there."""
    lines = [f"retrieved: {retrieved}", f"by: {BANGUMI}", "", f"{section}:"]
    for entity in entities:
        lines += [*_block(entity, "  "), ""]
    return HEADER.format(schema=schema) + "\n".join(lines[:-1]) + "\n"


def _block(entity: Fact, indent: str) -> Iterator[str]:
    lead = f"{indent}- "
    for key, given in entity.items():
        shown = _stated(key, given)
        if shown in (None, [], {}):
            continue
        yield from _entry(lead, key, shown)
        lead = f"{indent}  "


def _entry(lead: str, key: str, shown: Any) -> Iterator[str]:
    inner = " " * len(lead)
    if key in _BLOCKS:
        yield f"{lead}{key}:"
        for each in shown:
            yield from _block(each, f"{inner}  ")
    elif isinstance(shown, list) and (key == "names" or isinstance(shown[0], Mapping)):
        yield f"{lead}{key}:"
        for each in shown:
            yield f"{inner}  - {_flow(each)}"
    else:
        yield f"{lead}{key}: {_flow(shown)}"


def _stated(key: str, given: Any) -> Any:
    """A fact as it is written: without what it inherits."""
    if key == "ids":
        return {site: _plain_value(id_, "id", site) for site, id_ in given.items()}
    if isinstance(given, list) and given and all("value" in each for each in given):
        stated = [_plain_value(each, "value", BANGUMI) for each in given]
        if len(stated) == 1:
            return stated[0]
        return [each if isinstance(each, Mapping) else {"value": each} for each in stated]
    if isinstance(given, Mapping) and "value" in given:
        return _plain_value(given, "value", BANGUMI)
    if isinstance(given, list):
        return [_member(key, each) for each in given]
    return given


def _member(key: str, fact: Fact) -> Fact:
    if key in _BLOCKS:
        return fact
    shown = {name: _stated(name, given) for name, given in fact.items() if name != "by"}
    return {**shown, **_by(fact.get("by", [BANGUMI]))}


def _plain_value(fact: Mapping[str, Any], name: str, default: str) -> Any:
    by = _by(fact["by"], default)
    if name == "id" and _NUMBER.fullmatch(str(fact["value"])):
        return {name: int(fact["value"]), **by} if by else int(fact["value"])
    return {name: fact["value"], **by} if by else fact["value"]


def _by(sources: list[str], default: str = BANGUMI) -> Fact:
    if sources == [default]:
        return {}
    return {"by": sources[0] if len(sources) == 1 else sources}


def _flow(given: Any) -> str:
    if isinstance(given, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(each)}" for key, each in given.items()) + "}"
    if isinstance(given, list):
        return "[" + ", ".join(map(_flow, given)) + "]"
    if isinstance(given, str):
        return _text(given)
    return json.dumps(given)


def _text(text: str) -> str:
    """Plain where YAML reads the same text back, else in double quotes."""
    if _DATE.fullmatch(text):
        return text
    is_plain = _PLAIN.fullmatch(text) and text not in _WORDS and not _NOT_PLAIN.search(text)
    return text if is_plain else json.dumps(text, ensure_ascii=False)
