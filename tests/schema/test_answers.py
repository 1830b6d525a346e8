"""Questions of the catalogue: what is answered, and what is wrong with a question."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.client import Client
from loaders.answer import Context
from schema.schema import schema
from tests.conftest import Ask
from tests.examples import examples
from tests.questions.test_contract import QUESTIONS, variables_of


async def names(ask: Ask, where: str, field: str = "works") -> list[str]:
    """The names of all rows, page by page."""
    found: list[str] = []
    after = None
    while True:
        answer = await ask(
            f"query ($after: String) {{ {field}(where: {where}, first: 100, after: $after) "
            "{ nodes { name } pageInfo { hasNextPage endCursor } } }",
            after=after,
        )
        page = answer[field]
        found += [node["name"] for node in page["nodes"]]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]


async def test_a_name_is_found_in_any_spelling(ask: Ask) -> None:
    for spelling in ("Katsuhiro Otomo", "Ootomo Katsuhiro", "ŌTOMO  katsuhiro", "大友克洋"):
        found = await names(ask, f'{{name: {{is: "{spelling}"}}}}', "people")
        assert found == ["Katsuhiro Otomo"]


async def test_part_of_a_name(ask: Ask) -> None:
    assert await names(ask, '{name: {startsWith: "magnetic"}}', "segments") == ["Magnetic Rose"]
    assert await names(ask, '{name: {contains: "FODD"}}', "segments") == ["Cannon Fodder"]
    assert await names(ask, '{name: {in: ["stink bomb", "akira"]}}', "segments") == ["Stink Bomb"]


async def test_a_year_stands_for_all_its_days(ask: Ask) -> None:
    assert "Memories" in await names(ask, '{released: {lte: "1995"}}')
    assert "Memories" not in await names(ask, '{released: {gt: "1995"}}')
    assert await names(ask, '{released: {eq: "1995-12-23"}}') == ["Memories"]
    assert "Memories" in await names(ask, '{released: {eq: "1995-12"}}')
    assert "Memories" in await names(ask, '{released: {gte: "1995", lt: "1996"}}')


async def test_a_role_includes_those_below_it_unless_exact(ask: Ask) -> None:
    work = (
        '{ work(slug: "memories") { credits(where: {role: {is: "director"%s}}) { totalCount } } }'
    )
    assert await ask(work % "") == {"work": {"credits": {"totalCount": 1}}}
    assert await ask(work % ", exact: true") == {"work": {"credits": {"totalCount": 0}}}


async def test_not_is_the_complement_even_of_what_is_unknown(ask: Ask) -> None:
    short = await names(ask, "{runtimeMinutes: {lt: 100}}")
    others = await names(ask, "{not: {runtimeMinutes: {lt: 100}}}")
    everything = await names(ask, "{}")
    assert sorted(short + others) == sorted(everything)
    assert "Akira" in others


async def test_none_is_the_complement_of_some(ask: Ask) -> None:
    some = await names(ask, '{credits: {some: {role: {is: "director"}}}}')
    none = await names(ask, '{credits: {none: {role: {is: "director"}}}}')
    assert sorted(some + none) == sorted(await names(ask, "{}"))


async def test_empty_lists_and_nulls_in_filters(ask: Ask) -> None:
    everything = await names(ask, "{}")
    assert await names(ask, "{or: []}") == []
    assert await names(ask, "{and: []}") == everything
    assert await names(ask, "{kind: {in: []}}") == []
    assert await names(ask, "{kind: null, credits: {some: null}}") == everything


async def test_an_empty_filter_asks_for_nothing(ask: Ask) -> None:
    everything = await names(ask, "{}")
    for empty in ("{credits: {}}", "{segments: {}}", "{credits: {some: null}}", "{id: {}}"):
        assert await names(ask, empty) == everything
    assert len(await names(ask, "{credits: {some: {}}}")) < len(everything)


async def test_types_of_a_filter_hold_together(ask: Ask) -> None:
    people = "{ people(where: {credits: {some: {on: {type: %s}}}}) { totalCount } }"
    both = await ask(people % "{is: SEGMENT, in: [TRACK]}")
    assert both == {"people": {"totalCount": 0}}


async def test_an_order_counts_the_rows_own_credits(ask: Ask) -> None:
    answer = await ask(
        '{ segments(where: {work: {name: {is: "Memories"}}}, orderBy: [{credits: {count: DESC}}]) '
        "{ nodes { credits { totalCount } } } }"
    )
    counts = [node["credits"]["totalCount"] for node in answer["segments"]["nodes"]]
    assert counts == [12, 12, 11]


async def test_two_counts_in_one_order(ask: Ask) -> None:
    def some(role: str) -> str:
        return f'{{credits: {{some: {{role: {{is: "{role}"}}}}}}}}'

    def count(role: str) -> str:
        return f'{{credits: {{where: {{role: {{is: "{role}"}}}}, count: DESC}}}}'

    roles = ("director", "screenwriter", "storyboard-artist")
    where, order = ", ".join(map(some, roles)), ", ".join(map(count, roles[1:]))
    answer = await ask(
        f"{{ people(where: {{and: [{where}]}}, orderBy: [{order}]) {{ nodes {{ name }} }} }}"
    )
    assert answer["people"]["nodes"][0] == {"name": "Kenji Kamiyama"}


async def test_names_in_a_browsers_languages(ask: Ask) -> None:
    answer = await ask(
        '{ work(slug: "memories") { a: name(languages: ["ja-JP"]) b: name(languages: ["JA"]) '
        'c: name(languages: ["zh-CN", "en"]) d: name(languages: ["ja-Latn"]) } }'
    )
    names = {"a": "メモリーズ", "b": "メモリーズ", "c": "回忆三部曲", "d": "Memories"}
    assert answer == {"work": names}


async def test_the_same_thing_by_id_slug_and_external_id(ask: Ask) -> None:
    answer = await ask(
        '{ a: work(slug: "memories") { id } b: work(id: "work:bangumi-3627") { id } '
        'c: work(externalId: {site: "ann", id: "424"}) { id } d: work(slug: "nothing") { id } }'
    )
    same = {"id": "work:bangumi-3627"}
    assert answer == {"a": same, "b": same, "c": same, "d": None}


async def test_nodes_come_in_the_order_asked_for(ask: Ask) -> None:
    answer = await ask(
        '{ nodes(ids: ["director", "nothing", "work:bangumi-3627", "director"]) { __typename id } }'
    )
    role = {"__typename": "Role", "id": "director"}
    work = {"__typename": "Work", "id": "work:bangumi-3627"}
    assert answer == {"nodes": [role, None, work, role]}


async def test_the_ending_theme_is_in_dispute(ask: Ask) -> None:
    answer = await ask(
        '{ track: node(id: "track:bangumi-240297") { ... on Track { '
        "conflicts { field values { value sources { source { id } } } } } } }"
    )
    assert answer["track"]["conflicts"] == [
        {
            "field": "composer",
            "values": [
                {"value": "Takkyu Ishino", "sources": [{"source": {"id": "bangumi"}}]},
                {"value": "Yoko Kanno", "sources": [{"source": {"id": "wiki"}}]},
            ],
        }
    ]


async def test_a_relation_reads_from_both_ends(ask: Ask) -> None:
    answer = await ask(
        '{ work(slug: "roujin-z") { relations { edges { kind { id } node { name } } } } }'
    )
    edge = {"kind": {"id": "referenced-by"}, "node": {"name": "Stink Bomb"}}
    assert answer["work"]["relations"]["edges"] == [edge]


@given(page=st.integers(1, 7), descending=st.booleans(), backward=st.booleans())
@examples(10)
async def test_paging_yields_every_row_once(
    ask: Ask, page: int, descending: bool, backward: bool
) -> None:
    direction = "DESC" if descending else "ASC"
    size, cursor = ("last", "before") if backward else ("first", "after")
    more, edge = ("hasPreviousPage", 0) if backward else ("hasNextPage", -1)
    question = (
        f"query ($cursor: String) {{ works({size}: {page}, {cursor}: $cursor, "
        "where: {segments: {count: {gte: 1}}}, orderBy: "
        f"[{{runtimeMinutes: {direction}}}, {{released: {direction}}}]) "
        "{ totalCount edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage } } }"
    )
    seen: list[str] = []
    at = None
    while True:
        works = (await ask(question, cursor=at))["works"]
        rows = [row["node"]["id"] for row in works["edges"]]
        seen = rows + seen if backward else seen + rows
        assert works["pageInfo"]["hasPreviousPage" if not backward else "hasNextPage"] is bool(at)
        if not works["pageInfo"][more]:
            break
        at = works["edges"][edge]["cursor"]
    whole = (await ask(question.replace(f"{size}: {page}", f"{size}: 100"), cursor=None))["works"]
    assert seen == [row["node"]["id"] for row in whole["edges"]]
    assert len(seen) == whole["totalCount"]


@pytest.mark.parametrize(
    ("question", "problem"),
    [
        ("{ works(first: 101) { totalCount } }", "Argument 'first' of 'works' must be between"),
        ('{ works(where: {released: {eq: "soon"}}) { totalCount } }', "error 'not a date such as"),
        ("{ nodes(ids: [" + '"x" ' * 101 + "]) { id } }", "'ids' of 'nodes' must hold at most 100"),
        ("{ works(orderBy: [{name: ASC, rating: ASC}]) { totalCount } }", "exactly one"),
    ],
)
async def test_what_is_wrong_is_named(question: str, problem: str, ask: Ask) -> None:
    (message,) = await ask(question)
    assert problem in message


async def test_a_page_of_a_work_takes_one_statement(
    ask: Ask, catalogue: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    statements = []
    read = Client.read

    async def counted(
        self: Client, statement: str, parameters: Mapping[str, Any]
    ) -> list[list[Any]]:
        statements.append(statement)
        return await read(self, statement, parameters)

    monkeypatch.setattr(Client, "read", counted)
    await ask(
        '{ work(slug: "memories") { name names { text } segments { nodes { name credits { nodes '
        "{ role { name } contributor { name } } } } } credits { totalCount nodes { on { name } } } "
        "soundtracks { nodes { tracks { nodes { name credits { totalCount } } } } } } }"
    )
    assert len(statements) == 1


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda path: path.stem)
async def test_strawberrys_own_execution_gives_the_same(
    question: Path, ask: Ask, catalogue: Client
) -> None:
    """The walk over every value, which whole answers are spared, is the reference."""
    text, variables = question.read_text(), variables_of(question)
    result = await schema.execute(text, variables, Context(catalogue))
    assert result.errors is None
    assert json.dumps(result.data) == json.dumps(await ask(text, **variables))


async def test_a_gap_in_the_graph_is_an_error_where_the_schema_wants_a_value(
    ask: Ask, empty_graph: Client
) -> None:
    await empty_graph.write("CREATE (:Entity:Creation:Work {id: 'work:x', slug: 'x', name: 'X'})")
    assert await ask('{ work(slug: "x") { name deck } }') == {"work": {"name": "X", "deck": None}}
    (masked,) = await ask('{ work(slug: "x") { updatedAt } }')
    assert masked.startswith("Internal error; the log has it as")
    await empty_graph.write("MATCH (w:Work) SET w.kind = 'OPERA'")
    (unknown,) = await ask('{ work(slug: "x") { kind } }')
    assert unknown == "Enum 'WorkKind' cannot represent value: 'OPERA'"


async def test_a_plain_list_has_its_first_hundred(ask: Ask, empty_graph: Client) -> None:
    await empty_graph.write(
        "CREATE (w:Entity:Creation:Work {id: 'work:x', slug: 'x', name: 'X', kind: 'FILM'}) "
        "WITH w UNWIND range(1000, 1100) AS i "
        "CREATE (w)-[:NAMED]->(:Name {id: 'name:' + i, text: 'X' + i, kind: 'ALIAS'})"
    )
    names = (await ask('{ work(id: "work:x") { names { text } } }'))["work"]["names"]
    assert names == [{"text": f"X{i}"} for i in range(1000, 1100)]


async def test_a_name_that_sources_rank_differently_stands_once(
    ask: Ask, empty_graph: Client
) -> None:
    await empty_graph.write(
        "CREATE (w:Entity:Creation:Work {id: 'work:x', slug: 'x', name: 'X', kind: 'FILM'}) "
        "WITH w UNWIND [['ALIAS', 'ja'], ['OFFICIAL', 'ja'], ['ALIAS', 'en']] AS name "
        "CREATE (w)-[:NAMED {rank: 0}]->(:Name {id: 'name:' + name[0] + name[1], text: 'X', "
        "kind: name[0], language: name[1]})"
    )
    names = (await ask('{ work(id: "work:x") { names { text kind language } } }'))["work"]["names"]
    assert names == [
        {"text": "X", "kind": "OFFICIAL", "language": "ja"},
        {"text": "X", "kind": "ALIAS", "language": "en"},
    ]


async def test_a_vocabulary_is_given_whole(ask: Ask) -> None:
    assert len((await ask("{ roles { id } }"))["roles"]) > 200
