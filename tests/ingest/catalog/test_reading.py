"""The catalogue's files become records, or one error that names everything wrong in them."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import SourceError
from ingest.catalog.document import Document, read_document
from ingest.catalog.reading import read_catalog
from ingest.catalog.vocabulary import CATALOG, FILES, read_vocabulary
from ingest.records import Citation, Dataset, Entity
from tests.examples import examples

Write = Callable[[str, str], None]

TEXT = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=20)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TEXT, inner, max_size=5),
)

FILM = """
    by: ann
    works:
      - slug: film
        kind: FILM
        names: [{en: Film}]
"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Puts a file into a catalogue that has the shipped vocabulary and no facts."""
    for name in FILES.values():
        shutil.copy(CATALOG / name, tmp_path / name)

    def write(name: str, text: str) -> None:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(dedent(text), encoding="utf-8")

    return write


def problems(folder: Path) -> list[str]:
    """What reading complains of, with the paths as seen from the folder."""
    with pytest.raises(SourceError) as caught:
        read_catalog(folder)
    return str(caught.value).replace(f"{folder}/", "").splitlines()


def complaint(folder: Path) -> Path | None:
    """The file in which reading first finds something wrong."""
    try:
        read_catalog(folder)
    except SourceError as error:
        return error.path
    return None


def only(dataset: Dataset) -> Entity:
    (entity,) = dataset.entities
    return entity


def test_what_says_how_to_extract_states_no_facts(tmp_path: Path, write: Write) -> None:
    write("film.yaml", FILM)
    (tmp_path / "extraction").mkdir()
    (tmp_path / "extraction" / "selection.yaml").write_text("works: [{id: 1}]\n")
    assert [each.slug for each in read_catalog(tmp_path).entities] == ["film"]


def test_no_facts_at_all(tmp_path: Path, write: Write) -> None:
    assert read_catalog(tmp_path) == Dataset("catalog")


def test_the_same_files_give_the_same_records() -> None:
    assert read_catalog() == read_catalog()


def test_a_file_below_the_folder_adds_a_work(tmp_path: Path, write: Write) -> None:
    write("works/film.yaml", FILM)
    assert only(read_catalog(tmp_path)).id == "work:film"


def test_what_one_file_defines_another_refers_to(tmp_path: Path, write: Write) -> None:
    write("works/film.yaml", FILM + "        credits: [{role: director, who: somebody}]\n")
    write("people/somebody.yaml", "by: ann\npeople: [{slug: somebody, names: [{en: Somebody}]}]\n")
    (credit,) = read_catalog(tmp_path).credits
    assert (credit.contributor, credit.role, credit.on) == (
        "person:somebody",
        "director",
        "work:film",
    )


def test_an_id_is_made_of_the_first_site(tmp_path: Path, write: Write) -> None:
    write("film.yaml", FILM + "        ids: {ann: 424, mal: 1462, bangumi: 3627}\n")
    assert only(read_catalog(tmp_path)).id == "work:bangumi-3627"


def test_entries_of_a_franchise_and_their_places_in_the_story(tmp_path: Path, write: Write) -> None:
    write(
        "line.yaml",
        """
        by: ann
        franchises:
          - slug: line
            names: [{en: Line}]
            entries: [{work: film, story: 1.5, by: [ann, wiki]}, {work: book}]
        works:
          - {slug: film, kind: FILM, names: [{en: Film}]}
          - {slug: book, kind: BOOK, names: [{en: Book}]}
        """,
    )
    film, book = read_catalog(tmp_path).franchise_entries
    assert (film.franchise, film.work, film.position) == ("franchise:line", "work:film", 1.5)
    assert [citation.source for citation in film.cited] == ["ann", "wiki"]
    assert (book.work, book.position) == ("work:book", None)


def test_a_track_without_a_slug_has_that_of_its_album(tmp_path: Path, write: Write) -> None:
    write(
        "album.yaml",
        """
        by: bangumi
        soundtracks:
          - slug: album
            names: [{en: Album}]
            tracks: [{disc: 2, position: 12, names: [{en: Song}]}]
        """,
    )
    assert [entity.slug for entity in read_catalog(tmp_path).entities] == ["album", "album-2-12"]


class TestWhoStatesAFact:
    def citations(self, folder: Path, write: Write, text: str) -> list[Citation]:
        write("film.yaml", text)
        (name,) = only(read_catalog(folder)).names
        return list(name.cited)

    def test_the_file_where_nothing_nearer_says(self, tmp_path: Path, write: Write) -> None:
        assert self.citations(tmp_path, write, FILM) == [Citation("ann")]

    def test_the_entity_rather_than_the_file(self, tmp_path: Path, write: Write) -> None:
        text = FILM + "        by: wiki\n"
        assert self.citations(tmp_path, write, text) == [Citation("wiki")]

    def test_the_fact_rather_than_the_entity(self, tmp_path: Path, write: Write) -> None:
        text = FILM.replace("{en: Film}", "{en: Film, by: [bangumi, wiki]}")
        assert self.citations(tmp_path, write, text) == [Citation("bangumi"), Citation("wiki")]

    def test_on_the_page_that_a_handle_stands_for(self, tmp_path: Path, write: Write) -> None:
        text = """
            sources: {page: {source: ann, url: "https://a.example/1", retrieved: 2026-11-21}}
            by: page
            works: [{slug: film, kind: FILM, names: [{en: Film}]}]
        """
        assert self.citations(tmp_path, write, text) == [
            Citation("ann", "https://a.example/1", "2026-11-21T00:00:00Z")
        ]

    def test_on_the_page_that_the_nearest_sources_give(self, tmp_path: Path, write: Write) -> None:
        text = """
            sources: {ann: {url: "https://a.example/1"}}
            by: ann
            works:
              - slug: film
                sources: {ann: {url: "https://a.example/2"}}
                kind: FILM
                names: [{en: Film}]
        """
        assert self.citations(tmp_path, write, text) == [Citation("ann", "https://a.example/2")]

    def test_on_the_entitys_own_page_where_no_other_is_given(
        self, tmp_path: Path, write: Write
    ) -> None:
        text = FILM.replace("ann", "bangumi") + "        ids: {bangumi: 3627}\n"
        assert self.citations(tmp_path, write, text) == [
            Citation("bangumi", "https://bgm.tv/subject/3627")
        ]


@pytest.mark.parametrize(
    ("runtime", "stated"),
    [
        ("110", [(110, "ann")]),
        ("{value: 110, by: [bangumi, wiki]}", [(110, "bangumi"), (110, "wiki")]),
        ("[{value: 110}, {value: 115, by: wiki}]", [(110, "ann"), (115, "wiki")]),
    ],
)
def test_values_and_who_states_them(
    tmp_path: Path, write: Write, runtime: str, stated: list[tuple[int, str]]
) -> None:
    write("film.yaml", FILM + f"        runtimeMinutes: {runtime}\n")
    values = only(read_catalog(tmp_path)).values
    assert [(each.value, each.source) for each in values if each.field != "kind"] == stated


@pytest.mark.parametrize("written", ["1971", '"1971"', "1971-03", "1971-03-20"])
def test_dates_stay_as_precise_as_they_are(tmp_path: Path, write: Write, written: str) -> None:
    write("film.yaml", FILM + f"        released: {written}\n")
    values = {each.field: each.value for each in only(read_catalog(tmp_path)).values}
    assert values["released"] == written.strip('"')


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("runtime: 1", "works[0].runtime: unknown key; did you mean 'runtimeMinutes'?"),
        ("rating: good", 'works[0].rating: "good" does not fit: A number'),
        ("deck: [good]", "works[0].deck: must be text, not a list"),
        ("slug: film", "works[0].slug: stands twice, first in line 4"),
        ("released: 1995-02-30", "works[0].released: 1995-02-30 is no date: day is out of range"),
        ("released: 23.12.1995", 'works[0].released: "23.12.1995" does not fit: 1995, 1995-12'),
        ("by: anm", "works[0].by: unknown source 'anm'; did you mean 'ann'"),
        ("ids: {bangum: 1}", "works[0].ids.bangum: unknown site; did you mean 'bangumi'?"),
        (
            "terms: [{term: anime, votes: 2147483648}]",
            "works[0].terms[0].votes: 2147483648 is greater than the maximum of 2147483647",
        ),
        ("runtimeMinutes: 2147483648", "works[0].runtimeMinutes: 2147483648 is greater than"),
        ("deck: *film", "not YAML: found undefined alias"),
        ("deck: !film X", "works[0].deck: has the tag !film; tags are not used here"),
        (
            "credits: [{role: director, who: film}]",
            "works[0].credits[0].who: no person or organization is called 'film'",
        ),
        (
            "terms: [{term: sci-fi}]",
            "works[0].terms[0].term: no term is called 'sci-fi'",
        ),
        (
            "relations: [{kind: sequal, to: film}]",
            "works[0].relations[0].kind: unknown kind 'sequal'; did you mean 'sequel'",
        ),
        (
            "relations: [{kind: sequel, to: film}]",
            "works[0].relations[0]: is a relation to itself",
        ),
        (
            "runtimeMinutes: [{value: 1}, {value: 2}]",
            "works[0].runtimeMinutes[1]: is stated already, in film.yaml:7",
        ),
    ],
)
def test_what_is_wrong_with_a_line(tmp_path: Path, write: Write, line: str, problem: str) -> None:
    write("film.yaml", f"{FILM}        {line}\n")
    (found,) = problems(tmp_path)
    assert found.startswith(f"film.yaml:7: {problem}")


def test_a_fact_that_nobody_states(tmp_path: Path, write: Write) -> None:
    write("film.yaml", "works: [{slug: film, kind: {value: FILM, by: ann}, names: [{en: Film}]}]")
    assert problems(tmp_path) == [
        "film.yaml:1: works[0].names[0]: nobody states this: give it, what it stands in or the "
        "file a `by`"
    ]


def test_two_files_that_define_one_slug(tmp_path: Path, write: Write) -> None:
    write("a.yaml", FILM)
    write("works/b.yaml", FILM)
    assert problems(tmp_path) == [
        "works/b.yaml:4: works[0]: the slug 'film' is taken by the work in a.yaml:4"
    ]


def test_two_people_with_one_id_on_a_site(tmp_path: Path, write: Write) -> None:
    write(
        "people.yaml",
        """
        by: bangumi
        people:
          - {slug: one, ids: {bangumi: 7}, names: [{en: One}]}
          - {slug: two, ids: {bangumi: 7}, names: [{en: Two}]}
        """,
    )
    assert problems(tmp_path) == [
        "people.yaml:5: people[1]: the bangumi id '7' is taken by the person in people.yaml:4"
    ]


def test_a_slug_that_two_types_use(tmp_path: Path, write: Write) -> None:
    text = """
        by: ann
        people: [{slug: madhouse, names: [{en: Madhouse}]}]
        organizations: [{slug: madhouse, names: [{en: Madhouse}]}]
        works:
          - slug: film
            kind: FILM
            names: [{en: Film}]
            credits:
              - {role: animation-studio, who: madhouse}
    """
    write("film.yaml", text)
    assert problems(tmp_path) == [
        "film.yaml:10: works[0].credits[0].who: 'madhouse' may be person/madhouse or "
        "organization/madhouse: say which"
    ]
    write("film.yaml", text.replace("who: madhouse", "who: organization/madhouse"))
    (credit,) = read_catalog(tmp_path).credits
    assert credit.contributor == "organization:madhouse"


def test_a_relation_stated_from_both_ends(tmp_path: Path, write: Write) -> None:
    write(
        "films.yaml",
        """
        by: ann
        works:
          - slug: one
            kind: FILM
            names: [{en: One}]
            relations: [{kind: sequel, to: two}]
          - slug: two
            kind: FILM
            names: [{en: Two}]
            relations: [{kind: prequel, to: one}]
        """,
    )
    assert problems(tmp_path) == [
        "films.yaml:11: works[1].relations[0]: is stated already, in films.yaml:7"
    ]


def test_everything_wrong_in_all_files_at_once(tmp_path: Path, write: Write) -> None:
    write("a.yaml", FILM + "        runtime: 1\n        credits: [{role: directer, who: nobody}]\n")
    write("b.yaml", "works: [\n")
    write("c.yaml", "")
    write("roles.yaml", "roles: {director: {names: {en: Director, ja: 監督}}}\n")
    assert problems(tmp_path) == [
        "a.yaml:7: works[0].runtime: unknown key; did you mean 'runtimeMinutes'?",
        "a.yaml:8: works[0].credits[0].role: unknown role 'directer'; did you mean 'director'?",
        "a.yaml:8: works[0].credits[0].who: no person or organization is called 'nobody'",
        "b.yaml:2: not YAML: expected the node content, but found '<stream end>'",
        "c.yaml: is empty",
        "roles.yaml:1: roles.director.names: 'zh' is a required property",
    ]


class TestVocabulary:
    def test_a_role_below_itself(self, tmp_path: Path, write: Write) -> None:
        names = "names: {en: X, ja: X, zh: X}"
        write(
            "roles.yaml",
            f"roles:\n  a: {{broader: b, {names}}}\n  b: {{broader: a, {names}}}\n",
        )
        assert problems(tmp_path) == [
            "roles.yaml:2: roles.a: stands above itself in the hierarchy",
            "roles.yaml:3: roles.b: stands above itself in the hierarchy",
        ]

    def test_an_inverse_that_is_not_mutual(self, tmp_path: Path, write: Write) -> None:
        rest = "continuity: true, names: {en: X, ja: X, zh: X}"
        write(
            "relations.yaml",
            f"relations:\n  a: {{inverse: b, {rest}}}\n  b: {{inverse: b, {rest}}}\n",
        )
        assert problems(tmp_path) == [
            "relations.yaml:2: relations.a: has the inverse 'b', which has another"
        ]

    def test_a_code_that_means_two_things(self, tmp_path: Path, write: Write) -> None:
        rest = "names: {en: X, ja: X, zh: X}, bangumi: [2]"
        write("roles.yaml", f"roles:\n  a: {{{rest}}}\n  b: {{{rest}}}\n")
        assert problems(tmp_path) == ["roles.yaml:3: roles.b.bangumi[0]: 2 already means 'a'"]

    def test_a_missing_file(self, tmp_path: Path, write: Write) -> None:
        (tmp_path / "sources.yaml").unlink()
        with pytest.raises(SourceError, match=r"sources\.yaml: cannot be read"):
            read_vocabulary(tmp_path)


class TestYaml:
    """As YAML 1.2 reads it, which is what editors show."""

    def read(self, folder: Path, text: str) -> Document:
        (folder / "file.yaml").write_text(text, encoding="utf-8")
        return read_document(folder / "file.yaml")

    @pytest.mark.parametrize(
        ("written", "value"),
        [
            ("1995-12-23", "1995-12-23"),
            ("no", "no"),
            ("12:30", "12:30"),
            ("007", "007"),
            ('"7"', "7"),
            ("7", 7),
            ("8.1", 8.1),
            ("true", True),
            ("~", None),
        ],
    )
    def test_values(self, tmp_path: Path, written: str, value: object) -> None:
        assert self.read(tmp_path, f"{written}: {written}").data == {written.strip('"'): value}

    def test_an_alias(self, tmp_path: Path) -> None:
        document = self.read(tmp_path, "- &a [*a]\n")
        assert [str(each) for each in document.problems] == [
            "[0][0]: is an alias; write the value out"
        ]

    @given(JSON)
    def test_json_is_read_as_it_is(self, tmp_path: Path, data: object) -> None:
        assert self.read(tmp_path, json.dumps(data, ensure_ascii=False)).data == data


SHIPPED = (CATALOG / "works" / "memories.yaml").read_text(encoding="utf-8").splitlines()


@given(
    line=st.integers(0, len(SHIPPED) - 1),
    replaced=st.sampled_from(["", "    - x", "x: 1", "        by: []", "      names: {en: 1}"]),
)
@examples(40)
def test_a_damaged_line_is_read_or_complained_of_in_its_file(
    tmp_path: Path, write: Write, line: int, replaced: str
) -> None:
    lines = [*SHIPPED[:line], replaced, *SHIPPED[line + 1 :]]
    for name in ("people.yaml", "organizations.yaml", "terms.yaml"):
        shutil.copy(CATALOG / name, tmp_path / name)
    (tmp_path / "memories.yaml").write_text("\n".join(lines), encoding="utf-8")
    assert complaint(tmp_path) in (None, tmp_path / "memories.yaml")


def test_a_name_that_is_too_long_is_a_problem(write: Write, tmp_path: Path) -> None:
    write("works/film.yaml", FILM.replace("{en: Film}", "{en: " + "A" * 1001 + "}"))
    (problem,) = problems(tmp_path)
    assert problem.endswith("works[0].names[0]: is too long for a name")
