"""Sentences: evidence in words. They say what the facts say and no more."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

Facts = Sequence[Any]
Say = Callable[[int, Facts], str]


class Deed(NamedTuple):
    """What somebody in a role or below it did, as the sentence says it."""

    role: str
    verb: str
    music: bool = False


DEEDS = (
    Deed("director", "directed"),
    Deed("screenwriter", "wrote"),
    Deed("original-creator", "wrote"),
    Deed("author", "wrote"),
    Deed("series-composer", "wrote"),
    Deed("score-composer", "scored", music=True),
    Deed("composer", "composed music for", music=True),
    Deed("character-designer", "designed characters for"),
    Deed("storyboard-artist", "drew storyboards for"),
    Deed("animation-director", "directed animation for"),
    Deed("lyricist", "wrote lyrics for", music=True),
    Deed("arranger", "arranged music for", music=True),
    Deed("performer", "performed music for", music=True),
    Deed("music", "worked on the music of", music=True),
    Deed("animation-studio", "did animation for"),
    Deed("production-company", "produced"),
    Deed("producer", "produced"),
    Deed("performance", "performed in"),
)
"""What is told of somebody on two things; the first that holds of both is."""

_VERBS = {deed.role: deed.verb for deed in DEEDS}
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
}


def makers(count: int, facts: Facts) -> str:
    """``facts`` are [name, the role in common, the role on one, that on the other], each role one
    of DEEDS or null.
    """
    told = [(name, _deed(*roles)) for name, *roles in facts]
    deed = told[0][1]
    alike = [name for name, each in told if each == deed]
    # Of a long list not all are told: those that are not have done no more than the last.
    same = count - len(told) + len(alike) if deed == _WORKED else len(alike)
    named = alike if same <= _NAMED else alike[: _NAMED - 1]
    said = f"{_listed(named, same - len(named))} {deed}"
    return said if same == count else f"{said}, {count - same} more {_WORKED}"


def _deed(common: str | None, one: str | None, other: str | None) -> str:
    one, other = common or one, common or other
    if one is None or other is None:
        return _WORKED
    if _VERBS[one] == _VERBS[other]:
        return f"{_VERBS[one]} both"
    return f"{_VERBS[one]} one and {_VERBS[other]} the other"


def terms(count: int, names: Facts) -> str:
    if count <= 2:
        return f"both tagged {_listed(names)}"
    return f"{count} shared tags, among them {_listed(names[:2])}"


def franchises(count: int, facts: Facts) -> str:
    """``facts`` are [name of what the two have in common, whether that is the franchise]."""
    names = [name for name, _ in facts[:_NAMED]]
    if facts[0][1]:
        return f"both belong to {_listed(names, count - len(names))}"
    verb = "belongs" if count == 1 else "belong"
    return f"{_listed(names, count - len(names))} {verb} to both"


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
    """``facts`` hold the two years as text."""
    ((one, other),) = map(sorted, facts)
    return f"both from {one}" if one == other else f"from {one} and {other}"


def votes(_: int, facts: Facts) -> str:
    """``facts`` hold how many people applied its most applied tag, and its name."""
    ((number, term),) = facts
    return f"{number} people tagged it {term}"


def _listed(names: Facts, more: int = 0) -> str:
    items = [*names, *([f"{more} more"] if more else [])]
    return " and ".join(filter(None, [", ".join(items[:-1]), items[-1]]))
