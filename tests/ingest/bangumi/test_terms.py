"""Tags: which say something of a work that nothing else says."""

from pathlib import Path

import pytest

from tests.ingest.bangumi.dumps import read, row, tables, written


def subject(*tags: str) -> bytes:
    given = [{"name": tag, "count": 9} for tag in tags]
    return row(
        id=1, type=2, name="攻壳", name_cn="", platform=1, tags=given, meta_tags=["日本", "SF"]
    )


@pytest.mark.parametrize(
    ("tag", "is_term"),
    [
        ("百合", True),
        ("三次元", True),
        ("十二国记", True),
        ("TV", False),
        ("剧场版", False),
        ("日本", False),
        ("日本动画", False),
        ("1995年12月", False),
        ("八星", False),
        ("8.5分", False),
        ("第二季", False),
        ("2012年10月新番", False),
        ("Season 2", False),
        ("攻壳", False),
    ],
)
def test_what_the_work_says_elsewhere_is_no_term(tmp_path: Path, tag: str, is_term: bool) -> None:
    found = read(written(tmp_path / "dump.zip", tables(subject=[subject(tag)])))
    terms = {each.term for each in found.taggings}
    assert terms - {f"term:{tag}"} == {"term:science-fiction"}
    assert (f"term:{tag}" in terms) is is_term


def test_the_names_of_those_who_are_credited_are_no_terms(tmp_path: Path) -> None:
    otomo = row(id=5, type=1, name="大友克洋", infobox="{{Infobox Crt\n|别名= Katsuhiro Otomo\n}}")
    kon = row(id=6, type=1, name="今敏", infobox="")
    found = read(
        written(
            tmp_path / "dump.zip",
            tables(
                subject=[subject("katsuhiro otomo", "今敏")],
                person=[otomo, kon],
                subject_persons=[row(subject_id=1, person_id=5, position=2, appear_eps="")],
            ),
        )
    )
    assert {each.term for each in found.taggings} == {"term:science-fiction", "term:今敏"}
