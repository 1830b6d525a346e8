"""Facts in the form of the catalogue's files, with who states each, before they are written.

A fact is what stands in the file as a mapping; its `by` is always a list. A value is written as
{value, by}; several of them are a list.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from ingest.identity import BANGUMI

Fact = dict[str, Any]

OFFLINE_DATABASE: Final = "anime-offline-database"
EXTERNAL_IDS: Final = "bangumi-external-ids"
OWN: Final = "filmograph"
SUBJECT: Final = "subject"
"""The handle of a work's own page, for what that page says of a segment."""

CREDIT: Final = ("who", "role", "scope")
"""What tells a credit from the others of the same creation."""

ORDER: Final = (SUBJECT, BANGUMI, OFFLINE_DATABASE, EXTERNAL_IDS)


def value(given: Any, *by: str) -> Fact:
    return {"value": given, "by": list(by)}


def values(stated: Iterable[tuple[Any, str]]) -> list[Fact]:
    """What sources state of one property, equal values together, in the order of the first."""
    found: list[Fact] = []
    for given, by in stated:
        same = next((fact for fact in found if fact["value"] == given), None)
        if same is None:
            found.append(value(given, by))
        else:
            same["by"].append(by)
    return found


def united(facts: Iterable[Fact], keys: Iterable[str]) -> list[Fact]:
    """Facts with the same values under the keys as one, which all of their sources state."""
    found: dict[tuple[Any, ...], Fact] = {}
    names = tuple(keys)
    for fact in facts:
        first = found.setdefault(tuple(fact.get(name) for name in names), fact)
        if first is not fact:
            by = dict.fromkeys([*first["by"], *fact["by"]])
            first.update({**{**fact, **first}, "by": sorted(by, key=_rank)})
    return list(found.values())


def _rank(source: str) -> int:
    return ORDER.index(source) if source in ORDER else len(ORDER)


def present(**facts: Any) -> Fact:
    """Those that there are."""
    return {name: given for name, given in facts.items() if given not in (None, [], {})}


def language_key(name: Mapping[str, Any]) -> str:
    """The key of a name's text: its language."""
    return next(key for key in name if key not in ("kind", "by"))
