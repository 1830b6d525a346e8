"""What the date of a work says of its parts."""

from typing import Any

import pytest

from ingest.extraction.facts import Fact, value
from ingest.extraction.part_dates import date_parts

RANKS = {"filmograph": 0, "bangumi": 1, "wiki": 2}


def work(kind: str, *released: Fact, **given: Any) -> Fact:
    segment = {"slug": "part", "position": 1, "credits": []}
    stated = [value(kind, "bangumi")]
    return {"slug": "work", "kind": stated, "released": released, "segments": [segment], **given}


def dates(work: Fact) -> list[Any]:
    date_parts(work, RANKS)
    return [segment.get("released") for segment in work["segments"]]


def test_parts_of_a_film_came_out_with_it() -> None:
    film = work("FILM", value("1995-12-23", "bangumi", "wiki"))
    assert dates(film) == [[{"value": "1995-12-23", "by": ["bangumi", "wiki"]}]]


@pytest.mark.parametrize("kind", ["OVA", "ONA", "SHORT", "SPECIAL", "OTHER"])
def test_of_other_works_the_year_holds_by_our_own_word(kind: str) -> None:
    volumes = work(kind, value("1987-07-21", "bangumi"))
    assert dates(volumes) == [[{"value": "1987", "by": ["filmograph"]}]]


@pytest.mark.parametrize("undated", [work("SERIES", value("1998-04-03", "bangumi")), work("FILM")])
def test_without_a_date_that_holds_for_parts_they_have_none(undated: Fact) -> None:
    assert dates(undated) == [None]


def test_a_part_keeps_its_own_date() -> None:
    film = work("FILM", value("1995-12-23", "bangumi"))
    film["segments"][0]["released"] = value("1994", "wiki")
    assert dates(film) == [{"value": "1994", "by": ["wiki"]}]


def test_where_sources_differ_the_date_in_use_is_taken() -> None:
    film = work("FILM", value("1995", "wiki"), value("1996", "page"))
    film["sources"] = {"page": {"source": "bangumi"}}
    assert dates(film) == [[{"value": "1996", "by": ["page"]}]]


def test_bangumis_page_of_the_work_is_cited_and_not_that_of_the_part() -> None:
    film = work("FILM", value("1995", "bangumi"), sources={"subject": {"source": "bangumi"}})
    assert dates(film) == [[{"value": "1995", "by": ["subject"]}]]


def test_the_date_stands_before_the_credits() -> None:
    film = work("FILM", value("1995", "bangumi"))
    date_parts(film, RANKS)
    assert list(film["segments"][0]) == ["slug", "position", "released", "credits"]
