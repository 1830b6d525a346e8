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


@pytest.mark.parametrize(
    ("tag", "votes", "most", "is_term"),
    [
        # Single people write their rating as a tag.
        ("八星", 7, 159, False),
        ("8.5分", 3, 276, False),
        ("8分", 10, 5057, False),
        ("七星", 2, 7, False),
        # Many agree on what is no rating.
        ("三星", 40, 159, True),
        ("三星", 10, 100, True),
    ],
)
def test_a_rating_is_what_single_people_give(
    tmp_path: Path, tag: str, votes: int, most: int, is_term: bool
) -> None:
    given = [{"name": tag, "count": votes}, {"name": "百合", "count": most}]
    work = row(id=1, type=2, name="攻壳", platform=1, tags=given)
    found = read(written(tmp_path / "dump.zip", tables(subject=[work])))
    assert (f"term:{tag}" in {each.term for each in found.taggings}) is is_term


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
