"""Sentences: evidence in words. They say what the facts say and no more."""

from collections.abc import Callable, Collection, Sequence
from typing import Any, NamedTuple

Facts = Sequence[Any]
Say = Callable[[int, Facts], str]


class Deed(NamedTuple):
    """What somebody in a role or below it did, as the sentence says it; how telling it is where
    both have it, 0 to 1; and the kind of evidence that it is, where that is not STAFF.
    """

    role: str
    verb: str
    telling: float
    kind: str | None = None


DEEDS = (
    Deed("director", "directed", 1),
    Deed("original-creator", "created", 1),
    Deed("author", "wrote", 1),
    Deed("screenwriter", "wrote", 0.5),
    Deed("series-composer", "wrote", 0.5),
    Deed("score-composer", "scored", 1, "MUSIC"),
    Deed("composer", "composed music for", 1, "MUSIC"),
    Deed("character-designer", "designed characters for", 0.5),
    Deed("storyboard-artist", "drew storyboards for", 0.2),
    Deed("animation-director", "directed animation for", 0.2),
    Deed("lyricist", "wrote lyrics for", 0.5, "MUSIC"),
    Deed("arranger", "arranged music for", 0.5, "MUSIC"),
    Deed("performer", "performed music for", 0.5, "MUSIC"),
    Deed("music", "worked on the music of", 0.3, "MUSIC"),
    Deed("animation-studio", "did animation for", 1, "STUDIO"),
    Deed("production-company", "produced", 0.3),
    Deed("producer", "produced", 0.3),
    Deed("performance", "performed in", 1, "CAST"),
)
"""What is told of somebody on two things; the first that holds of both is. Roles and ties keep the
places: another order needs another version of `ingest.ties`, which makes them anew.
"""


def told(line: Collection[str]) -> int | None:
    """The deed that a role is told as, its place in DEEDS; ``line``: it and every role above it."""
    return next((place for place, deed in enumerate(DEEDS) if deed.role in line), None)


_KINDS = {"SERIES": "series", "OVA": "OVAs", "ONA": "ONAs"}
_WORKED = "worked on both"
_NAMED = 3

_TIES = {
    "sequel": "{b} is the sequel of {a}",
    "prequel": "{a} is the sequel of {b}",
    "adaptation": "one of {a} and {b} is adapted from the other",
    "summary": "{b} sums up {a}",
    "full-story": "{a} sums up {b}",
    "side-story": "{b} is a side story of {a}",
    "parent-story": "{a} is a side story of {b}",
    "spin-off": "{b} is a spin-off of {a}",
    "spin-off-of": "{a} is a spin-off of {b}",
    "same-setting": "{a} and {b} share their setting",
    "alternative-setting": "{b} puts {a} into another setting",
    "alternative-version": "{b} is another version of {a}",
    "shares-characters": "{a} and {b} share characters",
    "references": "{a} refers to {b}",
    "referenced-by": "{b} refers to {a}",
    "parody": "{a} parodies {b}",
    "parodied-by": "{b} parodies {a}",
    "other": "{a} and {b} are tied to each other",
}


def makers(count: int, facts: Facts) -> str:
    """``facts`` are [name, the deed in common, the deed on one, that on the other, whether all who
    made both are counted], each deed its place in DEEDS or null.
    """
    told = [(name, _deed(*deeds)) for name, *deeds, _ in facts]
    every = facts[0][-1]
    deed = told[0][1]
    alike = [name for name, each in told if each == deed]
    # Of a long list not all are told: those that are not have done no more than the last.
    same = count - len(told) + len(alike) if deed == _WORKED else len(alike)
    named = alike if same <= _NAMED else alike[: _NAMED - 1]
    said = f"{_listed(named, _more(same - len(named), every=every))} {deed}"
    return said if same == count else f"{said}, {_more(count - same, every=every)} {_WORKED}"


def _more(number: int, *, every: bool = True) -> str:
    if not number:
        return ""
    return f"{number} more" if every else "others"


def _deed(common: int | None, one: int | None, other: int | None) -> str:
    one, other = (one, other) if common is None else (common, common)
    if one is None or other is None:
        return _WORKED
    verb, another = DEEDS[one].verb, DEEDS[other].verb
    return f"{verb} both" if verb == another else f"{verb} one and {another} the other"


def terms(count: int, names: Facts) -> str:
    if count <= 2:
        return f"both tagged {_listed(names)}"
    return f"{count} shared tags, among them {_listed(names[:2])}"


def franchises(count: int, facts: Facts) -> str:
    """``facts`` are [name of what the two have in common, whether that is the franchise]."""
    names = [name for name, _ in facts[:_NAMED]]
    if facts[0][1]:
        return f"both belong to {_listed(names, _more(count - len(names)))}"
    verb = "belongs" if count == 1 else "belong"
    return f"{_listed(names, _more(count - len(names)))} {verb} to both"


def relations(count: int, facts: Facts) -> str:
    """``facts`` are [name, kind's id, name of what is of this kind to it, kind's name]."""
    a, kind, b, kind_name = facts[0]
    said = _TIES.get(kind, "{a} and {b} are tied: " + kind_name.lower()).format(a=a, b=b)
    return f"{said}, and {count - 1} more" if count > 1 else said


def lists(count: int, names: Facts) -> str:
    if count == 1:
        return f"both on the list {names[0]}"
    return f"both on {count} lists, among them {_listed(names[:2])}"


def years(_: int, facts: Facts) -> str:
    """``facts`` hold the two years as text, and the kind of both where it is the same."""
    ((*both, kind),) = facts
    one, other = sorted(both)
    years = one if one == other else f"{one} and {other}"
    if kind:
        return f"both {_KINDS.get(kind) or kind.lower().replace('_', ' ') + 's'} from {years}"
    return f"both from {years}" if one == other else f"from {years}"


def votes(_: int, facts: Facts) -> str:
    """``facts`` hold how many people rated it."""
    (number,) = facts
    return f"rated by {number:,} people"


def _listed(names: Facts, more: str = "") -> str:
    items = [*names, *([more] if more else [])]
    return " and ".join(filter(None, [", ".join(items[:-1]), items[-1]]))
