"""Franchises: their works in the order of release and of the story."""

from typing import Any

from tests.conftest import Ask


async def entries(ask: Ask, slug: str, arguments: str = "") -> list[dict[str, Any]]:
    answer = await ask(
        f'{{ franchise(slug: "{slug}") {{ entries(first: 100{arguments}) '
        "{ totalCount edges { cursor position node { name released } } } } }"
    )
    found = answer["franchise"]["entries"]
    assert found["totalCount"] == len(found["edges"])
    return list(found["edges"])


async def test_a_franchise_is_found_by_its_name(ask: Ask) -> None:
    answer = await ask('{ franchises(where: {name: {is: "攻殻機動隊"}}) { nodes { slug } } }')
    assert answer == {"franchises": {"nodes": [{"slug": "ghost-in-the-shell"}]}}


async def test_release_order_is_the_default(ask: Ask) -> None:
    found = await entries(ask, "ghost-in-the-shell")
    assert found == await entries(ask, "ghost-in-the-shell", ", order: RELEASE")
    dates = [edge["node"]["released"] for edge in found]
    assert dates == sorted(dates)
    assert [edge["position"] for edge in found] == list(range(1, len(found) + 1))


async def test_story_order_has_positions_of_its_own(ask: Ask) -> None:
    found = await entries(ask, "ghost-in-the-shell", ", order: STORY")
    assert [edge["position"] for edge in found] == list(range(1, len(found) + 1))


async def test_a_filter_leaves_the_places_in_the_whole_line(ask: Ask) -> None:
    *_, last = await entries(ask, "ghost-in-the-shell")
    where = f', where: {{name: {{is: "{last["node"]["name"]}"}}}}'
    assert await entries(ask, "ghost-in-the-shell", where) == [last]


async def test_a_cursor_of_one_order_is_none_of_the_other(ask: Ask) -> None:
    first, *_ = await entries(ask, "ghost-in-the-shell", ", order: STORY")
    question = (
        '{ franchise(slug: "ghost-in-the-shell") { entries(order: RELEASE, after: "%s") '
        "{ totalCount } } }"
    )
    assert await ask(question % first["cursor"]) == [
        "Argument 'after' of 'entries' is a cursor of another list or order."
    ]
