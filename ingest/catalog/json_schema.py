"""What a JSON Schema finds wrong in a document, said to the person who wrote it."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from ingest.catalog.document import Document, meant

_KINDS: Final = {
    "object": "a mapping",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
}


def read_schema(path: Path) -> Draft202012Validator:
    return Draft202012Validator(json.loads(path.read_text(encoding="utf-8")))


def check(document: Document, schema: Draft202012Validator) -> None:
    """Reports everything in the document that is not as the schema says."""
    for error in schema.iter_errors(document.data):
        for leaf in _leaves(error):
            _report(document, leaf)


def _leaves(error: ValidationError) -> Iterator[ValidationError]:
    """What is wrong under the alternative that the value was most likely meant for."""
    context = error.context or []
    fitting = [each for each in context if not _is_other_form(each)]
    if not fitting:
        yield error
        return
    chosen = max(fitting, key=lambda each: len(each.path)).schema_path[0]
    for each in context:
        if each.schema_path[0] == chosen:
            yield from _leaves(each)


def _is_other_form(error: ValidationError) -> bool:
    is_nested = isinstance(error.instance, dict | list)
    return not error.path and (
        error.validator == "type" or (error.validator == "enum" and is_nested)
    )


def _report(document: Document, error: ValidationError) -> None:
    place = tuple(error.absolute_path)
    if error.validator != "additionalProperties":
        document.report(place, _message(error))
        return
    schema = _schema(error)
    known = schema.get("properties", {})
    patterns = [re.compile(pattern) for pattern in schema.get("patternProperties", {})]
    instance: Any = error.instance
    for key in instance:
        if key not in known and not any(pattern.search(key) for pattern in patterns):
            document.report((*place, key), f"unknown key{meant(key, known)}")


def _message(error: ValidationError) -> str:
    value: Any = error.instance
    rule: Any = error.validator_value
    if error.validator == "type":
        return f"must be {_KINDS.get(rule, rule)}, not {_shown(value)}"
    if error.validator == "enum":
        return f"{_shown(value)} is none of {', '.join(rule)}{meant(str(value), rule)}"
    if error.validator in ("pattern", "anyOf"):
        form = str(_schema(error).get("description", "")).partition(". ")[0]
        return f"{_shown(value)} does not fit: {form}"
    return error.message


def _schema(error: ValidationError) -> Mapping[str, Any]:
    schema: Any = error.schema
    return schema if isinstance(schema, Mapping) else {}


def _shown(value: Any) -> str:
    if isinstance(value, dict | list):
        return "a mapping" if isinstance(value, dict) else "a list"
    return json.dumps(value, ensure_ascii=False)
