"""Records in, a graph out: what an import writes, and what it leaves alone."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.client import Client
from graph.errors import FilmographError
from ingest.catalog.load import load_catalog
from ingest.catalog.vocabulary import read_vocabulary
from ingest.records import (
    Citation,
    Credit,
    Dataset,
    Entity,
    EntityType,
    Image,
    MusicUse,
    Name,
    Relation,
    Tagging,
    Value,
)
from ingest.settle import Stated, settled_values
from ingest.upsert import upsert
from ingest.vocabulary import line, load_vocabulary

ANN = (Citation("ann", "https://example.org/ann"),)
WIKI = (Citation("wiki"),)


def work(id_: str, name: str, *values: Value, cited: tuple[Citation, ...] = ANN) -> Entity:
    names = (Name(name, "OFFICIAL", "en", cited),)
    return Entity(EntityType.WORK, f"work:{id_}", id_, names, cited, values)


def person(id_: str, name: str, cited: tuple[Citation, ...] = ANN) -> Entity:
    names = (Name(name, "OFFICIAL", "en", cited),)
    return Entity(EntityType.PERSON, f"person:{id_}", id_, names, cited)


AKIRA = work("akira", "Akira", Value("runtimeMinutes", 124, "ann"))
OTOMO = person("otomo", "Katsuhiro Otomo")
DIRECTED = Credit("person:otomo", "director", "work:akira", ANN, position=0)
CATALOG = Dataset("catalog", (AKIRA, OTOMO), (DIRECTED,))


@pytest.fixture
async def graph(empty_graph: Client) -> Client:
    """The vocabulary, and no facts."""
    await load_vocabulary(empty_graph, read_vocabulary())
    return empty_graph


async def value(client: Client, statement: str) -> Any:
    ((found,),) = await client.read(statement)
    return found


async def test_the_same_again_writes_nothing(graph: Client) -> None:
    assert (await upsert(graph, CATALOG)).created.total() == 5
    before = await value(graph, "MATCH (n:Work) RETURN n.updatedAt")
    again = await upsert(graph, CATALOG)
    assert not again.writes
    assert again.unchanged.total() == 5
    assert await value(graph, "MATCH (n:Work) RETURN n.updatedAt") == before


async def test_the_shipped_catalogue_again_writes_nothing(empty_graph: Client) -> None:
    assert (await load_catalog(empty_graph)).writes
    assert not (await load_catalog(empty_graph)).writes


async def test_what_an_import_no_longer_states_goes(graph: Client) -> None:
    await upsert(graph, CATALOG)
    account = await upsert(graph, replace(CATALOG, credits=()))
    assert account.removed == {"Credit": 1}
    assert await value(graph, "MATCH (c:Credit) RETURN count(c)") == 0
    assert await value(graph, "MATCH (p:Person) RETURN count(p)") == 1


async def test_what_others_state_as_well_stays(graph: Client) -> None:
    wiki = Dataset(
        "wiki/akira",
        (replace(AKIRA, cited=WIKI, values=(), names=()), replace(OTOMO, cited=WIKI, names=())),
        (replace(DIRECTED, cited=WIKI, scope="all of it", position=7),),
    )
    await upsert(graph, CATALOG)
    joined = await upsert(graph, wiki)
    assert joined.created.total() == 0
    by_whom = "MATCH (c:Credit)-[:CITES]->(s) WITH c, collect(s.id) AS by"
    credit = f"{by_whom} RETURN [c.scope, c.position, by]"
    # One who joins fills gaps, and changes nothing that was stated before.
    scope, position, sources = await value(graph, credit)
    assert (scope, position, sorted(sources)) == ("all of it", 0, ["ann", "wiki"])
    assert not (await upsert(graph, wiki)).writes
    assert not (await upsert(graph, CATALOG)).writes
    await upsert(graph, replace(CATALOG, credits=()))
    assert (await value(graph, credit))[2] == ["wiki"]


async def test_who_states_a_detail_first_may_change_it_and_others_may_not(graph: Client) -> None:
    def stated(origin: str, cited: tuple[Citation, ...], **details: Any) -> Dataset:
        return Dataset(origin, (AKIRA, OTOMO), (replace(DIRECTED, cited=cited, **details),))

    credit = "MATCH (c:Credit) RETURN [c.scope, c.position]"
    await upsert(graph, stated("catalog", ANN, position=0))
    await upsert(graph, stated("wiki/akira", WIKI, position=7, scope="all"))
    assert await value(graph, credit) == ["all", 0]
    await upsert(graph, stated("wiki/akira", WIKI, position=8, scope="part"))
    assert await value(graph, credit) == ["part", 0]
    await upsert(graph, stated("catalog", ANN, position=2, scope="most"))
    assert await value(graph, credit) == ["part", 2]
    await upsert(graph, stated("wiki/akira", WIKI, position=8))
    assert await value(graph, credit) == [None, 2]
    await upsert(graph, replace(CATALOG, credits=()))
    assert not (await upsert(graph, replace(CATALOG, credits=()))).writes
    await upsert(graph, stated("wiki/akira", WIKI, position=9))
    assert await value(graph, "MATCH (c:Credit) RETURN properties(c)") == {
        "id": await value(graph, "MATCH (c:Credit) RETURN c.id"),
        "position": 9,
    }


async def test_votes_that_changed_count_although_others_state_the_term(graph: Client) -> None:
    names = (Name("War", "OFFICIAL", "en", ANN),)
    term = Entity(EntityType.TERM, "term:war", "war", names, ANN)
    tagging = Tagging("work:akira", "term:war", ANN)
    await upsert(graph, Dataset("catalog", (AKIRA, term), taggings=(tagging,)))
    for votes in (12, 13):
        voted = Dataset("wiki/one", taggings=(replace(tagging, cited=WIKI, votes=votes),))
        await upsert(graph, voted)
        assert not (await upsert(graph, voted)).writes
        assert await value(graph, "MATCH ()-[e:HAS_TERM]->() RETURN e.votes") == votes
    other = Dataset("wiki/two", taggings=(replace(tagging, cited=WIKI, votes=1),))
    await upsert(graph, other)
    assert not (await upsert(graph, other)).writes
    assert await value(graph, "MATCH ()-[e:HAS_TERM]->() RETURN e.votes") == 13


async def test_votes_go_with_the_source_that_has_withdrawn_them(graph: Client) -> None:
    names = (Name("War", "OFFICIAL", "en", ANN),)
    term = Entity(EntityType.TERM, "term:war", "war", names, ANN)
    tagging = Tagging("work:akira", "term:war", ANN)
    catalog = Dataset("catalog", (AKIRA, term), taggings=(tagging,))
    wiki = Dataset("wiki/one", (replace(AKIRA, cited=WIKI, names=(), values=()),))
    voted = replace(wiki, taggings=(replace(tagging, cited=WIKI, votes=12),))
    for dataset in (replace(catalog, taggings=()), voted, catalog, wiki):
        await upsert(graph, dataset)
    kept = await value(graph, "MATCH ()-[e:HAS_TERM]->() RETURN properties(e)")
    assert kept == {"stated": ["catalog|ann"]}
    assert not (await upsert(graph, catalog)).writes


async def test_a_scope_that_was_withdrawn_is_not_the_word_of_who_stays(graph: Client) -> None:
    def stated(origin: str, cited: tuple[Citation, ...], **details: Any) -> Dataset:
        return Dataset(origin, (AKIRA, OTOMO), (replace(DIRECTED, cited=cited, **details),))

    wiki = stated("wiki/akira", WIKI, position=None, scope="ep 1", language="ja")
    catalog = stated("catalog", ANN, position=3, language="ja")
    for dataset in (wiki, catalog, replace(wiki, credits=())):
        await upsert(graph, dataset)
    credit = "MATCH (c:Credit) RETURN c {.scope, .position, .language, .by}"
    alone = {"scope": None, "position": 3, "language": "ja", "by": None}
    assert await value(graph, credit) == alone
    assert not (await upsert(graph, catalog)).writes
    await upsert(graph, stated("wiki/other", WIKI, position=None, language="ja"))
    joined = {**alone, "by": ["language|catalog", "position|catalog"]}
    assert await value(graph, credit) == joined


async def test_the_size_of_a_picture_goes_with_who_told_it(graph: Client) -> None:
    picture = Image("https://example.org/akira.png", "POSTER", None, None, None, ANN)
    catalog = Dataset("catalog", (replace(AKIRA, images=(picture,)),))
    sized = replace(AKIRA, images=(replace(picture, width=100, cited=WIKI),), cited=WIKI)
    for dataset in (Dataset("wiki/akira", (sized,)), catalog, Dataset("wiki/akira", (AKIRA,))):
        await upsert(graph, dataset)
    image = await value(graph, "MATCH (i:Image) RETURN properties(i)")
    assert image == {"id": image["id"], "url": picture.url, "kind": "POSTER"}
    assert not (await upsert(graph, catalog)).writes


async def test_the_size_of_a_picture_that_changed_counts(graph: Client) -> None:
    def shown(origin: str, width: int) -> Dataset:
        picture = Image("https://example.org/akira.png", "POSTER", width, None, None, ANN)
        return Dataset(origin, (replace(AKIRA, images=(picture,)),))

    for origin, width, found in (
        ("catalog", 100, 100),
        ("wiki/akira", 200, 100),
        ("catalog", 300, 300),
    ):
        await upsert(graph, shown(origin, width))
        assert await value(graph, "MATCH (i:Image) RETURN i.width") == found


async def test_the_first_source_wins_and_the_others_stay_on_their_citations(graph: Client) -> None:
    await upsert(graph, CATALOG)
    other = Value("runtimeMinutes", 125, "wiki")
    await upsert(graph, Dataset("wiki/akira", (replace(AKIRA, cited=WIKI, values=(other,)),)))
    assert await value(graph, "MATCH (w:Work) RETURN w.runtimeMinutes") == 124
    stated = "MATCH (:Work)-[c:CITES]->(s) WITH c ORDER BY s.rank RETURN collect(c.runtimeMinutes)"
    assert await value(graph, stated) == [124, 125]
    await upsert(graph, replace(CATALOG, entities=(replace(AKIRA, values=()), OTOMO)))
    assert await value(graph, "MATCH (w:Work) RETURN w.runtimeMinutes") == 125


async def test_what_others_speak_of_keeps_its_name(graph: Client) -> None:
    await upsert(graph, CATALOG)
    wiki = Dataset("wiki/akira", credits=(replace(DIRECTED, role="screenwriter", cited=WIKI),))
    await upsert(graph, wiki)
    await upsert(graph, replace(CATALOG, entities=(AKIRA,), credits=()))
    assert await value(graph, "MATCH (p:Person) RETURN p.name") == "Katsuhiro Otomo"
    more = replace(DIRECTED, role="producer", cited=WIKI)
    assert (await upsert(graph, replace(wiki, credits=(*wiki.credits, more)))).writes
    await upsert(graph, replace(wiki, credits=()))
    await upsert(graph, replace(CATALOG, entities=(AKIRA,), credits=()))
    assert await value(graph, "MATCH (p:Person) RETURN count(p)") == 0


async def test_what_others_state_a_value_of_keeps_its_name(graph: Client) -> None:
    await upsert(graph, CATALOG)
    other = replace(AKIRA, names=(), cited=WIKI, values=(Value("runtimeMinutes", 125, "wiki"),))
    await upsert(graph, Dataset("wiki/akira", (other,)))
    dropped = replace(CATALOG, entities=(OTOMO,), credits=())
    await upsert(graph, dropped)
    assert await value(graph, "MATCH (w:Work) RETURN w.name") == "Akira"
    assert not (await upsert(graph, dropped)).writes


async def test_a_statement_on_what_an_import_does_not_cite_goes_as_well(graph: Client) -> None:
    names = (Name("War", "OFFICIAL", "en", ANN),)
    term = Entity(EntityType.TERM, "term:war", "war", names, ANN)
    await upsert(graph, Dataset("catalog", (AKIRA, term)))
    wiki = Dataset("wiki/akira", taggings=(Tagging("work:akira", "term:war", WIKI),))
    await upsert(graph, wiki)
    assert await value(graph, "MATCH ()-[e:HAS_TERM]->() RETURN count(e)") == 1
    await upsert(graph, replace(wiki, taggings=()))
    assert await value(graph, "MATCH ()-[e:HAS_TERM]->() RETURN count(e)") == 0


async def test_imports_at_once_lose_nothing(graph: Client) -> None:
    origins = [f"wiki/{number}" for number in range(4)]
    await asyncio.gather(*(upsert(graph, replace(CATALOG, origin=origin)) for origin in origins))
    stated = "MATCH (:Credit)-[c:CITES]->() RETURN c.origin ORDER BY c.origin"
    assert await graph.read(stated) == [[origin] for origin in origins]
    for origin in origins:
        assert not (await upsert(graph, replace(CATALOG, origin=origin))).writes


async def test_a_relation_is_one_from_either_end(graph: Client) -> None:
    works = (work("a", "A"), work("b", "B"))
    forth = Relation("work:a", "sequel", "work:b", ANN)
    back = Relation("work:b", "prequel", "work:a", ANN)
    await upsert(graph, Dataset("catalog", works, relations=(forth, back)))
    arms = "MATCH (w)-[e:HAS_RELATION]->(r) WITH r, w, e ORDER BY w.id "
    assert await graph.read(f"{arms} RETURN count(DISTINCT r), collect(e.kind)") == [
        [1, ["sequel", "prequel"]]
    ]


async def test_a_track_may_be_used_in_several_ways(graph: Client) -> None:
    names = (Name("Song", "OFFICIAL", "en", ANN),)
    album = Entity(EntityType.SOUNDTRACK, "soundtrack:s", "s", names, ANN)
    track = Entity(EntityType.TRACK, "track:t", "t", names, ANN, parent="soundtrack:s")
    uses = tuple(MusicUse("track:t", "work:akira", use, ANN) for use in ("OPENING", "ENDING"))
    await upsert(graph, Dataset("catalog", (AKIRA, album, track), music_uses=uses))
    assert await value(graph, "MATCH (:Track)-[u:USED_IN]->() RETURN count(u)") == 2


async def test_a_taken_slug_gets_a_number_and_keeps_it(graph: Client) -> None:
    first, second = work("memories", "Memories"), work("memories", "Memories")
    second = replace(second, id="work:other")
    await upsert(graph, Dataset("catalog", (first,)))
    await upsert(graph, Dataset("wiki/memories", (second,)))
    await upsert(graph, Dataset("wiki/memories", (second,)))
    slugs = await graph.read("MATCH (w:Work) RETURN w.id, w.slug ORDER BY w.slug")
    assert slugs == [["work:memories", "memories"], ["work:other", "memories-2"]]


async def test_an_unknown_reference_is_named_and_nothing_is_written(graph: Client) -> None:
    lost = Dataset("catalog", (AKIRA,), taggings=(Tagging("work:akira", "term:nowhere", ANN),))
    with pytest.raises(FilmographError, match="Entity 'term:nowhere' \\(in HAS_TERM of 'work:aki"):
        await upsert(graph, lost)
    unknown = replace(DIRECTED, role="directer")
    with pytest.raises(FilmographError, match="Role 'directer'"):
        await upsert(graph, Dataset("catalog", (AKIRA, OTOMO), (unknown,)))
    assert await value(graph, "MATCH (w:Work) RETURN count(w)") == 0


def test_the_line_of_a_role_is_itself_and_every_role_above() -> None:
    roles = {"music": None, "composer": "music", "score-composer": "composer"}
    assert line("score-composer", roles) == ["score-composer", "composer", "music"]


@given(st.permutations([(0, "a", 1), (1, "b", 2), (2, "c", 3)]))
def test_which_value_wins_does_not_depend_on_the_order_of_reading(
    read: list[tuple[int, str, int]],
) -> None:
    stated = [Stated(rank, {"origin": origin, "x": value}) for rank, origin, value in read]
    assert settled_values(stated) == {"x": 1}


async def test_two_that_give_a_picture_other_sizes_do_not_rewrite_each_other(graph: Client) -> None:
    def shown(width: int) -> Entity:
        picture = Image("https://example.org/akira.png", "POSTER", width, None, None, ANN)
        return replace(AKIRA, images=(picture,))

    first, second = Dataset("catalog", (shown(100),)), Dataset("wiki/akira", (shown(200),))
    await upsert(graph, first)
    await upsert(graph, second)
    assert not (await upsert(graph, first)).writes
    assert not (await upsert(graph, second)).writes
    assert await value(graph, "MATCH (i:Image) RETURN i.width") == 100
