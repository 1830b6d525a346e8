"""Whose word the details of a statement are (votes, a scope, a note), where several imports make
it.

Who states a detail first has the say over it, and may change it or take it back; who comes later
fills gaps. So two that differ do not undo each other, and what a newer dump has changed counts.
Who makes the statement no longer takes its details along. What one import alone states is its own
in all, and nothing is kept of that.
"""

from collections.abc import Collection, Mapping
from typing import Final, NamedTuple

from ingest.state import Properties

BY = "by"
"""The property with the details and their imports: ["votes|bangumi/subject/3627"]."""
_NO_DETAILS = frozenset({"id", "stated", "rank", BY})
_ALL_SAY: Final[Mapping[str, frozenset[str]]] = {
    "Credit": frozenset({"language"}),
    "Release": frozenset({"region", "date", "medium"}),
    "List": frozenset({"name", "owner", "itemCount"}),
    "Image": frozenset({"url", "kind"}),
    "ExternalId": frozenset({"site", "externalId"}),
    "USED_IN": frozenset({"use"}),
}
"""What tells a statement of this label or type from others, or is a part of each."""


class Speakers(NamedTuple):
    """Who makes a statement: ``own`` is the import at hand, ``joins`` whether it is new to it."""

    own: str
    others: Collection[str]
    joins: bool


def settled(
    before: Properties, wanted: Properties, speakers: Speakers, yielding: Collection[str] = ()
) -> Properties:
    """The statement as it was ``before``, with what the import at hand may say of ``wanted``. Those
    ``yielding`` have no say over what it states. What is nobody's word for sure stays.
    """
    by = _owners(before)
    if speakers.joins and len(speakers.others) == 1:
        by = {**dict.fromkeys(before.keys() - _NO_DETAILS, *speakers.others), **by}

    def stays(name: str) -> bool:
        owner = by.get(name)
        if owner in yielding:
            return name not in wanted
        return owner is None or owner in speakers.others

    after = {name: before[name] for name in before if stays(name)}
    filled = wanted.keys() - after.keys()
    after |= {name: wanted[name] for name in filled}
    return _owned(after, {**by, **dict.fromkeys(filled, speakers.own)})


def left(
    what: str, before: Properties, leaving: Collection[str], others: Collection[str]
) -> Properties:
    """The statement, of the label or type ``what``, that ``others`` still make, without the details
    of those ``leaving``. What is nobody's word for sure stays.
    """
    all_say = _ALL_SAY.get(what, frozenset())
    by = _owners(before)
    gone = {name for name, owner in by.items() if owner in leaving}
    after = {name: before[name] for name in before.keys() - {BY} - (gone - all_say)}
    if len(others) < 2:
        return after
    return _owned(after, {**by, **dict.fromkeys(gone & all_say, min(others))})


def united(first: Properties, second: Properties) -> Properties:
    """Two statements that are one now: the first one's details count."""
    by = {name: owner for name, owner in _owners(second).items() if name not in first}
    return _owned({**second, **first}, {**by, **_owners(first)})


def _owners(properties: Properties) -> dict[str, str]:
    pairs = (each.partition("|") for each in properties.get(BY, ()))
    return {name: origin for name, _, origin in pairs}


def _owned(properties: Properties, by: dict[str, str]) -> Properties:
    found = {name: value for name, value in properties.items() if name != BY}
    told = sorted(f"{name}|{by[name]}" for name in by.keys() & found.keys())
    return {**found, BY: told} if told else found
