"""Corrections by hand of what is extracted: they win, and every statement keeps its own source.

A file of corrections has the form of the catalogue's files. An entity in it names one that is
extracted, by its slug: its values replace the extracted ones; a member of a list replaces the
one that states the same (a credit of the same person in the same role and scope, a segment with
the same slug, ...) or joins the list; and `drop` lists, by key, members to leave out: all that
agree with what is given there.
"""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from ingest.catalog.document import Document, Part, raise_problems, read_document
from ingest.extraction.facts import CREDIT, Fact, language_key

VALUES: Final = frozenset(
    {"kind", "released", "runtimeMinutes", "rating", "contentRating", "born", "died"}
)
SAME: Final[Mapping[str, tuple[str, ...]]] = {
    "credits": CREDIT,
    "characters": ("who",),
    "cast": ("who",),
    "terms": ("term",),
    "relations": ("kind", "to"),
    "releases": ("region", "date", "medium"),
    "images": ("url",),
    "entries": ("work",),
    "works": ("work",),
    "segments": ("slug",),
    "tracks": ("disc", "position"),
}
"""By what members of a list state the same."""
NESTED: Final = frozenset({"segments", "tracks"})
MAPPINGS: Final = frozenset({"ids", "sources"})
DROP: Final = "drop"


def correct(sections: Mapping[str, Iterable[Fact]], path: Path) -> None:
    """Changes the extracted entities as the file says. Raises SourceError where it speaks of
    something that is not extracted, or drops what is not there.
    """
    document = read_document(path)
    raise_problems(document.problems)
    _check_keys(document, sections)
    default = [document.top.text("by") or ""]
    for section, entities in sections.items():
        by_slug = {entity["slug"]: entity for entity in entities}
        for part in document.top.members(section):
            slug = part.text("slug")
            if slug is None:
                part.report("has no slug")
            elif slug not in by_slug:
                part.report(f"nothing extracted is called {slug!r}")
            else:
                _Correction(document, default).apply(by_slug[slug], part)
    raise_problems(document.problems)


def _check_keys(document: Document, sections: Collection[str]) -> None:
    if not isinstance(document.data, dict):
        document.report((), "must be a mapping")
        return
    for key, given in document.data.items():
        if key != "by" and key not in sections:
            document.report((key,), f"is no section; those are {', '.join(sections)}")
        elif key != "by" and not isinstance(given, list):
            document.report((key,), "must be a list")


class _Correction:
    def __init__(self, document: Document, by: list[str]) -> None:
        self.document = document
        self.by = by

    def apply(self, entity: Fact, part: Part) -> None:
        by = _list(part.data.get("by")) or self.by
        for key, given in part.data.items():
            if key in ("slug", "by"):
                continue
            if key == DROP:
                self._drop(entity, part)
            elif key in VALUES:
                entity[key] = _values(given, by)
            elif key in MAPPINGS:
                entity[key] = {**entity.get(key, {}), **_mapping(key, given, by)}
            elif isinstance(given, list):
                members = [
                    Part(self.document, (*part.place, key, n), each) for n, each in enumerate(given)
                ]
                entity[key] = self._members(key, entity.get(key, []), members, by)
            else:
                entity[key] = given

    def _members(
        self, key: str, extracted: list[Fact], given: list[Part], by: list[str]
    ) -> list[Fact]:
        found = {_identity(key, fact): fact for fact in extracted}
        for part in given:
            if key in NESTED:
                self._nested(found, key, part, by)
            else:
                same = _identity(key, part.data)
                found[same] = {**found.get(same, {}), **_fact(part.data, by)}
        return list(found.values())

    def _nested(
        self, found: dict[tuple[Any, ...], Fact], key: str, part: Part, by: list[str]
    ) -> None:
        missing = [name for name in SAME[key] if part.get(name) is None]
        if missing:
            part.report(f"has no {missing[0]}")
            return
        known = {name: part.data[name] for name in SAME[key]}
        inner = found.setdefault(_identity(key, part.data), known)
        _Correction(self.document, _list(part.data.get("by")) or by).apply(inner, part)

    def _drop(self, entity: Fact, part: Part) -> None:
        for key, patterns in part.data[DROP].items():
            for pattern in patterns:
                kept = [fact for fact in entity.get(key, []) if not _agrees(fact, pattern)]
                if len(kept) == len(entity.get(key, [])):
                    part.report(f"drops from {key} what is not extracted: {pattern}")
                entity[key] = kept


def _identity(key: str, fact: Mapping[str, Any]) -> tuple[Any, ...]:
    if key == "names":
        language = language_key(fact)
        return language, fact[language]
    return tuple(fact.get(name) for name in SAME[key])


def _agrees(fact: Fact, pattern: Mapping[str, Any]) -> bool:
    return all(fact.get(name) == given for name, given in pattern.items())


def _fact(given: Mapping[str, Any], by: list[str]) -> Fact:
    fact = {**given, "by": _list(given.get("by")) or by}
    if "cast" in given:
        fact["cast"] = [_fact(each, fact["by"]) for each in given["cast"]]
    return fact


def _values(given: Any, by: list[str]) -> list[Fact]:
    stated = given if isinstance(given, list) else [given]
    return [
        _fact(each, by) if isinstance(each, Mapping) else {"value": each, "by": by}
        for each in stated
    ]


def _mapping(key: str, given: Mapping[str, Any], by: list[str]) -> Fact:
    if key == "sources":
        return dict(given)
    return {
        site: {"value": id_["id"], "by": _list(id_.get("by")) or by}
        if isinstance(id_, Mapping)
        else {"value": id_, "by": by}
        for site, id_ in given.items()
    }


def _list(by: Any) -> list[str]:
    if by is None:
        return []
    return [by] if isinstance(by, str) else list(by)
