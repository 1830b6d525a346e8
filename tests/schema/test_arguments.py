"""Arguments at their edges: the right answer, or an error that names the argument."""

from typing import Any

import pytest

from tests.conftest import Ask

WORK = 'work(slug: "memories")'


@pytest.mark.parametrize(
    ("question", "message"),
    [
        (
            "works(first: -1) { nodes { id } }",
            "'first' of 'works' must be between 0 and 100, not -1.",
        ),
        (
            "works(first: 101) { totalCount }",
            "'first' of 'works' must be between 0 and 100, not 101.",
        ),
        (
            "works(last: -1) { nodes { id } }",
            "'last' of 'works' must be between 0 and 100, not -1.",
        ),
        (
            "works(last: 101) { nodes { id } }",
            "'last' of 'works' must be between 0 and 100, not 101.",
        ),
        (
            "works(first: 1, last: 1) { nodes { id } }",
            "'last' of 'works' cannot be given together with 'first'.",
        ),
        (
            f"{WORK} {{ credits(first: 101) {{ nodes {{ id }} }} }}",
            "'first' of 'credits' must be between 0 and 100, not 101.",
        ),
        (
            f"{WORK} {{ characters {{ edges {{ voices(first: 101) {{ id }} }} }} }}",
            "'first' of 'voices' must be between 0 and 100, not 101.",
        ),
        (
            "works { facets(by: [KIND], first: 101) { by values { value } } }",
            "'first' of 'facets' must be between 0 and 100, not 101.",
        ),
        ('works(after: "") { nodes { id } }', "'after' of 'works' is not a cursor."),
        ('works(before: "%%") { nodes { id } }', "'before' of 'works' is not a cursor."),
        ('works(after: "W10") { nodes { id } }', "'after' of 'works' is not a cursor."),
        (
            "nodes(ids: [" + '"x" ' * 101 + "]) { id }",
            "'ids' of 'nodes' must hold at most 100 items, not 101.",
        ),
        (
            "recommendations(likes: []) { edges { score } }",
            "'likes' of 'recommendations' must hold 1 to 100 ids, not 0.",
        ),
    ],
)  # fmt: skip
async def test_what_is_wrong_is_named(question: str, message: str, ask: Ask) -> None:
    assert await ask(f"{{ {question} }}") == [f"Argument {message}"]


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("work { id }", "'work' takes exactly one of id, slug or externalId, not none."),
        ("work(id: null) { id }", "'work' takes exactly one of id, slug or externalId, not none."),
        (
            'work(id: "a", slug: "b") { id }',
            "'work' takes exactly one of id, slug or externalId, not id and slug.",
        ),
    ],
)
async def test_a_thing_is_looked_up_in_one_way(question: str, message: str, ask: Ask) -> None:
    assert await ask(f"{{ {question} }}") == [message]


@pytest.mark.parametrize("first", [-1, 101, 2**31 - 1])
async def test_a_variable_is_checked_like_what_is_written(first: int, ask: Ask) -> None:
    question = "query ($n: Int) { works(first: $n) { totalCount } }"
    problem = f"Argument 'first' of 'works' must be between 0 and 100, not {first}."
    assert await ask(question, n=first) == [problem]


async def test_cursors_of_another_list_or_order(ask: Ask) -> None:
    cursor = (await ask("{ works(first: 1) { pageInfo { endCursor } } }"))["works"]["pageInfo"]
    question = "query ($at: String) {{ {} {{ totalCount nodes {{ id }} }} }}"
    for field, asked in {
        "people": "people(after: $at)",
        "segments": "segments(last: 1, before: $at)",
        "works": "works(after: $at, orderBy: [{released: ASC}])",
    }.items():
        (message,) = await ask(question.format(asked), at=cursor["endCursor"])
        argument = "before" if field == "segments" else "after"
        problem = f"Argument '{argument}' of '{field}' is a cursor of another list or order."
        assert message == problem


async def test_no_rows_are_asked_for(ask: Ask) -> None:
    page = "nodes { id } edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor }"
    nothing: dict[str, Any] = {"nodes": [], "edges": []}
    more = {"hasNextPage": True, "hasPreviousPage": False, "endCursor": None}
    assert await ask(f"{{ works(first: 0) {{ {page} }} }}") == {
        "works": {**nothing, "pageInfo": more}
    }
    before = {"hasNextPage": False, "hasPreviousPage": True, "endCursor": None}
    assert await ask(f"{{ works(last: 0) {{ {page} }} }}") == {
        "works": {**nothing, "pageInfo": before}
    }


async def test_a_page_of_a_hundred_and_the_last_ones_before_a_row(ask: Ask) -> None:
    question = "{ segments(%s, orderBy: [{position: ASC}]) { edges { cursor node { name } } } }"
    of_memories = 'where: {work: {name: {is: "Memories"}}}'
    edges = (await ask(question % f"first: 100, {of_memories}"))["segments"]["edges"]
    assert [each["node"]["name"] for each in edges] == [
        "Magnetic Rose", "Stink Bomb", "Cannon Fodder"
    ]  # fmt: skip
    cursor = edges[2]["cursor"]
    answer = await ask(question % f'last: 1, before: "{cursor}", {of_memories}')
    assert [each["node"]["name"] for each in answer["segments"]["edges"]] == ["Stink Bomb"]


@pytest.mark.parametrize(
    "where",
    [
        "{kind: {is: FILM, not: FILM}}",
        "{and: [{kind: {is: FILM}}, {kind: {is: OVA}}]}",
        "{kind: {is: FILM}, not: {kind: {is: FILM}}}",
        "{runtimeMinutes: {gt: 100, lt: 100}}",
        '{released: {gt: "1995", lt: "1995"}}',
        "{credits: {some: {}, none: {}}}",
        "{segments: {single: {}, count: {gt: 1}}}",
        '{credits: {some: {role: {is: "no-such-role"}}}}',
        '{id: {in: []}}',
        '{name: {is: "Memories", startsWith: "Akira"}}',
    ],
)  # fmt: skip
async def test_what_contradicts_itself_finds_nothing(where: str, ask: Ask) -> None:
    answer = await ask(f"{{ works(where: {where}) {{ totalCount nodes {{ id }} }} }}")
    assert answer == {"works": {"totalCount": 0, "nodes": []}}


async def test_what_is_unknown_is_null(ask: Ask) -> None:
    answer: dict[str, Any] = await ask(
        '{ node(id: "") { id } work(id: "person:bangumi-2057") { id } person(slug: "memories") '
        '{ id } character(externalId: {site: "x", id: "1"}) { id } role(id: "x") { id } '
        'nodes(ids: ["x", "y"]) { id } none: nodes(ids: []) { id } }'
    )
    assert answer == {
        "node": None, "work": None, "person": None, "character": None, "role": None,
        "nodes": [None, None], "none": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({"n": 2**31}, "Variable '$n' has invalid value: Int cannot represent non 32-bit signed"),
        ({"n": "one"}, "Variable '$n' has invalid value: Int cannot represent non-integer value"),
        ({"w": {"kind": {"is": "OPERA"}}}, "Variable '$w' has invalid value at .kind.is: Value 'O"),
        ({"w": {"year": 1995}}, "Variable '$w' has invalid value: "),
        ({"w": {"released": {"eq": "soon"}}}, "Variable '$w' has invalid value at .released.eq: E"),
    ],
)  # fmt: skip
async def test_a_value_of_another_type(variables: dict[str, Any], message: str, ask: Ask) -> None:
    question = "query ($n: Int, $w: WorkFilter) { works(first: $n, where: $w) { totalCount } }"
    (found,) = await ask(question, **variables)
    assert found.startswith(message), found
