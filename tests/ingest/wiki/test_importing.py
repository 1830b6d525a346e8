"""Wiki pages into a graph that knows something already: what is found, what new, what unclear."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from graph.client import Client
from graph.errors import FilmographError, SourceError
from ingest.catalog.load import load_catalog
from ingest.catalog.vocabulary import read_vocabulary
from ingest.records import (
    Appearance,
    Citation,
    Credit,
    Dataset,
    Entity,
    EntityType,
    FranchiseEntry,
    Name,
    Release,
    Scoring,
    Value,
)
from ingest.upsert import upsert
from ingest.vocabulary import load_vocabulary
from ingest.wiki.importing import ImportedPage, import_pages
from ingest.wiki.known import Candidate, Known
from ingest.wiki.match import choose_work, resolve_page
from ingest.wiki.page import read_page
from ingest.wiki.text import Note
from server.app import create_app
from tests.conftest import wipe

PAGES = Path(__file__).parent / "pages"
ROOT = Path(__file__).parents[3]
REAL = ROOT.parent / "shared" / "data" / "memories-wiki-page.txt"
BY = (Citation("bangumi"),)
LANGUAGES = {"~": "ja-Latn", "=": "ja"}


def entity(id_: str, *names: str, parent: str | None = None, **values: str | float) -> Entity:
    """An entity by its id ("work:a"). Names are English, "~" marks romanised, "=" Japanese ones."""
    stated = tuple(
        Name(name.lstrip("~="), "OFFICIAL", LANGUAGES.get(name[0], "en"), BY) for name in names
    )
    known = tuple(Value(field, value, "bangumi") for field, value in values.items())
    type_ = EntityType(id_.split(":")[0].capitalize())
    slug = id_.split(":")[1]
    return Entity(type_, id_, slug, stated, BY, known, parent=parent)


KNOWN = Dataset(
    origin="known",
    entities=(
        entity(
            "work:tides",
            "Lantern Tides",
            "=灯台の潮",
            kind="FILM",
            released="1991-03-21",
            runtimeMinutes=110,
        ),
        entity("work:tides-series", "Lantern Tides", kind="SERIES", released="2005"),
        entity(
            "segment:salt", "Salt Letters", "~Shio no Tegami", parent="work:tides", position=1.0
        ),
        entity("segment:storm", "Storm Sisters", parent="work:tides", position=2.0),
        entity("segment:hull", "Last Hull", parent="work:tides", position=3.0),
        entity("soundtrack:tides", "Lantern Tides: The Music"),
        entity("track:low-water", "Low Water", parent="soundtrack:tides", position=1),
        entity("work:harbor", "Glass Harbor", kind="FILM", released="1975"),
        entity("work:moons-1979", "Paper Moons", kind="FILM", released="1979"),
        entity("work:moons-1999", "Paper Moons", kind="FILM", released="1999"),
        entity("work:signal", "Deepsignal", kind="FILM", released="1984"),
        entity("work:umbra", "Umbra", kind="FILM", released="1960"),
        entity("work:kite", "Kite", kind="FILM", released="1988"),
        entity("work:kite-other", "Kite", kind="FILM", released="1998"),
        entity("work:bay", "Iron Bay", kind="FILM", released="1960"),
        entity("work:earth", "Earth", kind="FILM", released="1930"),
        entity("work:tokyo", "Tokyo", kind="SERIES", released="1992"),
        entity("work:letters", "Letters", kind="FILM", released="1980"),
        entity("person:mikage", "=御影春夫", "~Mikage Haruo", born="1951-05-03"),
        entity("person:onishi", "=大西亮", "~Oonishi Ryou"),
        entity("person:signal-tanaka", "Jun Tanaka"),
        entity("person:tanaka-1", "Aya Tanaka", born="1950"),
        entity("person:tanaka-2", "Aya Tanaka", born="1970"),
        entity("person:mori", "Naoko Mori"),
        entity("person:mori-other", "Naoko Mori"),
        entity("person:vega", "Toru de la Vega"),
        entity("person:vega-other", "Toru de la Vega"),
        entity("person:arimura", "Ken Arimura"),
        entity("organization:kelp", "Studio Kelp"),
        entity("character:jonas", "Jonas Vale", "=ジョナス"),
        entity("term:sf", "Science Fiction", kind="GENRE"),
        entity("franchise:lamps", "Lamps"),
    ),
    credits=(
        Credit("person:mikage", "director", "segment:storm", BY),
        Credit("person:mikage", "director", "segment:hull", BY),
        Credit("person:onishi", "score-composer", "segment:salt", BY),
        Credit("person:mori", "animation-director", "segment:hull", BY),
        Credit("person:mikage", "director", "work:kite", BY),
        Credit("person:vega", "key-animator", "work:kite", BY),
        Credit("person:signal-tanaka", "director", "work:signal", BY),
        Credit(
            "person:arimura",
            "voice-actor",
            "segment:salt",
            BY,
            character="character:jonas",
            language="ja",
        ),
    ),
    appearances=(Appearance("character:jonas", "segment:salt", BY),),
    franchise_entries=tuple(
        FranchiseEntry("franchise:lamps", work, BY) for work in ("work:tides", "work:kite")
    ),
    releases=(Release("work:tides", BY, region="JP", date="1991-03-21", medium="theatre"),),
    scorings=(Scoring("work:tides", "soundtrack:tides", BY),),
)


@pytest.fixture
async def vocabulary(empty_graph: Client) -> Client:
    """A graph that knows the sources, roles and kinds of relation, and nothing else."""
    await load_vocabulary(empty_graph, read_vocabulary())
    return empty_graph


@pytest.fixture
async def known(vocabulary: Client) -> Client:
    """A graph that knows KNOWN."""
    await upsert(vocabulary, KNOWN)
    return vocabulary


@pytest.fixture
async def tides(client: Client, holding: list[str]) -> Client:
    """A graph that knows KNOWN and has had the full page imported; tests only read it."""
    if holding != ["tides"]:
        await wipe(client)
        await load_vocabulary(client, read_vocabulary())
        await upsert(client, KNOWN)
        await imported(client, "full")
        holding[:] = ["tides"]
    return client


async def imported(client: Client, *names: str, work: str | None = None) -> list[ImportedPage]:
    paths = [PAGES / f"{name}.txt" for name in names]
    return [page async for page in import_pages(client, paths, work)]


async def column(client: Client, statement: str, **parameters: object) -> list[Any]:
    return [row[0] for row in await client.read(f"CYPHER 5 {statement}", parameters)]


async def credits(client: Client, on: str) -> list[tuple[str, str]]:
    """Who has which role on a creation by the wiki's word."""
    rows = await client.read(
        "MATCH (p)-[:HAS_CREDIT]->(c)-[:ON]->({id: $on}) MATCH (c)-[:IN_ROLE]->(r) "
        "WHERE EXISTS { (c)-[:CITES]->(:Source {id: 'wiki'}) } "
        "RETURN r.id, p.id ORDER BY r.id, p.id",
        {"on": on},
    )
    return [(role, person) for role, person in rows]


async def size(client: Client) -> list[int]:
    return await column(client, "MATCH (n) OPTIONAL MATCH (n)-[e]->() RETURN count(n) + count(e)")


async def test_importing_a_page_again_states_the_same_and_writes_nothing(known: Client) -> None:
    page = read_page(PAGES / "full.txt")
    before = await resolve_page(page, known)
    [first] = await imported(known, "full")
    assert first.account.writes
    after = await resolve_page(page, known)
    assert after == before == first.resolution
    [second] = await imported(known, "full")
    assert not second.account.writes


async def test_credits_find_their_people_and_their_place(tides: Client) -> None:
    # Mikage is known to have directed two segments; he writes the film, which is new.
    assert await credits(tides, "work:tides") == [
        ("animation-studio", "organization:kelp"),
        ("key-animator", "person:vega"),
        ("screenwriter", "person:mikage"),
        ("voice-actor", "person:emi-hoshino"),
        ("voice-actor", "person:goro-kitamura"),
    ]
    assert await credits(tides, "segment:salt") == [
        ("character-designer", "person:aya-tanaka-lantern-tides-1990"),
        ("score-composer", "person:onishi"),
        ("voice-actor", "person:arimura"),
        ("voice-actor", "person:paul-reed"),
    ]
    assert await credits(tides, "segment:storm") == [
        ("character-designer", "person:aya-tanaka-lantern-tides-1990"),
        ("director", "person:mikage"),
        ("voice-actor", "person:yuu-sakaki"),
    ]
    assert await credits(tides, "segment:hull") == [
        ("animation-director", "person:mori"),
        ("director", "person:mikage"),
    ]
    assert await credits(tides, "track:low-water") == [("composer", "person:onishi")]


async def test_a_credit_that_is_known_gets_a_citation_and_no_double(tides: Client) -> None:
    rows = await tides.read(
        "MATCH (:Person {id: 'person:onishi'})-[:HAS_CREDIT]->(c)-[:ON]->({id: 'segment:salt'}) "
        "RETURN c.scope, c.creditedAs, "
        "COLLECT { MATCH (c)-[:CITES]->(s) RETURN s.id ORDER BY s.id }"
    )
    scope = 'Did the Soundtrack to the Salt Letters Segment and the ending theme "Low Water".'
    assert rows == [[scope, None, ["bangumi", "wiki"]]]


async def test_a_name_becomes_one_of_the_person_it_means(tides: Client) -> None:
    names = (
        "MATCH (:Entity {id: $id})-[:NAMED]->(n) RETURN n.text + ' ' + n.language ORDER BY n.text"
    )
    assert await column(tides, names, id="person:mikage") == [
        "Haruo Mikage en",
        "Mikage Haruo ja-Latn",
        "御影春夫 ja",
    ]
    told = "MATCH (p:Person {id: 'person:mikage'}) RETURN p.name, p.description, p.born"
    assert await tides.read(told) == [
        [
            "Haruo Mikage",
            "Haruo Mikage was born May 3, 1951 in Kobe. A director best known for Kite.",
            "1951-05-03",
        ]
    ]


async def test_two_of_one_name_are_not_merged_but_reported(tides: Client) -> None:
    page = await resolve_page(read_page(PAGES / "full.txt"), tides)
    reported = (
        "'Aya Tanaka' may be tanaka-1 (person:tanaka-1, 1950) or "
        "tanaka-2 (person:tanaka-2, 1970): created as somebody new"
    )
    assert Note(26, reported) in page.notes
    told = "MATCH (p:Person {name: 'Aya Tanaka'}) RETURN p.id ORDER BY p.id"
    assert await column(tides, told) == [
        "person:aya-tanaka-lantern-tides-1990",
        "person:tanaka-1",
        "person:tanaka-2",
    ]


async def test_of_two_of_one_name_the_one_credited_on_the_work_or_its_franchise_is_meant(
    tides: Client,
) -> None:
    page = await resolve_page(read_page(PAGES / "full.txt"), tides)
    assert not [note for note in page.notes if "Mori" in note.text or "Vega" in note.text]
    assert ("animation-director", "person:mori") in await credits(tides, "segment:hull")
    assert ("key-animator", "person:vega") in await credits(tides, "work:tides")


async def test_somebody_born_on_another_day_is_somebody_else(vocabulary: Client) -> None:
    other = entity("person:mikage", "Haruo Mikage", born="1960-01-01")
    await upsert(vocabulary, Dataset("known", (other,)))
    [page] = await imported(vocabulary, "full")
    assert any("'Haruo Mikage' may be mikage" in each for each in page.warnings)
    assert ("director", "person:haruo-mikage-lantern-tides-1990") in await credits(
        vocabulary, "work:lantern-tides"
    )


async def test_characters_appear_where_the_graph_or_the_prose_has_them(tides: Client) -> None:
    rows = await tides.read(
        "MATCH (c:Character)-[e:APPEARS_IN]->(on) "
        "WHERE any(tag IN e.stated WHERE tag ENDS WITH '|wiki') RETURN c.id, on.id ORDER BY c.id"
    )
    assert {id_: on for id_, on in rows} == {
        "character:jonas": "segment:salt",
        "character:lantern-tides-1990-mina": "segment:storm",
        "character:lantern-tides-1990-rei": "work:tides",
        "character:lantern-tides-1990-captain-orr": "work:tides",
        "character:lantern-tides-1990-the-fleet": "work:tides",
    }


async def test_works_named_in_the_text_are_references_of_the_part_that_names_them(
    tides: Client,
) -> None:
    page = await resolve_page(read_page(PAGES / "full.txt"), tides)
    rows = await tides.read(
        "MATCH (a)-[:HAS_RELATION {kind: 'references'}]->(r)<-[:HAS_RELATION]-(b) "
        "RETURN a.id, b.id, r.note ORDER BY a.id, b.id"
    )
    first = "Lantern Tides is an anthology in the spirit of Glass Harbor and Paper Moons (1979)"
    echoes = 'Echoes of Tanaka\'s Deep Signal run through it, and of "Umbra".'
    kite = "The second part, Storm Sisters, was the first film that Mikage made after Kite."
    assert [[a, b, note.split(", drawn")[0]] for a, b, note in rows] == [
        ["segment:salt", "work:signal", echoes],
        ["segment:salt", "work:umbra", echoes],
        ["segment:storm", "work:bay", "Mina sails for Iron Bay, where Captain Orr waits."],
        ["segment:storm", "work:kite", kite],
        ["work:tides", "work:harbor", first],
        ["work:tides", "work:moons-1979", first],
    ]
    assert [note for note in page.notes if "reference" in note.text] == [
        Note(5, "'Earth' may be earth (1930): not taken for a reference"),
        Note(5, "'Tokyo' may be tokyo (1992): not taken for a reference"),
    ]


async def test_what_sources_differ_on_stays_with_both(tides: Client) -> None:
    rows = await tides.read(
        "MATCH (w:Work {id: 'work:tides'})-[c:CITES]->(s) "
        "RETURN s.id, c.runtimeMinutes, c.released, w.runtimeMinutes ORDER BY s.id"
    )
    assert rows == [["bangumi", 110, "1991-03-21", 110], ["wiki", 112, "1990-05", 110]]


async def test_a_release_of_the_same_day_is_the_same_release(tides: Client) -> None:
    rows = await tides.read(
        "MATCH (:Work {id: 'work:tides'})-[:HAS_RELEASE]->(r) "
        "RETURN r.date, r.region, r.medium, r.name, r.rating ORDER BY r.date"
    )
    assert rows == [
        ["1990-05", None, None, "Lantern Tides: Festival Cut", None],
        ["1991-03-21", "JP", "theatre", "灯台の潮", None],
        ["1992-09-09", "US", None, "Lantern Tides", "PG-13"],
    ]


async def test_terms_lists_franchise_and_similar_works(tides: Client) -> None:
    terms = (
        "MATCH (:Work {id: 'work:tides'})-[:HAS_TERM]->(t) RETURN t.id + ' ' + t.kind ORDER BY t.id"
    )
    assert await column(tides, terms) == [
        "term:drama GENRE",
        "term:lamp-oil TAG",
        "term:lighthouse THEME",
        "term:sf GENRE",
        "term:the-sea THEME",
    ]
    lists = (
        "MATCH (l:List)-[:LISTS]->(:Work {id: 'work:tides'}) RETURN l.name, l.owner, l.itemCount"
    )
    assert await tides.read(f"{lists} ORDER BY l.itemCount") == [
        ["quiet ones", "静", 1],
        ["Films by the sea, and a list of lists", "brine", 1204],
    ]
    franchise = "MATCH (f:Franchise)-[:HAS_ENTRY]->(:Work {id: 'work:tides'}) RETURN f.name"
    assert await column(tides, f"{franchise} ORDER BY f.name") == ["Lamps", "Lantern"]
    similar = (
        "MATCH (:Work {id: 'work:tides'})-[:HAS_RELATION {kind: 'other'}]->()<--(w) RETURN w.id"
    )
    assert await column(tides, f"{similar} ORDER BY w.id") == ["work:bay", "work:harbor"]


async def test_an_alias_that_is_a_segments_name_is_none_of_the_work(tides: Client) -> None:
    names = "MATCH (:Entity {id: $id})-[:NAMED]->(n) RETURN n.text ORDER BY n.text"
    assert await column(tides, names, id="work:tides") == [
        "Lantern Tides",
        "Lantern Tides: Festival Cut",
        "Tides of the Lantern",
        "灯台",
        "灯台の潮",
    ]
    assert await column(tides, names, id="segment:storm") == ["Storm Sisters"]


async def test_every_segment_is_described_by_what_the_text_says_of_it(tides: Client) -> None:
    told = "MATCH (s:Segment) RETURN s.description ORDER BY s.position"
    assert [text[:24] for text in await column(tides, told)] == [
        "For Salt Letters (Shio n",
        "The second part, Storm S",
        "The final segment, Last ",
    ]


async def test_a_page_alone_makes_its_work_and_the_segments_that_it_speaks_of(
    vocabulary: Client,
) -> None:
    [page] = await imported(vocabulary, "full")
    assert (page.resolution.work, page.resolution.is_new) == ("work:lantern-tides", True)
    works = (
        "MATCH (w:Work)-[:HAS_SEGMENT]->(s) RETURN w.kind, s.id, s.name, s.position ORDER BY s.id"
    )
    assert await vocabulary.read(works) == [
        ["FILM", "segment:last-hull", "Last Hull", 3.0],
        ["FILM", "segment:salt-letters", "Salt Letters", 1.0],
        ["FILM", "segment:storm-sisters", "Storm Sisters", 2.0],
    ]
    assert await credits(vocabulary, "segment:salt-letters") == [
        ("character-designer", "person:aya-tanaka"),
        ("score-composer", "person:ryo-onishi"),
        ("voice-actor", "person:ken-arimura"),
        ("voice-actor", "person:paul-reed"),
    ]
    assert ("theme-song-composer", "person:ryo-onishi") in await credits(
        vocabulary, "work:lantern-tides"
    )
    [again] = await imported(vocabulary, "full")
    assert not again.account.writes


async def test_what_another_source_knows_later_replaces_what_the_page_made(
    vocabulary: Client,
) -> None:
    await imported(vocabulary, "full")
    await upsert(vocabulary, KNOWN)
    await imported(vocabulary, "full")
    works = "MATCH (w:Work) WHERE w.name = 'Lantern Tides' RETURN w.id ORDER BY w.id"
    assert await column(vocabulary, works) == ["work:tides", "work:tides-series"]
    assert await column(vocabulary, "MATCH (s:Segment) RETURN s.id ORDER BY s.id") == [
        "segment:hull",
        "segment:salt",
        "segment:storm",
    ]


@pytest.mark.parametrize("name", ["empty", "scripts", "broken", "namesakes"])
async def test_any_page_of_the_form_is_imported(vocabulary: Client, name: str) -> None:
    [page] = await imported(vocabulary, name)
    assert page.resolution.is_new
    [again] = await imported(vocabulary, name)
    assert not again.account.writes


async def test_a_work_of_another_year_is_another_work(vocabulary: Client) -> None:
    older = entity("work:bell-metal", "Bell Metal", kind="FILM", released="1950")
    await upsert(vocabulary, Dataset("known", (older,)))
    [page] = await imported(vocabulary, "namesakes")
    assert page.resolution.work == "work:bell-metal-2001"
    other = "of another year or kind than bell-metal (work:bell-metal, 1950): created as new"
    assert page.warnings == (f"{PAGES}/namesakes.txt:10: {other}",)


def candidate(kind: str, *years: str, shared: int = 0) -> Candidate:
    known = Known(f"{kind} {years}", "Work", "tides", kind, years[0] if years else None, ())
    return Candidate(known, shared, frozenset(years))


@pytest.mark.parametrize(
    ("candidates", "chosen"),
    [
        ([], None),
        ([candidate("FILM", "1992")], 0),
        ([candidate("FILM", "1950")], None),
        ([candidate("FILM")], 0),
        ([candidate("FILM", "1950", "1991")], 0),
        ([candidate("FILM", "1950", shared=3)], 0),
        ([candidate("FILM", "1950", shared=2)], None),
        ([candidate("MANGA", "1990-05", shared=3)], None),
        ([candidate("FILM", "1992"), candidate("FILM", "1990")], 1),
        ([candidate("FILM", "1990"), candidate("SERIES", "1990-05")], 1),
        ([candidate("FILM", "1992", shared=1), candidate("FILM", "1990-05")], 0),
    ],
)
def test_a_page_is_about_the_work_that_agrees_in_people_and_dates(
    candidates: list[Candidate], chosen: int | None
) -> None:
    page = read_page(PAGES / "full.txt")
    found = None if chosen is None else candidates[chosen].work
    assert choose_work(page, candidates) == found


async def test_where_two_works_may_be_meant_nothing_is_written_unless_one_is_chosen(
    vocabulary: Client,
) -> None:
    works = [entity(f"work:bell-{n}", "Bell Metal", kind="FILM", released="2001") for n in "ab"]
    await upsert(vocabulary, Dataset("known", tuple(works)))
    before = await size(vocabulary)
    with pytest.raises(SourceError) as raised:
        await imported(vocabulary, "namesakes")
    assert str(raised.value) == (
        f"{PAGES}/namesakes.txt:10: 'Bell Metal' may be bell-a (work:bell-a, 2001) or "
        "bell-b (work:bell-b, 2001); say which, by its slug"
    )
    assert await size(vocabulary) == before
    [page] = await imported(vocabulary, "namesakes", work="bell-b")
    assert page.resolution.work == "work:bell-b"
    with pytest.raises(FilmographError, match="No work has the slug 'bell-c'"):
        await imported(vocabulary, "namesakes", work="bell-c")


async def test_one_file_that_is_no_page_keeps_all_from_being_written(
    vocabulary: Client, tmp_path: Path
) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("Remember the milk.\n")
    before = await size(vocabulary)
    with pytest.raises(SourceError, match=r"notes\.txt:1: expected"):
        [page async for page in import_pages(vocabulary, [PAGES / "full.txt", other])]
    assert await size(vocabulary) == before


@pytest.mark.skipif(not REAL.exists(), reason="the real page is not beside the repository")
async def test_the_real_page_on_the_catalogue(empty_graph: Client) -> None:
    await load_catalog(empty_graph)
    questions = ("01", "09", "18")
    before = [await answered(empty_graph, question) for question in questions]
    [page] = [page async for page in import_pages(empty_graph, [REAL])]
    assert page.resolution.work == "work:bangumi-3627"
    caption = f"{REAL}:30: a caption without its picture: 'Original US Poster Art'"
    assert page.warnings == (caption,)
    # Who is credited stays as it was; that the wiki says so, too, is new.
    assert [await answered(empty_graph, question) for question in questions] == before
    wiki = (
        "MATCH (p)-[:HAS_CREDIT]->(c)-[:CITES {origin: 'wiki/memories-1995'}]->() "
        "MATCH (r)<-[:IN_ROLE]-(c)-[:ON]->(on) RETURN p.slug, r.id, on.slug ORDER BY c.position"
    )
    assert sorted(await empty_graph.read(wiki)) == [
        ["hidekazu-ohara", "character-designer", "memories"],
        ["hirotsugu-kawasaki", "character-designer", "memories"],
        ["hiroyuki-nagashima", "score-composer", "cannon-fodder"],
        ["jun-miyake", "score-composer", "stink-bomb"],
        ["katsuhiro-otomo", "director", "cannon-fodder"],
        ["koji-morimoto", "director", "magnetic-rose"],
        ["masahiro-ando", "key-animator", "memories"],
        ["satoshi-kon", "screenwriter", "magnetic-rose"],
        ["takashi-watanabe", "art-director", "memories"],
        ["tensai-okamura", "director", "stink-bomb"],
        ["yoko-kanno", "composer", "in-yer-memory"],
        ["yoko-kanno", "score-composer", "magnetic-rose"],
    ]
    related = (
        "MATCH (a)-[:HAS_RELATION {kind: 'references'}]->(r)<-[:HAS_RELATION]-(b) "
        "WHERE EXISTS { (r)-[:CITES {origin: 'wiki/memories-1995'}]->() } "
        "RETURN a.slug, b.slug ORDER BY a.slug, b.slug"
    )
    assert await empty_graph.read(related) == [
        ["cannon-fodder", "akira"],
        ["cannon-fodder", "steamboy"],
        ["cannon-fodder", "the-wall"],
        ["magnetic-rose", "2001-a-space-odyssey"],
        ["magnetic-rose", "madame-butterfly"],
        ["magnetic-rose", "solaris"],
        ["magnetic-rose", "tosca"],
        ["memories", "neo-tokyo"],
        ["memories", "robot-carnival"],
        ["stink-bomb", "roujin-z"],
    ]
    [again] = [page async for page in import_pages(empty_graph, [REAL])]
    assert not again.account.writes


async def answered(client: Client, number: str) -> Any:
    """The answer to one of the questions, without the sources and what it cost."""
    [question] = (ROOT / "web" / "questions").glob(f"*/{number}-*.graphql")
    variables = question.with_suffix(".variables.json")
    asked = {"query": question.read_text()}
    if variables.exists():
        asked |= {"variables": json.loads(variables.read_text())}
    transport = httpx.ASGITransport(create_app(client))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as web:
        return without_sources((await web.post("/graphql", json=asked)).json()["data"])


def without_sources(answer: Any) -> Any:
    match answer:
        case dict():
            return {
                key: without_sources(value) for key, value in answer.items() if key != "sources"
            }
        case list():
            return [without_sources(each) for each in answer]
    return answer
