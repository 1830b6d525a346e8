"""People who stand in infoboxes: who is meant by a name."""

from pathlib import Path

import pytest

from ingest.bangumi.dump import open_dump
from ingest.bangumi.known import doubted
from tests.ingest.bangumi.dumps import Found, Table, read, row, tables, written

FILM, OTHER = "work:bangumi-1", "work:bangumi-2"


def infobox(**fields: str) -> str:
    return "{{Infobox animanga/Anime\n" + "".join(f"|{k}= {v}\n" for k, v in fields.items()) + "}}"


def subject(id_: int, **fields: str) -> bytes:
    return row(id=id_, type=2, name=f"Work {id_}", platform=3, infobox=infobox(**fields))


def person(id_: int, name: str, *aliases: str) -> bytes:
    return row(id=id_, type=1, name=name, infobox=infobox(别名="、".join(aliases)))


def staff(work: int, who: int, position: int = 2) -> bytes:
    return row(subject_id=work, person_id=who, position=position, appear_eps="")


def found(folder: Path, **rows: Table) -> Found:
    return read(written(folder / "dump.zip", tables(**rows)))


def credits(result: Found, on: str = FILM) -> list[tuple[str, str, str | None]]:
    return [(each.contributor, each.role, each.scope) for each in result.credits if each.on == on]


class TestWhoIsMeant:
    def test_one_whom_a_row_has_is_not_said_twice(self, tmp_path: Path) -> None:
        result = found(
            tmp_path,
            subject=[subject(1, 导演="大友 克洋")],
            person=[person(5, "大友克洋")],
            subject_persons=[staff(1, 5)],
        )
        assert credits(result) == [("person:bangumi-5", "director", None)]

    def test_nor_where_the_rows_have_a_narrower_role(self, tmp_path: Path) -> None:
        result = found(
            tmp_path,
            subject=[subject(1, 导演="大友克洋")],
            person=[person(5, "大友克洋")],
            subject_persons=[staff(1, 5, 74)],
        )
        assert credits(result) == [("person:bangumi-5", "chief-director", None)]

    def test_one_with_the_like_elsewhere(self, tmp_path: Path) -> None:
        result = found(
            tmp_path,
            subject=[subject(1, 导演="OTOMO Katsuhiro（第1话）"), subject(2)],
            person=[person(5, "大友克洋", "Katsuhiro Otomo")],
            subject_persons=[staff(2, 5)],
        )
        assert credits(result) == [("person:bangumi-5", "director", "第1话")]

    def test_nobody_of_the_dump_is_a_person_by_the_name(self, tmp_path: Path) -> None:
        result = found(
            tmp_path, subject=[subject(1, 导演="大友 克洋"), subject(2, 脚本="大友克洋")]
        )
        assert credits(result) == [("person:bangumi-name-大友克洋", "director", None)]
        assert credits(result, OTHER) == [("person:bangumi-name-大友克洋", "screenwriter", None)]
        assert result.names("person:bangumi-name-大友克洋") == [
            ("大友 克洋", "ja", "ORIGINAL"),
            ("大友克洋", "ja", "ALIAS"),
        ]

    def test_a_company_is_no_person(self, tmp_path: Path) -> None:
        result = found(tmp_path, subject=[subject(1, 原作="スタジオライブ")])
        assert credits(result) == [("organization:スタジオライブ", "original-creator", None)]
        assert "organization:スタジオライブ" in result.entities

    def test_a_company_of_the_dump_that_alone_has_the_name(self, tmp_path: Path) -> None:
        result = found(
            tmp_path,
            subject=[subject(1, 原作="ARTLAND")],
            person=[row(id=5, type=2, name="Artland", infobox=infobox())],
        )
        assert credits(result) == [("organization:bangumi-5", "original-creator", None)]

    @pytest.mark.parametrize(
        ("text", "who"),
        [
            # Whom somebody works for.
            ("菅野顕二（セガ）", "person:bangumi-name-菅野顕二"),
            ("John Smith（セガ）", "person:bangumi-name-john-smith"),
            # The same company in other letters.
            ("SEGA（セガ）", "organization:bangumi-5"),
            ("株式会社世嘉（セガ）", "organization:bangumi-5"),
            # The same person by another name.
            ("田中太郎（鈴木一郎）", "person:bangumi-6"),
        ],
    )
    def test_what_stands_in_brackets_is_a_company_or_another_name(
        self, tmp_path: Path, text: str, who: str
    ) -> None:
        result = found(
            tmp_path,
            subject=[subject(1, 原案=text), subject(2)],
            person=[row(id=5, type=2, name="セガ", infobox=infobox()), person(6, "鈴木一郎")],
            subject_persons=[staff(2, 6, 29)],
        )
        assert credits(result) == [(who, "original-concept", None)]

    def test_the_title_is_no_person(self, tmp_path: Path) -> None:
        assert credits(found(tmp_path, subject=[subject(1, 原作="Work 1")])) == []

    def test_of_two_with_the_name_none_is_taken(self, tmp_path: Path) -> None:
        path = written(
            tmp_path / "dump.zip",
            tables(
                subject=[subject(1, 导演="高橋良輔"), subject(2)],
                person=[person(5, "高橋良輔"), person(6, "高橋良輔")],
                subject_persons=[staff(2, 5), staff(2, 6)],
            ),
        )
        assert credits(read(path)) == [("person:bangumi-name-高橋良輔", "director", None)]
        with open_dump(path) as dump:
            assert list(doubted(dump)) == [
                ("person:bangumi-name-高橋良輔", ("person:bangumi-5", "person:bangumi-6"))
            ]

    def test_but_the_one_who_works_on_it(self, tmp_path: Path) -> None:
        result = found(
            tmp_path,
            subject=[subject(1, 导演="高橋良輔")],
            person=[person(5, "高橋良輔"), person(6, "高橋良輔")],
            subject_persons=[staff(1, 6, 3)],
        )
        assert ("person:bangumi-6", "director", None) in credits(result)

    def test_or_on_a_related_work(self, tmp_path: Path) -> None:
        result = found(
            tmp_path,
            subject=[subject(1, 导演="高橋良輔"), subject(2)],
            person=[person(5, "高橋良輔"), person(6, "高橋良輔")],
            subject_persons=[staff(2, 6)],
            subject_relations=[row(subject_id=2, relation_type=3, related_subject_id=1, order=1)],
        )
        assert credits(result) == [("person:bangumi-6", "director", None)]

    def test_names_of_other_letters_are_not_alike(self, tmp_path: Path) -> None:
        result = found(
            tmp_path,
            subject=[subject(1, 脚本="Peter Jackson")],
            person=[person(5, "John Smith"), person(6, "Jane Doe")],
            subject_persons=[staff(1, 5, 3), staff(1, 6, 3)],
        )
        assert ("person:bangumi-name-peter-jackson", "screenwriter", None) in credits(result)

    def test_whom_the_rows_call_otherwise_is_not_credited_twice(self, tmp_path: Path) -> None:
        result = found(
            tmp_path,
            subject=[subject(1, 导演="富野喜幸")],
            person=[person(5, "富野由悠季")],
            subject_persons=[staff(1, 5)],
        )
        assert credits(result) == [("person:bangumi-5", "director", None)]
        assert result.notes == [
            "subject.jsonlines:1: infobox: '富野喜幸' (director) may be one of the staff"
        ]

    def test_what_names_nobody_is_noted(self, tmp_path: Path) -> None:
        box = infobox(原作="大友克洋、「SLUMP」（別冊）；配饰：田中一郎、山本二郎")
        result = found(tmp_path, subject=[row(id=1, type=2, name="Work", platform=3, infobox=box)])
        assert [each.role for each in result.credits] == ["original-creator"]
        assert result.notes == [
            "subject.jsonlines:1: infobox: 原作: '「SLUMP」（別冊）': no name",
            "subject.jsonlines:1: infobox: 原作: '田中一郎、山本二郎': no role is called '配饰'",
        ]
