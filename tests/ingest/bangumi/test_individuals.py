"""People who stand in infoboxes: how texts are split, and who is meant by a name."""

from pathlib import Path

import pytest

from ingest.bangumi.codes import ANIME, read_codes
from ingest.bangumi.dump import open_dump
from ingest.bangumi.individuals import PersonText, person_texts
from ingest.bangumi.infobox import Infobox
from ingest.bangumi.known import doubted
from tests.ingest.bangumi.dumps import Found, Table, read, row, tables, written

CODES = read_codes()
FILM, OTHER = "work:bangumi-1", "work:bangumi-2"


def infobox(**fields: str) -> str:
    return "{{Infobox animanga/Anime\n" + "".join(f"|{k}= {v}\n" for k, v in fields.items()) + "}}"


def texts(key: str, text: str) -> list[PersonText]:
    """Role, name, other name and scope."""
    found = person_texts(Infobox(infobox(**{key: text})), CODES.people[ANIME], CODES.labels)
    return list(found)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("大友克洋", ["大友克洋"]),
        ("大友克洋、森本晃司，岡村天斎/今敏", ["大友克洋", "森本晃司", "岡村天斎", "今敏"]),
        ("原田孝宏・黒木美幸", ["原田孝宏", "黒木美幸"]),
        ("パトリック・マシアス", ["パトリック・マシアス"]),
        ("罗伯·明可夫", ["罗伯·明可夫"]),
        ("稲吉智重 稲吉朝子", ["稲吉智重", "稲吉朝子"]),
        ("鷺巣 詩郎", ["鷺巣 詩郎"]),
        ("Clay Kaytis、Fergal Reilly", ["Clay Kaytis", "Fergal Reilly"]),
        ("赤塚不二夫『おそ松くん』（「週刊少年サンデー」他で連載）", ["赤塚不二夫"]),
        ("蝸牛くも（GA文庫／SBクリエイティブ刊）", ["蝸牛くも"]),
        ("Aniplex Co., Ltd.", ["Aniplex Co., Ltd."]),
        ("Robert Downey, Jr.", ["Robert Downey, Jr."]),
        ("佐藤一郎（A（b））、田中二郎", ["佐藤一郎", "田中二郎"]),
        ("佐藤一郎（A、田中二郎", ["佐藤一郎"]),
        ("佐藤一郎、2-3話", ["佐藤一郎"]),
        ("https://example.org/staff", []),
        ("等", []),
        ("テレビ朝日系列で放送中", []),
        ("ゲーム『ワンダーモモ』", []),
        ("不明", []),
        ("（", []),
    ],
)
def test_who_is_named(text: str, names: list[str]) -> None:
    assert [each.name for each in texts("原作", text)] == names


def test_what_stands_in_brackets_is_another_name_or_the_episodes() -> None:
    assert texts("脚本", "赤尾でこ(三重野瞳)、篠塚智子(2,4)、A子（第1話）") == [
        ("screenwriter", "赤尾でこ", "三重野瞳", ""),
        ("screenwriter", "篠塚智子", "", "2,4"),
        ("screenwriter", "A子", "", "第1話"),
    ]


def test_each_of_a_persons_scopes_counts_also_without_brackets() -> None:
    assert [
        (each.name, each.scope) for each in texts("脚本", "今敏（第1話）、大河内一楼、今敏 第3話")
    ] == [
        ("今敏", "第1話"),
        ("大河内一楼", ""),
        ("今敏", "第3話"),
    ]


def test_a_label_says_the_role_and_one_that_is_no_role_ends_the_list() -> None:
    assert texts("导演", "小林治；脚本：今敏、大河内一楼；配饰：田中一郎、山本二郎") == [
        ("director", "小林治", "", ""),
        ("screenwriter", "今敏", "", ""),
        ("screenwriter", "大河内一楼", "", ""),
    ]


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
