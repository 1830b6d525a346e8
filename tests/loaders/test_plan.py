"""Translation without a database: a question, the statement that answers it, its parameters."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from graph.errors import FilmographError
from schema.plans import explain

QUESTIONS: dict[str, tuple[str, dict[str, Any]]] = {
    "one thing by its slug": ('{ work(slug: "memories") { name deck } }', {}),
    "names in the languages asked for": (
        '{ work(slug: "x") { name(languages: ["en", "ja"]) '
        'other: name(languages: ["fr", "ja"]) } }',
        {},
    ),
    "a relation to one thing": ('{ segment(id: "x") { work { name } } }', {}),
    "a thing of any type": (
        '{ node(id: "x") { __typename id ... on Work { deck } ... on Entity { name } } }',
        {},
    ),
    "a page, its size and its cursors": (
        "{ works(first: 2) { totalCount edges { cursor node { name } } "
        "pageInfo { hasNextPage hasPreviousPage endCursor } } }",
        {},
    ),
    "the page before a cursor": (
        "query ($before: String) { works(last: 2, before: $before, orderBy: [{released: DESC}]) "
        "{ nodes { name } pageInfo { hasPreviousPage hasNextPage } } }",
        {"before": "WyI0ODMyYTNhMSIsIjE5ODciLCJ3b3JrOngiXQ"},
    ),
    "a count without rows": ("{ works(first: 0) { totalCount } }", {}),
    "some becomes a match": (
        '{ works(where: {credits: {some: {role: {is: "director"}, contributor: {name: {is: "Otomo '
        'Katsuhiro"}}}}}) { nodes { name } } }',
        {},
    ),
    "a second some beside another within a some, and a second name, become conditions": (
        '{ people(where: {credits: {some: {on: {and: [{credits: {some: {language: "ja"}}}, '
        '{credits: {some: {language: "en"}}}, {name: {contains: "a"}}, {name: {contains: "b"}}]}}}}'
        ") { nodes { name } } }",
        {},
    ),
    "none, all, single, count and not become conditions": (
        '{ works(where: {credits: {none: {role: {is: "composer", exact: true}}}, '
        "segments: {single: {position: {lt: 2}}, all: {runtimeMinutes: {gte: 20}}, "
        "count: {gt: 1}}, "
        'not: {released: {lte: "1995"}}, or: [{kind: {is: FILM}}, {kind: {in: [OVA]}}]}) '
        "{ totalCount } }",
        {},
    ),
    "an order by what a filter has just counted": (
        '{ people(where: {credits: {some: {role: {is: "director"}}}}, '
        'orderBy: [{credits: {where: {role: {is: "director"}}, count: DESC}}]) '
        "{ nodes { name } } }",
        {},
    ),
    "an order by another count": (
        '{ people(orderBy: [{credits: {where: {role: {is: "director"}}, count: DESC}}]) '
        "{ nodes { name } } }",
        {},
    ),
    "what two names lead to is crossed": (
        '{ people(where: {and: [{credits: {some: {on: {name: {is: "Akira"}}}}}, '
        '{credits: {some: {on: {name: {is: "Memories"}}}}}]}) { totalCount nodes { name } } }',
        {},
    ),
    "branches of or are found one by one": (
        '{ works(where: {or: [{id: {is: "work:x"}}, '
        '{terms: {some: {name: {is: "x"}, kind: GENRE}}}]}) { nodes { name } } }',
        {},
    ),
    "a single one is counted as it is found": (
        '{ works(where: {credits: {single: {role: {is: "director"}}}}) { totalCount } }',
        {},
    ),
    "what most things satisfy is tested page by page": (
        '{ segments(where: {credits: {none: {role: {is: "director"}}}}, '
        "orderBy: [{work: {name: ASC}}], first: 5) { totalCount nodes { name } } }",
        {},
    ),
    "a filter of rows that are there": (
        '{ person(id: "x") { credits(where: {role: {is: "composer"}, on: {credits: {some: '
        '{role: {is: "director"}, contributor: {name: {is: "y"}}}}}}) { totalCount } } }',
        {},
    ),
    "facets of a list": (
        "{ works(where: {kind: {is: FILM}}, first: 0) "
        "{ facets(by: [DECADE, GENRE], first: 5) { by values { value name count } } } }",
        {},
    ),
    "one row for each target, with a count of the ways to it": (
        '{ person(slug: "x") { collaborators(role: {is: "composer"}, first: 5) { totalCount '
        "edges { count node { name } together(first: 2) { on { name } theirRoles { id } } } } } }",
        {},
    ),
    "an order by a field of a related thing": (
        "{ segments(orderBy: [{work: {released: ASC}}, {position: DESC}]) { nodes { name } } }",
        {},
    ),
    "credits of the parts counted in": (
        '{ work(id: "x") { credits(rollUp: true, where: {role: {is: "director"}}) '
        "{ totalCount } } }",
        {},
    ),
    "relations of a kind": (
        '{ work(id: "x") { relations(where: {kind: {in: ["sequel"]}, continuity: true, '
        "to: {kind: {is: FILM}}}) { edges { note kind { name } node { name } } } } }",
        {},
    ),
    "a search": (
        '{ search(query: "Otomo", types: [PERSON], minScore: 0.4) { totalCount '
        "edges { score matched node { name } } } }",
        {},
    ),
    "the shortest ways": (
        '{ paths(from: "a", to: "b") { length steps { text to { name } credit { id } } } }',
        {},
    ),
    "what is similar, by weights": (
        'query ($era: Float) { segment(id: "x") { name '
        'similar(first: 2, weights: {staff: 2, era: $era}, exclude: ["y"]) '
        "{ edges { score node { name } reasons { kind weight text via { name } } } } } }",
        {"era": 0},
    ),
    "what ties franchises, counted": (
        '{ franchise(id: "x") { name related(first: 0) { totalCount } } }',
        {},
    ),
    "what is not safe for work, left out and asked for": (
        "{ works(includeNsfw: true, where: {nsfw: true}) { nodes { nsfw } } "
        'search(query: "x", includeNsfw: true) { totalCount } term(slug: "x") '
        "{ works { totalCount } } }",
        {},
    ),
    "what every source says": (
        '{ work(id: "x") { descriptions { text language source { name } } } }',
        {},
    ),
    "the records of imports": (
        "{ imports(first: 1) { nodes { number file tables { name: table read } } } }",
        {},
    ),
    "fragments, aliases and directives": (
        'query ($page: Boolean!) { work(slug: "x") { ...Names extra: deck @include(if: $page) '
        "kind @skip(if: $page) } } fragment Names on Entity { slug names { text } }",
        {"page": True},
    ),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_plan(name: str, snapshot: SnapshotAssertion) -> None:
    question, variables = QUESTIONS[name]
    plans = [
        f"{key}:\n{statement}\nparameters: {parameters}"
        for key, statement, parameters in explain(question, variables)
    ]
    assert "\n\n".join([question, f"variables: {variables}", *plans]) == snapshot


def test_the_text_of_a_statement_does_not_depend_on_values() -> None:
    question = (
        "query ($name: String!, $after: String, $first: Int, $kinds: [WorkKind!]) { "
        "works(first: $first, after: $after, where: {name: {is: $name}, kind: {in: $kinds}}) "
        "{ nodes { name } } }"
    )
    cursor = "WyI5YzI3ZWU3NSIsIjE5ODciLCJ4Il0"

    def statement(**variables: Any) -> str:
        ((_, statement, _),) = explain(question, variables)
        return statement

    with pytest.raises(FilmographError, match="'after' of 'works' is a cursor of another list"):
        statement(name="a", after=cursor)
    assert statement(name="a", first=1) == statement(name="b'\"`}", first=99)


@pytest.mark.parametrize(
    ("question", "problem"),
    [
        ("{ works(first: -1) { nodes { id } } }", "'first' of 'works' must be between 0 and 100"),
        ("{ works(last: 101) { nodes { id } } }", "'last' of 'works' must be between 0 and 100"),
        (
            "{ works(first: 1, last: 1) { nodes { id } } }",
            "'last' of 'works' cannot be given toget",
        ),
        ('{ works(after: "?") { nodes { id } } }', "'after' of 'works' is not a cursor"),
        ('{ works(after: "e30") { nodes { id } } }', "'after' of 'works' is not a cursor"),
        ("{ work { id } }", "'work' takes exactly one of id, slug or externalId, not none"),
        (
            '{ segment(id: "a", slug: "b") { id } }',
            "'segment' takes exactly one of id or slug, not",
        ),
    ],
)
def test_wrong_arguments_are_named(question: str, problem: str) -> None:
    with pytest.raises(FilmographError, match=problem.replace("?", r"\?")):
        list(explain(question, {}))


def test_a_statement_does_not_grow_without_bound() -> None:
    question = f"{{ works(where: {{or: [{'{nsfw: true} ' * 1600}]}}) {{ totalCount }} }}"
    with pytest.raises(FilmographError, match=r"'works' becomes .* characters; 65536 is the limit"):
        list(explain(question, {}))


def test_types_are_not_multiplied_without_bound() -> None:
    """The same in other words for each of four types, three deep, is sixty-four times as much."""
    kinds = {"Work": "deck", "Segment": "position", "Track": "disc", "Soundtrack": "released"}
    differing = " ".join(f"... on {name} {{ {field} }}" for name, field in kinds.items())
    many = " ".join(f"id{n}: id" for n in range(20))
    below = " ".join(
        f"fragment F{n} on Creation {{ {many} {differing} credits {{ nodes {{ on {{ "
        f"{f'...F{n - 1}' if n else 'id'} }} }} }} }}"
        for n in range(4)
    )
    question = f'{{ work(id: "x") {{ credits {{ nodes {{ on {{ ...F3 }} }} }} }} }} {below}'
    with pytest.raises(FilmographError, match="more than 1000 fields with every type written out"):
        list(explain(question, {}))
