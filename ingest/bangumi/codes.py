"""What codes and words of a dump mean: roles, kinds of works and relations, companies, terms."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final, NamedTuple

from ingest.bangumi.vocabulary import (
    OTHER_LABELS,
    labelled_roles,
    relation_codes,
    role_codes,
    staff_names,
)
from ingest.catalog.document import raise_problems, read_document
from ingest.catalog.entry import Entry, Index
from ingest.catalog.json_schema import check, read_schema
from ingest.catalog.vocabulary import CATALOG, EXTRACTION, FILES, read_vocabulary, read_words
from ingest.records import EntityType, Vocabulary

BOOK, ANIME, MUSIC, GAME, REAL = 1, 2, 3, 4, 6
TYPES: Final = {"book": BOOK, "anime": ANIME, "music": MUSIC, "game": GAME, "real": REAL}
SUBJECTS: Final = CATALOG / EXTRACTION / "subjects.yaml"
STAFF_FILE: Final = "subject_staffs.yml"


class Companies(NamedTuple):
    """The role of those under a key of an infobox; `mixed` if people are among them."""

    role: str
    mixed: bool


class TermName(NamedTuple):
    """A name of a term of the catalogue: of which one, of what kind, and how it is written."""

    slug: str
    term_kind: str
    text: str
    language: str | None
    kind: str


@dataclass(frozen=True)
class Codes:
    """`roles` and `relations` by code, `order` of the roles, `kinds` by type of subject and
    platform, `tagged` kinds by type and meta tag, `companies` and roles of `people` by type and key
    of the infobox, `labels` are roles by what pages call them, `terms` by name in lower case.
    `unmapped` are codes of roles that another vocabulary has, with what it calls them. `broader`
    has the next wider role, `sole` are roles that one alone has, `formats` are tags in lower case
    that say no more than the kind.
    """

    roles: Mapping[int, str]
    unmapped: Mapping[int, str]
    order: Mapping[str, int]
    relations: Mapping[int, str]
    inverses: Mapping[str, str]
    kinds: Mapping[tuple[int, int], str]
    tagged: Mapping[tuple[int, str], str]
    companies: Mapping[int, Mapping[str, Companies]]
    people: Mapping[int, Mapping[str, str]]
    labels: Mapping[str, str]
    broader: Mapping[str, str | None]
    sole: frozenset[str]
    formats: frozenset[str]
    anthology_tags: frozenset[str]
    anthologies: frozenset[int]
    terms: Mapping[str, TermName]

    def wider(self, role: str | None) -> list[str]:
        """The role and all wider ones, the widest last."""
        found = []
        while role is not None:
            found.append(role)
            role = self.broader.get(role)
        return found


@cache
def read_codes(vocabulary: Path | None = None) -> Codes:
    """The shipped meaning of codes. `vocabulary` is a folder with bangumi-common's files: roles
    that it has and the shipped table has not are those of the same name.

    Raises SourceError where a file is not of its form.
    """
    fixed = read_vocabulary()
    table = read_subjects()
    roles, unmapped = _roles(vocabulary)
    return Codes(
        roles=roles,
        unmapped=unmapped,
        order={role.id: role.position for role in fixed.roles},
        relations=relation_codes(),
        inverses={kind.id: kind.inverse for kind in fixed.relation_kinds},
        kinds={(type_, code): kind for type_, kind, row in _kinds(table) for code in row["codes"]},
        tagged={
            (type_, tag): kind for type_, kind, row in _kinds(table) for tag in row.get("tags", ())
        },
        companies={
            TYPES[type_]: {
                key: Companies(row["role"], row.get("mixed", False)) for key, row in keys.items()
            }
            for type_, keys in table["companies"].items()
        },
        people={TYPES[type_]: keys for type_, keys in table["people"].items()},
        labels=_labels(fixed, table),
        broader={role.id: role.broader for role in fixed.roles},
        sole=frozenset(role.id for role in fixed.roles if role.sole),
        formats=frozenset(
            tag.casefold()
            for _, _, row in _kinds(table)
            for tag in (*row.get("tags", ()), *row.get("words", ()))
        ),
        anthology_tags=frozenset(table["anthologies"]["tags"]),
        anthologies=frozenset(table["anthologies"]["subjects"]),
        terms=_terms(),
    )


def read_subjects() -> Any:
    """The table of how subjects are read."""
    document = read_document(SUBJECTS)
    if document.data is not None:
        check(document, read_schema(CATALOG / "subjects.schema.json"))
    raise_problems(document.problems)
    return document.data


def _kinds(table: Any) -> Iterator[tuple[int, str, Any]]:
    for type_, kinds in table["platforms"].items():
        for kind, row in kinds.items():
            yield TYPES[type_], kind, row


def _roles(vocabulary: Path | None) -> tuple[Mapping[int, str], Mapping[int, str]]:
    roles = dict(role_codes())
    if vocabulary is None:
        return roles, {}
    path = vocabulary / STAFF_FILE
    labels = labelled_roles(path)
    unmapped = {}
    for code, names in staff_names(path).items():
        if code not in roles:
            role = next((labels[name] for name in names if name in labels), None)
            if role is None:
                unmapped[code] = names[0] if names else "nameless"
            else:
                roles[code] = role
    return roles, unmapped


def _labels(fixed: Vocabulary, table: Any) -> Mapping[str, str]:
    """Of two roles of one name the one that credits have: it has a wider one."""
    ordered = sorted(fixed.roles, key=lambda role: (role.broader is None, role.position))
    found = {label: role for role, labels in table["labels"].items() for label in labels}
    found = {**OTHER_LABELS, **found}
    for role in ordered:
        for _, name in role.names:
            found.setdefault(name, role.id)
    return found


def _terms() -> Mapping[str, TermName]:
    index = Index(read_words(CATALOG))
    index.add(read_document(CATALOG / "terms.yaml"))
    return {
        str(text).casefold(): TermName(
            entry.slug,
            entry.part.text("kind") or "TAG",
            str(text),
            None if language == "und" else language,
            part.text("kind") or "OFFICIAL",
        )
        for entry in index
        if entry.type is EntityType.TERM
        for part in _names(entry)
        for language, text in part.data.items()
        if language not in ("kind", "by")
    }


def _names(entry: Entry) -> list[Any]:
    return list(entry.part.members("names"))


def rules(vocabulary: Path | None = None) -> bytes:
    """A digest of everything that decides how rows are read: if it changes, all are read again."""
    found = blake2b(_shipped_rules(), digest_size=16)
    if vocabulary is not None:
        found.update((vocabulary / STAFF_FILE).read_bytes())
    return found.digest()


@cache
def _shipped_rules() -> bytes:
    code = Path(__file__).parent
    files = [
        *sorted(code.glob("*.py")),
        *(code.parent / name for name in ("identity.py", "ideographs.py", "romanization.py")),
        *(CATALOG / name for name in (*sorted(FILES.values()), "terms.yaml")),
        SUBJECTS,
    ]
    found = blake2b(digest_size=16)
    for path in files:
        found.update(path.read_bytes())
    return found.digest()
