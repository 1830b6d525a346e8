"""A dump of Bangumi: what its rows say, and what becomes of rows that say nothing."""

from collections import Counter
from pathlib import Path

import pytest

from graph.errors import SourceError
from ingest.catalog.vocabulary import CATALOG
from ingest.records import EntityType, Row
from tests.ingest.bangumi.dumps import Found, Table, read, real, row, tables, written

DUMP = CATALOG.parent.parent / "shared" / "data" / "bangumi-archive.zip"
MEMORIES = "work:bangumi-3627"
ROSE, BOMB, CANNON = (f"segment:bangumi-{id_}" for id_ in (111990, 111991, 111992))
ALBUM = "soundtrack:bangumi-31789"
OTOMO = "person:bangumi-2057"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    return read(written(tmp_path_factory.mktemp("dump") / "dump.zip", real()))


def subject(id_: int, **fields: object) -> bytes:
    return row(
        **{"id": id_, "type": 2, "name": f"Work {id_}", "name_cn": "", "platform": 1, **fields}
    )


def person(id_: int, **fields: object) -> bytes:
    return row(**{"id": id_, "type": 1, "name": f"Person {id_}", **fields})


def character(id_: int, **fields: object) -> bytes:
    return row(**{"id": id_, "name": f"Character {id_}", **fields})


def episode(id_: int, work: int, **fields: object) -> bytes:
    given = {"id": id_, "subject_id": work, "type": 0, "sort": 1, "name": f"Episode {id_}"}
    return row(**{**given, **fields})


def staff(work: int, who: int, position: int = 2, scope: str = "") -> bytes:
    return row(subject_id=work, person_id=who, position=position, appear_eps=scope)


def appearance(work: int, who: int, type_: int = 1) -> bytes:
    return row(subject_id=work, character_id=who, type=type_, order=0)


def cast(work: int, who: int, whom: int) -> bytes:
    return row(subject_id=work, character_id=whom, person_id=who)


def related(work: int, code: int, other: int) -> bytes:
    return row(subject_id=work, relation_type=code, related_subject_id=other, order=1)


def found_in(folder: Path, **rows: Table) -> Found:
    return read(written(folder / "dump.zip", tables(**rows)))


def reasons(found: Found, table: str) -> dict[int, str]:
    """Why rows were skipped, by line."""
    return {
        each.line: reason
        for each, reason in found.skipped.items()
        if each.table == f"{table}.jsonlines"
    }


class TestMemories:
    def test_is_a_film_in_three_segments(self, found: Found) -> None:
        assert found.value(MEMORIES, "kind") == "FILM"
        parts = [each for each in found.entities.values() if each.parent == MEMORIES]
        assert [
            (part.id, found.value(part.id, "kind"), found.value(part.id, "position"))
            for part in parts
        ] == [(ROSE, "SEGMENT", 1.0), (BOMB, "SEGMENT", 2.0), (CANNON, "SEGMENT", 3.0)]

    @pytest.mark.parametrize(
        ("segment", "director", "writer", "composer"),
        [
            (ROSE, "森本晃司", "今敏", "菅野よう子"),
            (BOMB, "岡村天斎", "大友克洋", "三宅純"),
            (CANNON, "大友克洋", "大友克洋", "長嶌寛幸"),
        ],
    )
    def test_each_segment_has_its_makers(
        self, found: Found, segment: str, director: str, writer: str, composer: str
    ) -> None:
        assert found.who(segment, "director") == [director]
        assert found.who(segment, "screenwriter") == [writer]
        assert found.who(segment, "score-composer") == [composer]

    def test_the_whole_has_the_makers_that_no_scope_limits(self, found: Found) -> None:
        assert found.who(MEMORIES, "director") == []
        assert found.who(MEMORIES, "original-creator") == ["大友克洋"]
        assert found.who(MEMORIES, "animation-studio") == ["Studio 4℃"]
        assert found.who(MEMORIES, "production-company") == ["講談社", "松竹", "バンダイビジュアル"]

    def test_values(self, found: Found) -> None:
        assert found.value(MEMORIES, "released") == "1995-12-23"
        assert found.value(MEMORIES, "runtimeMinutes") == 110
        assert found.value(MEMORIES, "rating") == 8.1
        assert found.value(MEMORIES, "ratingCount") == 4016
        assert found.value(MEMORIES, "nsfw") is None
        assert [found.value(each, "runtimeMinutes") for each in (ROSE, BOMB, CANNON)] == [
            44,
            40,
            28,
        ]

    def test_names(self, found: Found) -> None:
        assert found.names(MEMORIES) == [
            ("MEMORIES", None, "ORIGINAL"),
            ("回忆三部曲", "zh-Hans", "OFFICIAL"),
            ("メモリーズ", "ja", "ALIAS"),
        ]
        assert found.names(CANNON) == [
            ("大砲の街", "ja", "ORIGINAL"),
            ("大炮之街", "zh-Hans", "OFFICIAL"),
        ]

    def test_terms_are_the_catalogues_where_it_knows_them(self, found: Found) -> None:
        votes = {each.term: each.votes for each in found.taggings if each.creation == MEMORIES}
        assert votes["term:science-fiction"] == 663
        assert votes["term:anthology"] == 11
        assert "term:剧场版" not in votes
        assert not any(term.startswith("term:199") for term in votes)
        assert found.value("term:science-fiction", "kind") == "GENRE"

    def test_the_album_holds_its_music(self, found: Found) -> None:
        (scoring,) = found.scorings
        assert (scoring.work, scoring.soundtrack) == (MEMORIES, ALBUM)
        (relation,) = [each for each in found.relations if each.start == MEMORIES]
        assert (relation.kind, relation.target) == ("soundtrack", ALBUM)

    def test_the_albums_episodes_are_its_tracks(self, found: Found) -> None:
        tracks = [each for each in found.entities.values() if each.parent == ALBUM]
        assert [
            (each.type, found.value(each.id, "disc"), found.value(each.id, "position"))
            for each in tracks
        ] == [(EntityType.TRACK, 1, 1), (EntityType.TRACK, 1, 2), (EntityType.TRACK, 2, 42)]

    def test_who_is_in_it(self, found: Found) -> None:
        (seen,) = found.appearances
        assert (seen.character, seen.on, seen.billing) == (
            "character:bangumi-15420",
            MEMORIES,
            "GUEST",
        )

    def test_a_maker_is_a_person_with_dates(self, found: Found) -> None:
        assert found.value(OTOMO, "born") == "1954-04-14"
        assert ("Ootomo Katsuhiro", "ja-Latn", "ROMANIZED") in found.names(OTOMO)

    def test_a_company_among_the_people_is_an_organization(self, found: Found) -> None:
        kodansha = found.entities["organization:bangumi-128"]
        assert (kodansha.type, kodansha.names[0].text) == (EntityType.ORGANIZATION, "講談社")


def test_both_directions_are_one_relation(found: Found) -> None:
    (relation,) = [each for each in found.relations if each.start == "work:bangumi-8181"]
    assert (relation.kind, relation.target) == ("sequel", "work:bangumi-9001")
    assert found.merged == [Row("subject-relations.jsonlines", 2)]


def test_another_order_of_the_rows_is_the_same_dump(found: Found, tmp_path: Path) -> None:
    shuffled = {name: lines[::-1] for name, lines in real().items()}
    assert read(written(tmp_path / "dump.zip", shuffled)).digests == found.digests


def test_a_changed_row_changes_its_part_only(found: Found, tmp_path: Path) -> None:
    rows = real()
    rows["person"] = [line.replace(b"1954-04-14", b"1954") for line in rows["person"]]
    changed = read(written(tmp_path / "dump.zip", rows)).digests
    assert {origin for origin in changed if changed[origin] != found.digests[origin]} == {
        "bangumi/person/2057"
    }


class TestFaults:
    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            (b"{", "no JSON: "),
            (b"", "an empty line"),
            (b"[1]", "no JSON object"),
            (b'{"id": 7, "type": 2, "name": "\xff"}', "no JSON: "),
            (row(type=2, name="A"), "no id"),
            (row(id="7", type=2, name="A"), "id is no whole number: 7"),
            (row(id=True, type=2, name="A"), "id is no whole number: True"),
            (row(id=0, type=2, name="A"), "id is no id: 0"),
            (row(id=2**63, type=2, name="A"), f"id is no whole number: {2**63}"),
            (row(id=7, name="A"), "no type"),
            (row(id=7, type=5, name="A"), "unknown type: 5"),
            (row(id=7, type=2), "no name"),
            (row(id=7, type=2, name="", name_cn=" \u200b"), "no name"),
            (row(id=7, type=2, name=None, name_cn=None), "no name"),
            (subject(1, name="Again"), "repeated id: the first is in line 1"),
        ],
    )
    def test_a_subject_that_cannot_be_read(self, tmp_path: Path, line: bytes, reason: str) -> None:
        found = found_in(tmp_path, subject=[subject(1), line, subject(2)])
        assert set(found.entities) == {"work:bangumi-1", "work:bangumi-2"}
        ((place, said),) = found.skipped.items()
        assert place == Row("subject.jsonlines", 2)
        assert said.startswith(reason)

    def test_rows_that_speak_of_what_is_not_there(self, tmp_path: Path) -> None:
        found = found_in(
            tmp_path,
            subject=[subject(1), b"{"],
            person=[person(1)],
            character=[character(1)],
            episode=[episode(1, 1), episode(2, 9)],
            subject_persons=[staff(1, 1), staff(9, 1), staff(1, 9)],
            subject_characters=[appearance(1, 1), appearance(9, 1), appearance(1, 9)],
            person_characters=[cast(1, 1, 1), cast(9, 1, 1), cast(1, 9, 1), cast(1, 1, 9)],
            subject_relations=[related(1, 2, 9), related(9, 2, 1), related(1, 2, 1)],
        )
        assert reasons(found, "episode") == {2: "unknown subject: 9"}
        assert reasons(found, "subject-persons") == {
            2: "unknown subject: 9",
            3: "unknown person: 9",
        }
        assert reasons(found, "subject-characters") == {
            2: "unknown subject: 9",
            3: "unknown character: 9",
        }
        assert reasons(found, "person-characters") == {
            2: "unknown subject: 9",
            3: "unknown person: 9",
            4: "unknown character: 9",
        }
        assert reasons(found, "subject-relations") == {
            1: "unknown subject: 9",
            2: "unknown subject: 9",
            3: "related to itself: 1",
        }
        assert len(found.credits) == 2

    def test_codes_that_nobody_knows(self, tmp_path: Path) -> None:
        found = found_in(
            tmp_path,
            subject=[subject(1, platform=77), subject(2)],
            person=[person(1), person(2, type=9)],
            character=[character(1)],
            episode=[episode(1, 1, type=9), episode(2, 1, type=2)],
            subject_persons=[staff(1, 1, 99999)],
            subject_characters=[appearance(1, 1, 9)],
            subject_relations=[related(1, 77, 2)],
        )
        assert found.value("work:bangumi-1", "kind") == "OTHER"
        assert found.notes == ["subject.jsonlines:1: platform 77 is unknown"]
        assert reasons(found, "person") == {2: "unknown type: 9"}
        assert reasons(found, "episode") == {
            1: "unknown type: 9",
            2: "no part of the work, but an opening",
        }
        assert reasons(found, "subject-persons") == {1: "unknown position: 99999"}
        assert reasons(found, "subject-characters") == {1: "unknown type: 9"}
        assert reasons(found, "subject-relations") == {1: "unknown relation_type: 77"}

    def test_rows_that_say_the_same(self, tmp_path: Path) -> None:
        found = found_in(
            tmp_path,
            subject=[subject(1), subject(2)],
            person=[person(1)],
            character=[character(1)],
            subject_persons=[staff(1, 1), staff(1, 1)],
            subject_characters=[appearance(1, 1), appearance(1, 1, 2)],
            person_characters=[cast(1, 1, 1), cast(1, 1, 1)],
            subject_relations=[related(1, 2, 2), related(1, 2, 2), related(2, 3, 1)],
        )
        assert sorted(found.merged) == [
            Row("person-characters.jsonlines", 2),
            Row("subject-characters.jsonlines", 2),
            Row("subject-persons.jsonlines", 2),
            Row("subject-relations.jsonlines", 2),
            Row("subject-relations.jsonlines", 3),
        ]
        assert not found.skipped

    @pytest.mark.parametrize(
        ("fields", "note"),
        [
            ({"infobox": "{{Infobox A\n|别名={\n[x]\n"}, "infobox: "),
            ({"infobox": 5}, "infobox is no text, and not read: 5"),
            ({"tags": {"name": "A"}}, "tags is no list, and not read: {'name': 'A'}"),
            ({"tags": [{"name": "A"}]}, "tag {'name': 'A'} is not read"),
            ({"meta_tags": [5]}, "meta_tags has 5, no text"),
            ({"score": "8"}, "score is no number, or too large, and not read: 8"),
            ({"score_details": {"1": "x"}}, "score_details is no counts by score"),
            ({"score_details": {"1": 2**30, "2": 2**30}}, "score_details is no counts by score"),
            ({"tags": [{"name": "A", "count": 2**31}]}, "tag {'name': 'A', 'count': 214748364"),
            ({"nsfw": "yes"}, "nsfw is neither true nor false, and not read: yes"),
            ({"date": "2013-13-01"}, "date: '2013-13-01' is no date"),
            ({"platform": "TV"}, "platform is no whole number, or too large, and not read: TV"),
            ({"platform": 2**31}, "platform is no whole number, or too large, and not read"),
        ],
    )
    def test_what_a_subject_can_do_without(
        self, tmp_path: Path, fields: dict[str, object], note: str
    ) -> None:
        found = found_in(tmp_path, subject=[subject(1, **fields)])
        assert set(found.entities) == {"work:bangumi-1"}
        (said,) = found.notes
        assert said.startswith(f"subject.jsonlines:1: {note}")

    def test_fields_that_are_null_or_missing_say_nothing(self, tmp_path: Path) -> None:
        empty = dict.fromkeys(
            ("name_cn", "infobox", "platform", "summary", "nsfw", "tags", "meta_tags", "score",
             "score_details", "date")
        )  # fmt: skip
        found = found_in(
            tmp_path,
            subject=[subject(1, **empty), row(id=2, type=1, name="B")],
            person=[row(id=1, name="P", type=None, infobox=None)],
            character=[row(id=1, name="C")],
            episode=[row(id=1, subject_id=1, name="E", sort=None, disc=None, type=None)],
        )
        assert not found.notes
        assert not found.skipped
        assert len(found.entities) == 5

    def test_dates_that_cannot_be(self, tmp_path: Path) -> None:
        def born(id_: int, *lines: str) -> bytes:
            return person(id_, infobox="{{Infobox Crt\n" + "\n".join(lines) + "\n}}")

        found = found_in(
            tmp_path,
            person=[born(1, "|生日= 1980年2月30日"), born(2, "|生日= 1980", "|卒日= 1979年5月1日")],
        )
        assert found.value("person:bangumi-1", "born") is None
        assert found.value("person:bangumi-2", "born") is None
        assert found.notes == [
            "person.jsonlines:1: birthday: '1980年2月30日' is no date",
            "person.jsonlines:2: born 1980, died 1979-05-01: neither is taken over",
        ]

    def test_names_and_tags_that_are_too_long_are_cut(self, tmp_path: Path) -> None:
        infobox = f"{{{{Infobox A\n|中文名= {'丙' * 1001}\n}}}}"
        tags = [{"name": "乙" * 1001, "count": 9}]
        found = found_in(
            tmp_path, subject=[subject(1, name="甲" * 1001, infobox=infobox, tags=tags)]
        )
        names = {name.text for name in found.entities["work:bangumi-1"].names}
        assert names == {"甲" * 1000, "丙" * 1000}
        assert f"term:{'乙' * 1000}" in found.entities
        assert found.notes == [
            f"subject.jsonlines:1: name is cut after 1000 characters: {'甲' * 40}",
            f"subject.jsonlines:1: tags is cut after 1000 characters: {'乙' * 40}",
            "subject.jsonlines:1: infobox: a name is cut after 1000 characters",
        ]

    def test_a_byte_order_mark_and_windows_line_ends(self, tmp_path: Path) -> None:
        found = found_in(
            tmp_path, subject=[b"\xef\xbb\xbf" + subject(1) + b"\r", subject(2) + b"\r"]
        )
        assert len(found.entities) == 2
        assert not found.skipped


class TestFiles:
    def test_a_missing_table_is_named(self, tmp_path: Path) -> None:
        rows = real()
        del rows["episode"]
        with pytest.raises(SourceError, match=r"has no episode\.jsonlines"):
            read(written(tmp_path / "dump.zip", rows))

    @pytest.mark.parametrize(
        ("start", "rest", "problem"),
        [
            (0, b"something else", "is no zip file, as dumps of Bangumi are (14 bytes)"),
            (0, b"", "is no zip file, as dumps of Bangumi are (0 bytes)"),
            (2000, b"", "is cut off: a zip file that has no end, after 2,000 bytes; download it"),
        ],
    )
    def test_a_file_that_is_no_zip_file_is_named(
        self, tmp_path: Path, start: int, rest: bytes, problem: str
    ) -> None:
        path = written(tmp_path / "dump.zip", real())
        path.write_bytes(path.read_bytes()[:start] + rest)
        with pytest.raises(SourceError) as refused:
            read(path)
        assert str(refused.value).startswith(f"{path}: {problem}")

    def test_a_damaged_file_is_named(self, tmp_path: Path) -> None:
        path = written(tmp_path / "dump.zip", real())
        data = path.read_bytes()
        path.write_bytes(data[:200] + b"\xff" * 200 + data[400:])
        with pytest.raises(SourceError, match=r"dump\.zip: is damaged, download it again: "):
            read(path)

    def test_a_dump_without_a_row_removes_nothing(self, tmp_path: Path) -> None:
        with pytest.raises(SourceError, match=r"dump\.zip: holds no rows"):
            read(written(tmp_path / "dump.zip", tables()))

    def test_a_missing_file_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(SourceError, match=r"dump\.zip: cannot be read: No such file"):
            read(tmp_path / "dump.zip")

    def test_tables_in_a_folder_of_the_archive(self, tmp_path: Path) -> None:
        rows = {f"dump/{name}": lines for name, lines in tables(subject=[subject(1)]).items()}
        assert set(read(written(tmp_path / "dump.zip", rows)).entities) == {"work:bangumi-1"}


@pytest.mark.skipif(not DUMP.is_file(), reason="the dump is not beside the repository")
def test_every_row_of_a_whole_dump_is_accounted_for() -> None:
    found = read(DUMP)
    counts = {type_: 0 for type_ in EntityType}
    for each in found.entities.values():
        counts[each.type] += 1
    assert (counts[EntityType.WORK], counts[EntityType.SOUNDTRACK]) == (35002, 12449)
    assert (counts[EntityType.SEGMENT], counts[EntityType.TRACK]) == (106261, 41)
    assert counts[EntityType.CHARACTER] == 45827
    assert len(found.skipped) == 298
    tracks = [each.id for each in found.entities.values() if each.parent == ALBUM]
    discs = Counter(found.value(each, "disc") for each in tracks)
    assert discs == {1: 29, 2: 12}


class TestNumberedParts:
    def test_an_episode_without_a_name_is_called_by_its_number(self, tmp_path: Path) -> None:
        nameless = row(id=5, subject_id=1, type=0, sort=3, name="", name_cn="", disc=0)
        found = found_in(tmp_path, subject=[subject(1)], episode=[nameless])
        part = found.entities["segment:bangumi-5"]
        assert [(name.text, name.kind) for name in part.names] == [("Episode 3", "ALIAS")]
        assert part.slug == "bangumi-1-episode-3"

    def test_specials_come_after_the_story(self, tmp_path: Path) -> None:
        episodes = [
            row(id=5, subject_id=1, type=1, sort=1, name="Beach", name_cn="", disc=0),
            row(id=6, subject_id=1, type=0, sort=12, name="End", name_cn="", disc=0),
        ]
        found = found_in(tmp_path, subject=[subject(1)], episode=episodes)
        special = {value.field: value.value for value in found.entities["segment:bangumi-5"].values}
        assert special["position"] == 13.0
