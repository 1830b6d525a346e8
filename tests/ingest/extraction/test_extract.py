"""From a small dump, a selection and corrections to files that the catalogue reads."""

import gzip
import shutil
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from graph.errors import SourceError
from ingest.catalog.reading import read_catalog
from ingest.catalog.vocabulary import CATALOG, FILES
from ingest.extraction.corrections import correct
from ingest.extraction.extract import SELECTION, extract, write
from ingest.extraction.shipped import EXTRACTED
from ingest.records import Credit, Dataset, Entity

ROWS = Path(__file__).parents[2] / "data" / "bangumi"
DUMPS = CATALOG.parent.parent / "shared" / "data"
SOURCES = {
    "external-ids.json": "bangumi-external-ids.json.gz",
    "offline-database.json": "anime-offline-database.json.gz",
}
CHOSEN = """\
retrieved: 2026-11-21
characters_per_work: 10
everything_of: [2302]
main_roles: [director, score-composer]
works:
  - id: 11895
    en: Robot Carnival
    credits: all
    segments:
      - {id: 199274, en: Opening}
      - {id: 199275, en: Franken's Gears}
      - {id: 199276, en: Deprive}
      - {id: 199277, en: Presence}
      - {id: 199278, en: Star Light Angel}
      - {id: 199279, en: Cloud}
      - {id: 199280, en: Strange Tales}
      - {id: 199281, en: Chicken Man and Red Neck}
  - id: 3627
    en: Memories
    segments:
      - {id: 111990, en: Magnetic Rose}
      - {id: 111991, en: Stink Bomb}
      - {id: 111992, en: Cannon Fodder}
  - {id: 8181, en: Genius Party}
  - {id: 9001, en: Genius Party Beyond}
people: []
franchises:
  - {slug: genius-party, names: [{en: Genius Party}], of: [genius-party]}
"""
NOTHING = "by: filmograph\nworks: []\n"


class Folders:
    """A folder of dumps, one of selections, and a catalogue with its vocabulary and terms."""

    def __init__(self, root: Path) -> None:
        self.data, self.selection, self.catalogue = (
            root / name for name in ("data", "selection", "catalogue")
        )
        for folder in (self.data / "bangumi-common", self.selection, self.catalogue):
            folder.mkdir(parents=True)
        with ZipFile(self.data / "bangumi-archive.zip", "w") as archive:
            for path in ROWS.glob("*.jsonlines"):
                archive.write(path, path.name)
        for name, packed in SOURCES.items():
            (self.data / packed).write_bytes(gzip.compress((ROWS / name).read_bytes()))
        shutil.copy(ROWS / "subject_staffs.yml", self.data / "bangumi-common")
        for name in (*FILES.values(), "terms.yaml"):
            shutil.copy(CATALOG / name, self.catalogue)
        self.choose(CHOSEN)
        self.correct(NOTHING)

    def choose(self, text: str) -> None:
        (self.selection / "selection.yaml").write_text(text, encoding="utf-8")

    def correct(self, text: str) -> None:
        (self.selection / "corrections.yaml").write_text(dedent(text), encoding="utf-8")

    def extract(self) -> dict[str, str]:
        return extract(self.data, self.selection, self.catalogue)

    def read(self) -> Dataset:
        write(self.extract(), self.catalogue / EXTRACTED.name)
        return read_catalog(self.catalogue)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(tmp_path)


def entity(found: Dataset, id_: str) -> Entity:
    return next(each for each in found.entities if each.id == id_)


def holders(found: Dataset, slug: str, role: str) -> dict[str, list[str | None]]:
    """Who has the role on the creation, and where it says so."""
    slugs = {each.id: each.slug for each in found.entities}
    return {
        slugs[credit.contributor]: [citation.url for citation in credit.cited]
        for credit in found.credits
        if slugs[credit.on] == slug and credit.role == role
    }


def test_the_same_input_gives_the_same_bytes(folders: Folders) -> None:
    assert folders.extract() == folders.extract()


def test_a_file_for_each_work_and_one_for_all_people(folders: Folders) -> None:
    assert set(folders.extract()) == {
        "works/robot-carnival.yaml",
        "works/memories.yaml",
        "works/genius-party.yaml",
        "works/genius-party-beyond.yaml",
        "soundtracks/memories-original-motion-picture-soundtrack.yaml",
        "people.yaml",
        "organizations.yaml",
        "characters.yaml",
        "franchises.yaml",
    }


def test_a_slug_that_is_not_ascii_names_no_file(folders: Folders) -> None:
    with ZipFile(folders.data / "bangumi-archive.zip", "w") as archive:
        for path in ROWS.glob("*.jsonlines"):
            text = path.read_text(encoding="utf-8")
            album = "Memories: Original Motion Picture Soundtrack"
            archive.writestr(path.name, text.replace(f'"{album}"', '"彼女の想いで"'))
    files = folders.extract()
    assert "slug: 彼女の想いで\n" in files["soundtracks/bangumi-31789.yaml"]
    assert all(name.isascii() for name in files)


@pytest.mark.parametrize(
    ("segment", "director"),
    [
        ("opening", "katsuhiro-otomo"),
        ("frankens-gears", "koji-morimoto"),
        ("deprive", "hidetoshi-omori"),
        ("presence", "yasuomi-umetsu"),
        ("star-light-angel", "hiroyuki-kitazume"),
        ("cloud", "manabu-ohashi"),
        ("strange-tales", "hiroyuki-kitakubo"),
        ("chicken-man-and-red-neck", "takashi-nakamura"),
    ],
)
def test_a_parts_description_says_who_directed_it(
    folders: Folders, segment: str, director: str
) -> None:
    found = folders.read()
    (page,) = holders(found, segment, "director")[director]
    assert str(page).startswith("https://bgm.tv/ep/1992")
    assert holders(found, "robot-carnival", "director") == {}


@pytest.mark.parametrize(
    ("segment", "composer"),
    [
        ("magnetic-rose", 101),
        ("stink-bomb", 26092),
        ("cannon-fodder", 26093),
    ],
)
def test_a_credits_scope_says_which_part_it_is_for(
    folders: Folders, segment: str, composer: int
) -> None:
    found = folders.read()
    (credit,) = _credits(found, segment, "score-composer")
    assert credit.contributor == f"person:bangumi-{composer}"
    assert credit.cited[0].url == "https://bgm.tv/subject/3627"


def test_values_and_who_states_them(folders: Folders) -> None:
    work = entity(folders.read(), "work:bangumi-11895")
    stated = [(each.field, each.value, each.source) for each in work.values]
    assert ("kind", "OVA", "bangumi") in stated
    assert ("kind", "OVA", "anime-offline-database") in stated
    assert ("released", "1987-07-21", "bangumi") in stated
    assert {each.site: each.id for each in work.external_ids}["imdb"] == "tt0093871"


def test_only_works_that_others_tie_make_a_franchise(folders: Folders) -> None:
    found = folders.read()
    assert {each.work for each in found.franchise_entries} == {
        "work:bangumi-8181",
        "work:bangumi-9001",
    }
    (relation,) = (each for each in found.relations if each.kind in ("sequel", "prequel"))
    assert relation.cited[0].url == "https://bgm.tv/subject/8181"


def test_tracks_of_an_album_and_whose_music_it_holds(folders: Folders) -> None:
    found = folders.read()
    (scoring,) = found.scorings
    assert (scoring.work, scoring.soundtrack) == ("work:bangumi-3627", "soundtrack:bangumi-31789")
    places = [
        {value.field: value.value for value in each.values}
        for each in found.entities
        if each.parent == "soundtrack:bangumi-31789"
    ]
    assert [(place["disc"], place["position"]) for place in places] == [(1, 1), (1, 2), (2, 42)]


class TestByHand:
    def test_a_person_of_the_catalogue_keeps_the_slug(self, folders: Folders) -> None:
        (folders.catalogue / "people.yaml").write_text(
            "by: ann\npeople: [{slug: otomo, ids: {bangumi: 2057}, names: [{en: Otomo}]}]\n"
        )
        found = folders.read()
        assert list(holders(found, "opening", "director")) == ["otomo"]
        assert [each.id for each in found.entities if each.slug == "katsuhiro-otomo"] == []

    def test_a_correction_wins_and_names_its_own_source(self, folders: Folders) -> None:
        folders.correct(
            """
            by: filmograph
            works:
              - slug: robot-carnival
                released: {value: 1987, by: wiki}
                credits: [{role: planning, who: katsuhiro-otomo, by: [bangumi, wiki]}]
                segments:
                  - slug: ending
                    names: [{en: Ending}]
                    position: 9
                    credits: [{role: director, who: katsuhiro-otomo}]
            """
        )
        found = folders.read()
        work = entity(found, "work:bangumi-11895")
        released = [(v.value, v.source) for v in work.values if v.field == "released"]
        assert released == [("1987", "wiki")]
        assert _sources(found, "robot-carnival", "planning") == ["bangumi", "wiki"]
        assert _sources(found, "ending", "director") == ["filmograph"]

    def test_what_is_dropped_is_gone(self, folders: Folders) -> None:
        folders.correct(
            """
            by: filmograph
            works:
              - slug: robot-carnival
                drop: {terms: [{term: science-fiction}]}
                segments:
                  - slug: cloud
                    drop: {credits: [{role: director}]}
            """
        )
        found = folders.read()
        assert holders(found, "cloud", "director") == {}
        assert "term:science-fiction" not in {
            each.term for each in found.taggings if each.creation == "work:bangumi-11895"
        }

    def test_the_same_role_for_other_episodes_is_another_credit(self, folders: Folders) -> None:
        folders.correct(
            """
            by: ann
            works: [{slug: series, credits: [{role: director, who: otomo, scope: "4"}]}]
            """
        )
        first = {"role": "director", "who": "otomo", "scope": "1-3", "by": ["bangumi"]}
        series = {"slug": "series", "credits": [first]}
        correct({"works": [series]}, folders.selection / "corrections.yaml")
        added = {"role": "director", "who": "otomo", "scope": "4", "by": ["ann"]}
        assert series["credits"] == [first, added]

    @pytest.mark.parametrize(
        ("text", "line", "problem"),
        [
            ("by: ann\nperson: []\n", 2, "person: is no section; those are works, "),
            ("by: ann\nworks: {slug: akira}\n", 2, "works: must be a list"),
            ("- works\n", 1, "must be a mapping"),
            ("works:\n  - names: [{en: Akira}]\n", 2, r"works\[0\]: has no slug"),
            (
                "works:\n  - slug: robot-carnival\n    segments:\n      - {position: 9}\n",
                4,
                r"works\[0\].segments\[0\]: has no slug",
            ),
        ],
    )
    def test_a_correction_without_its_form(
        self, folders: Folders, text: str, line: int, problem: str
    ) -> None:
        folders.correct(text)
        with pytest.raises(SourceError, match=problem) as raised:
            folders.extract()
        assert (raised.value.path, raised.value.line) == (
            folders.selection / "corrections.yaml",
            line,
        )

    @pytest.mark.parametrize(
        ("line", "problem"),
        [
            ("slug: nothing", "nothing extracted is called 'nothing'"),
            (
                "slug: robot-carnival, drop: {terms: [{term: opera}]}",
                "drops from terms what is not extracted",
            ),
        ],
    )
    def test_a_correction_of_nothing(self, folders: Folders, line: str, problem: str) -> None:
        folders.correct(f"by: filmograph\nworks: [{{{line}}}]\n")
        with pytest.raises(SourceError, match=problem):
            folders.extract()


@pytest.mark.parametrize(
    ("replaced", "by", "problem"),
    [
        ("id: 8181", "id: 1", "has no subjects 1"),
        ("{id: 8181,", "{id: 8181, score: 3,", "unknown key 'score'"),
        ("retrieved: 2026-11-21", "", "is no selection"),
    ],
)
def test_a_selection_that_cannot_be_followed(
    folders: Folders, replaced: str, by: str, problem: str
) -> None:
    folders.choose(CHOSEN.replace(replaced, by))
    with pytest.raises(SourceError, match=problem):
        folders.extract()


def test_what_is_explicit_is_refused(folders: Folders) -> None:
    with ZipFile(folders.data / "bangumi-archive.zip", "w") as archive:
        for path in ROWS.glob("*.jsonlines"):
            text = path.read_text(encoding="utf-8")
            archive.writestr(path.name, text.replace('"nsfw": false', '"nsfw": true'))
    with pytest.raises(SourceError, match="has explicit subjects: 3627, 8181, 9001, 11895"):
        folders.extract()


@pytest.mark.parametrize("name", ["bangumi-archive.zip", *SOURCES.values()])
def test_a_missing_file_is_named(folders: Folders, name: str) -> None:
    (folders.data / name).unlink()
    with pytest.raises(SourceError, match=name):
        folders.extract()


@pytest.mark.parametrize("name", SOURCES.values())
@pytest.mark.parametrize("what", ["cut off", "corrupt"])
def test_a_damaged_gzip_file_is_named(folders: Folders, name: str, what: str) -> None:
    path = folders.data / name
    data = path.read_bytes()
    path.write_bytes(data[:-12] if what == "cut off" else data[:10] + b"\xff" * len(data[10:]))
    with pytest.raises(SourceError, match=name):
        folders.extract()


@pytest.mark.parametrize("what", ["cut off", "corrupt"])
def test_a_damaged_archive_is_named(folders: Folders, what: str) -> None:
    path = folders.data / "bangumi-archive.zip"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("subject.jsonlines", (ROWS / "subject.jsonlines").read_bytes())
    data = path.read_bytes()
    content = data.index(b"subject.jsonlines") + len("subject.jsonlines")
    corrupt = data[:content] + b"\xff" * 100 + data[content + 100 :]
    path.write_bytes(data[:-12] if what == "cut off" else corrupt)
    with pytest.raises(SourceError, match=path.name):
        folders.extract()


@pytest.mark.skipif(not DUMPS.is_dir(), reason="the dumps are not beside the repository")
def test_what_ships_is_what_is_extracted() -> None:
    shipped = {
        str(path.relative_to(EXTRACTED)): path.read_text(encoding="utf-8")
        for path in EXTRACTED.rglob("*.yaml")
    }
    assert extract(DUMPS, SELECTION) == shipped


def _sources(found: Dataset, slug: str, role: str) -> list[str]:
    (credit,) = _credits(found, slug, role)
    return [citation.source for citation in credit.cited]


def _credits(found: Dataset, slug: str, role: str) -> Iterator[Credit]:
    slugs = {each.id: each.slug for each in found.entities}
    return (each for each in found.credits if slugs[each.on] == slug and each.role == role)
