"""From a folder of dumps and the selection to the files of catalog/extracted."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from ingest.bangumi.archive import Archive
from ingest.bangumi.contributors import COMPANY_ROLES
from ingest.bangumi.external_ids import read_external_ids
from ingest.bangumi.vocabulary import relation_codes, role_codes, staff_labels
from ingest.catalog.vocabulary import CATALOG, EXTRACTION, read_vocabulary
from ingest.extraction.albums import Albums
from ingest.extraction.characters import Characters
from ingest.extraction.contributors import Contributors, Who
from ingest.extraction.corrections import correct
from ingest.extraction.dump import Dump, read_dump
from ingest.extraction.elsewhere import Elsewhere
from ingest.extraction.facts import Fact
from ingest.extraction.franchises import franchise, neighbours
from ingest.extraction.part_dates import date_parts
from ingest.extraction.selection import Selection, read_selection
from ingest.extraction.shipped import EXTRACTED, Shipped, read_shipped
from ingest.extraction.works import Vocabularies, Works
from ingest.extraction.writing import file_text
from ingest.identity import BANGUMI
from ingest.offline_database.anime import read_offline_database
from ingest.records import EntityType

SELECTION: Final = CATALOG / EXTRACTION
SECTIONS: Final = {
    EntityType.PERSON: "people",
    EntityType.ORGANIZATION: "organizations",
}

Files = dict[str, str]
"""Text by path below the folder of extracted files."""


class Sections(NamedTuple):
    """What is extracted, by section of the catalogue."""

    works: list[Fact]
    soundtracks: list[Fact]
    people: list[Fact]
    organizations: list[Fact]
    characters: list[Fact]
    franchises: list[Fact]


def extract(data: Path, selection: Path = SELECTION, catalogue: Path = CATALOG) -> Files:
    """The files that ship, made from the dumps in `data` (docs/import.md lists them).

    Raises SourceError where a file is missing or not of its form.
    """
    chosen = read_selection(selection / "selection.yaml")
    shipped = read_shipped(catalogue, catalogue / EXTRACTED.name)
    works, albums = ([each.id for each in found] for found in (chosen.works, chosen.albums))
    dump = read_dump(Archive(data / "bangumi-archive.zip"), works, albums)
    elsewhere = Elsewhere(
        chosen.works,
        read_external_ids(data / "bangumi-external-ids.json.gz"),
        read_offline_database(data / "anime-offline-database.json.gz"),
    )
    labels = staff_labels(data / "bangumi-common" / "subject_staffs.yml")
    sections = _sections(chosen, shipped, dump, elsewhere, labels)
    correct(sections._asdict(), selection / "corrections.yaml")
    ranks = {source.id: source.rank for source in read_vocabulary().sources}
    for work in sections.works:
        _leave_to_segments(work)
        date_parts(work, ranks)
    return dict(_files(sections, chosen.retrieved))


def _sections(
    chosen: Selection,
    shipped: Shipped,
    dump: Dump,
    elsewhere: Elsewhere,
    labels: Mapping[str, str],
) -> Sections:
    companies = _companies(dump, role_codes())
    contributors = Contributors(dump.people, chosen.people, shipped, companies)
    characters = Characters(dump.characters, shipped)
    words = _vocabularies(labels, shipped)
    slugs = _work_slugs(chosen, shipped)
    makers = (chosen, dump, elsewhere, words, contributors, characters, slugs)
    works = Works(*makers)
    entries = [works.entry(work) for work in chosen.works]
    albums = list(Albums(dump, words.roles, contributors, shipped, slugs, chosen.albums).entries())
    who, whom = contributors.slugs(), characters.slugs()
    for entity in (*entries, *albums):
        _name(entity, who, whom)
    found: dict[str, list[Fact]] = {"people": [], "organizations": []}
    for type_, entity in contributors.entities(who):
        found[SECTIONS[type_]].append(entity)
    kinds = read_vocabulary().relation_kinds
    ties = neighbours(entries, frozenset(kind.id for kind in kinds if kind.continuity))
    return Sections(
        works=entries,
        soundtracks=albums,
        characters=list(characters.entities(whom)),
        franchises=[franchise(each, ties) for each in chosen.franchises],
        **found,
    )


def _companies(dump: Dump, roles: Mapping[int, str]) -> frozenset[int]:
    """Those who mostly do what companies do."""
    return frozenset(
        id_
        for id_, positions in dump.positions.items()
        if 2 * sum(n for code, n in positions.items() if roles.get(code) in COMPANY_ROLES)
        > positions.total()
    )


def _work_slugs(chosen: Selection, shipped: Shipped) -> dict[int, str]:
    by_hand = {
        id_: slug for (type_, id_), slug in shipped.by_bangumi.items() if type_ is EntityType.WORK
    }
    return {**by_hand, **{work.id: work.slug for work in chosen.works if work.slug}}


def _vocabularies(labels: Mapping[str, str], shipped: Shipped) -> Vocabularies:
    vocabulary = read_vocabulary()
    return Vocabularies(
        roles=role_codes(),
        relations=relation_codes(),
        labels=labels,
        order={role.id: role.position for role in vocabulary.roles},
        inverses={kind.id: kind.inverse for kind in vocabulary.relation_kinds},
        terms=shipped.terms,
    )


def _name(entity: Fact, who: Mapping[Who, str], whom: Mapping[int, str]) -> None:
    """Puts slugs in place of those who were referred to."""
    for credit in entity.get("credits", ()):
        credit["who"] = _reference(credit["who"], who)
    for appearance in entity.get("characters", ()):
        appearance["who"] = whom[appearance["who"]]
        for cast in appearance.get("cast", ()):
            cast["who"] = _reference(cast["who"], who)
    for segment in entity.get("segments", ()):
        _name(segment, who, whom)


def _reference(whom: Who, slugs: Mapping[Who, str]) -> str:
    """A slug, with the type where both types have it."""
    slug = slugs[whom]
    other = any(each.type is not whom.type for each, taken in slugs.items() if taken == slug)
    return f"{whom.type.lower()}/{slug}" if other else slug


def _leave_to_segments(work: Fact) -> None:
    """Who is credited on a segment in the same role need not be credited on all of the work: the
    page has one list for an anthology and all of its parts.
    """
    limited = {
        (credit["role"], credit["who"])
        for segment in work.get("segments", ())
        for credit in segment.get("credits", ())
    }
    work["credits"] = [
        credit
        for credit in work.get("credits", ())
        if (credit["role"], credit["who"]) not in limited
    ]


def _files(sections: Sections, retrieved: str) -> Iterator[tuple[str, str]]:
    for section in ("works", "soundtracks"):
        for entity in getattr(sections, section):
            path = f"{section}/{_file_name(entity)}.yaml"
            schema = "../../catalog.schema.json"
            yield path, file_text(section, [entity], retrieved, schema)
    for section in ("people", "organizations", "characters", "franchises"):
        entities = getattr(sections, section)
        if entities:
            schema = "../catalog.schema.json"
            yield f"{section}.yaml", file_text(section, entities, retrieved, schema)


def _file_name(entity: Fact) -> str:
    """The slug, or the id where the slug is not ASCII: not every file system and archive keeps
    other names as they are.
    """
    slug: str = entity["slug"]
    return slug if slug.isascii() else f"{BANGUMI}-{entity['ids'][BANGUMI]['value']}"


def write(files: Files, folder: Path = EXTRACTED) -> None:
    """Makes the folder hold these files and no other YAML."""
    for path in sorted(folder.rglob("*.yaml")):
        if str(path.relative_to(folder)) not in files:
            path.unlink()
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
