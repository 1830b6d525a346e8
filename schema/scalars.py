"""Scalars of the API, and what a client may write for them."""

import re
from typing import Any, NewType

import strawberry
from strawberry.types.scalar import ScalarDefinition

PartialDate = NewType("PartialDate", str)
LanguageTag = NewType("LanguageTag", str)
DateTime = NewType("DateTime", str)

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,5}")


def _matching(pattern: re.Pattern[str], expected: str) -> Any:
    def parse(value: Any) -> str:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise ValueError(f"not {expected}")
        return value

    return parse


SCALARS: dict[object, ScalarDefinition] = {
    PartialDate: strawberry.scalar(
        name="PartialDate",
        description="ISO 8601, possibly of reduced precision: 1995, 1995-12 or 1995-12-23.",
        parse_value=_matching(_DATE, "a date such as 1995, 1995-12 or 1995-12-23"),
    ),
    LanguageTag: strawberry.scalar(
        name="LanguageTag",
        description="BCP 47 tag: ja, ja-Latn, en, zh-Hans.",
        parse_value=_matching(_TAG, "a language tag such as ja or ja-Latn"),
    ),
    DateTime: strawberry.scalar(
        name="DateTime", description="A moment in time, ISO 8601: 2026-01-31T12:00:00Z."
    ),
}
