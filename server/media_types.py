"""Media types: which one an answer has (RFC 9110, section 12.5.1)."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

JSON = "application/json"
GRAPHQL_JSON = "application/graphql-response+json"
HTML = "text/html"

_QUALITY = re.compile(r"0(\.\d{0,3})?|1(\.0{0,3})?")


class Wish(NamedTuple):
    """How much a client wants a media type: its weight (0: not at all), then whether it names the
    type rather than a wildcard, then how early.
    """

    quality: float = 0.0
    exactness: int = 0
    earliness: int = 0


@lru_cache(maxsize=256)
def negotiate(accept: str, offered: Sequence[str]) -> str | None:
    """What ``accept`` wants most of what is offered, None where that is nothing; among what it
    wants alike, what is offered first.
    """
    wishes = _wishes(accept)
    best = max(offered, key=lambda media_type: _wish(media_type, wishes))
    return best if _wish(best, wishes).quality else None


def _wish(media_type: str, wishes: dict[str, Wish]) -> Wish:
    """The most exact range decides: `*/*, text/html;q=0` takes no HTML."""
    subtypes = f"{media_type.split('/')[0]}/*"
    found = (wishes[name] for name in (media_type, subtypes, "*/*") if name in wishes)
    return next(found, Wish())


def _wishes(accept: str) -> dict[str, Wish]:
    wishes: dict[str, Wish] = {}
    for position, text in enumerate(accept.lower().split(",")):
        name, *parameters = (part.strip() for part in text.split(";"))
        exactness = 2 - name.count("*")
        wishes.setdefault(name, Wish(_quality(parameters), exactness, -position))
    return wishes


def _quality(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name == "q":
            return float(value) if _QUALITY.fullmatch(value) else 0.0
    return 1.0
