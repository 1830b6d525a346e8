"""Bangumi's vocabularies: what its codes mean, and what people call the roles in its pages."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import yaml

from graph.errors import SourceError
from ingest.catalog.vocabulary import CATALOG

ANIME: Final = 2
OTHER_LABELS: Final = {
    "CGI監督": "cg-director",
    "3Dディレクター": "3dcg-director",
    "キャラクターデザイン": "character-designer",
    "キャラクターデザイナー": "character-designer",
    "メカニカルデザイン": "mechanical-designer",
    "メカニックデザイン": "mechanical-designer",
    "メカデザイン": "mechanical-designer",
    "作画監督": "animation-director",
    "エフェクト作画監督": "effects-animation-director",
    "色彩設計": "color-designer",
    "音響監督": "sound-director",
    "画コンテ": "storyboard-artist",
    "デザインワーク": "design",
    "効果": "sound-effects",
    "原作": "original-creator",
    "原案": "original-concept",
    "ストーリー原案": "original-concept",
    "演出": "episode-director",
    "構成": "composition",
    "編集": "editor",
    "監修": "supervisor",
    "歌": "vocalist",
    "作詞": "lyricist",
    "作曲": "composer",
    "編曲": "arranger",
}
"""Labels that stand in pages and in no vocabulary, or there under another role."""
AMBIGUOUS: Final = frozenset({"アニメーション"})
"""Labels that people also use for somebody else's work than the vocabulary's."""


def role_codes() -> Mapping[int, str]:
    """The role that each staff code means."""
    return _codes("roles")


def relation_codes() -> Mapping[int, str]:
    """The kind of relation that each relation code means."""
    return _codes("relations")


def staff_labels(staffs: Path) -> Mapping[str, str]:
    """Roles by what the staff of an anime is called in Japanese and Chinese.

    `staffs` is subject_staffs.yml of bangumi-common; its labels stand one or several in a text.
    """
    roles = role_codes()
    found = dict(OTHER_LABELS)
    for code, row in _read(staffs)["staffs"][ANIME].items():
        for label in (*_labels(row.get("jp")), *_labels(row.get("cn"))):
            if label not in AMBIGUOUS:
                found.setdefault(label, roles[code])
    return found


def staff_names(staffs: Path) -> Mapping[int, list[str]]:
    """What subject_staffs.yml calls each code, in any language."""
    try:
        return {
            int(code): [str(row[key]) for key in ("en", "jp", "cn") if row.get(key)]
            for table in _read(staffs)["staffs"].values()
            for code, row in table.items()
        }
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise SourceError(f"is no table of staff codes: {error!r}", staffs) from error


def labelled_roles(staffs: Path) -> Mapping[str, str]:
    """Roles by any name: the catalogue's, and those of subject_staffs.yml for its codes."""
    codes = role_codes()
    found = {
        name: id_
        for id_, row in _read(CATALOG / "roles.yaml")["roles"].items()
        for name in row["names"].values()
    }
    for code, names in staff_names(staffs).items():
        for name in names if code in codes else ():
            found.setdefault(name, codes[code])
    return found


def _labels(text: str | None) -> Iterator[str]:
    return (label for label in re.split(r"[/\s]+", text or "") if label)


def _codes(section: str) -> Mapping[int, str]:
    table = _read(CATALOG / f"{section}.yaml")[section]
    return {code: id_ for id_, row in table.items() for code in row.get("bangumi", ())}


def _read(path: Path) -> Any:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except (OSError, yaml.YAMLError) as error:
        raise SourceError(f"cannot be read: {error}", path) from error


_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
