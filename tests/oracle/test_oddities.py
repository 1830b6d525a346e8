"""What filters say where it is easy to be wrong: one question, one literal answer."""

import pytest

from tests.conftest import Ask


@pytest.mark.parametrize(
    ("where", "slugs"),
    [
        # The hero is in the work and in both its parts: one character.
        ("characters: {count: {eq: 2}}", ["odd-a"]),
        ('characters: {single: {id: {is: "character:odd-hero"}}}', ["odd-a"]),
        # A year whose month nobody knows stands before its months.
        ('released: {eq: "1995"}', ["odd-a", "odd-b", "odd-c"]),
        ('released: {lt: "1995-12"}', ["odd-a"]),
        ('released: {eq: "1995-12"}', ["odd-b", "odd-c"]),
        ('released: {lt: "1995-12-23"}', ["odd-a", "odd-b"]),
        ('released: {gt: "1994"}', ["odd-a", "odd-b", "odd-c"]),
        ('released: {gt: "1995"}', []),
        # Bounds, met exactly.
        ("runtimeMinutes: {gte: 60}", ["odd-b", "odd-c"]),
        ("runtimeMinutes: {lte: 60}", ["odd-b", "odd-c"]),
        ("runtimeMinutes: {gt: 60}", []),
        ("runtimeMinutes: {lt: 60}", []),
        ('released: {gte: "1995-12"}', ["odd-b", "odd-c"]),
        ('released: {lte: "1995-12"}', ["odd-a", "odd-b", "odd-c"]),
        # All of a name filter holds of one and the same name.
        ('name: {startsWith: "twin", contains: "other"}', []),
        ('name: {is: "!!!"}', ["odd-d"]),
        ('name: {is: ""}', []),
        # What is not known.
        ("not: {rating: {gt: 0}}", ["odd-d"]),
        ("runtimeMinutes: {in: []}", []),
        ("relations: {some: {to: {}, continuity: false}}", ["odd-a", "odd-b", "odd-c", "odd-d"]),
    ],
)
async def test_works(ask: Ask, where: str, slugs: list[str]) -> None:
    odd = 'externalId: {site: "odd2", id: "1"}'
    answer = await ask(f"{{ works(where: {{{odd}, {where}}}) {{ nodes {{ slug }} }} }}")
    assert sorted(node["slug"] for node in answer["works"]["nodes"]) == slugs


@pytest.mark.parametrize(
    ("order", "slugs"),
    [
        ("{rating: ASC}", ["odd-c", "odd-a", "odd-b", "odd-d"]),
        ("{rating: DESC}", ["odd-a", "odd-b", "odd-c", "odd-d"]),
        ("{runtimeMinutes: ASC}", ["odd-b", "odd-c", "odd-a", "odd-d"]),
        ("{runtimeMinutes: DESC}, {released: DESC}", ["odd-c", "odd-b", "odd-a", "odd-d"]),
    ],
)
async def test_what_has_no_value_comes_last(ask: Ask, order: str, slugs: list[str]) -> None:
    odd = 'where: {externalId: {site: "odd2", id: "1"}}'
    forwards = await ask(f"{{ works({odd}, orderBy: [{order}]) {{ nodes {{ slug }} }} }}")
    assert [node["slug"] for node in forwards["works"]["nodes"]] == slugs
    last = await ask(f"{{ works({odd}, orderBy: [{order}], last: 2) {{ nodes {{ slug }} }} }}")
    assert [node["slug"] for node in last["works"]["nodes"]] == slugs[-2:]


@pytest.mark.parametrize(
    ("where", "count"),
    [
        # An empty filter of another thing asks that there is one.
        ("character: {}", 3),
        ("character: {and: []}", 3),
        ("not: {character: {}}", 4),
        ("contributor: {}", 7),
        # A language is that language, without its region.
        ('language: "ja"', 2),
        ('character: {name: {is: "foe"}}, language: "ja-JP"', 1),
    ],
)
async def test_credits_of_two_works(ask: Ask, where: str, count: int) -> None:
    answer = await ask(
        '{ nodes(ids: ["work:odd-a", "work:odd-b"]) '
        f"{{ ... on Work {{ credits(where: {{{where}}}) {{ totalCount }} }} }} }}"
    )
    assert sum(node["credits"]["totalCount"] for node in answer["nodes"]) == count
