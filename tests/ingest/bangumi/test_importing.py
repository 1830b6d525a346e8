"""A dump on top of what the graph has: what merges, what is found again, what is left open."""

from pathlib import Path

import pytest

from graph.client import Client
from ingest.account import Account
from ingest.bangumi.dump import open_dump
from ingest.bangumi.known import Known, recognize
from ingest.catalog.load import load_catalog
from ingest.catalog.vocabulary import read_vocabulary
from ingest.franchises.derive import derive
from ingest.importing import import_feed
from ingest.ledger import Ledger
from ingest.records import Citation, Credit, Dataset, Entity, EntityType, ExternalId, Name, Value
from ingest.upsert import upsert
from ingest.vocabulary import load_vocabulary
from tests.ingest.bangumi.dumps import Table, real, tables, written
from tests.ingest.bangumi.test_dump import person, related, staff, subject

CITED = (Citation("wiki"),)


@pytest.fixture
async def graph(empty_graph: Client) -> Client:
    await load_vocabulary(empty_graph, read_vocabulary())
    return empty_graph


async def imported(client: Client, path: Path, rows: dict[str, Table]) -> tuple[Account, Known]:
    with open_dump(written(path / "dump.zip", rows)) as dump, Ledger() as ledger:
        known = await recognize(client, dump)
        return await import_feed(client, dump.feed(), ledger), known


def named(type_: EntityType, slug: str, name: str, language: str, *values: Value) -> Entity:
    names = (Name(name, "OFFICIAL", language, CITED),)
    return Entity(type_, f"{type_.lower()}:{slug}", slug, names, CITED, values)


async def test_memories_is_one_work_with_the_catalogues(
    empty_graph: Client, tmp_path: Path
) -> None:
    await load_catalog(empty_graph)
    account, known = await imported(empty_graph, tmp_path, real())
    assert known.matched == {
        "organization:studio-4c": "organization:bangumi-2306",
        "organization:バンダイビジュアル": "organization:bangumi-56",
    }
    assert account.rows["subject.jsonlines"] == {"merged": 5}
    assert await empty_graph.read(
        "MATCH (w:Work {slug: 'memories'})-[:HAS_SEGMENT]->(s) "
        "WITH w, s ORDER BY s.position RETURN w.id, w.name, collect(s.slug), w.ratingCount"
    ) == [["work:bangumi-3627", "Memories", ["magnetic-rose", "stink-bomb", "cannon-fodder"], 4016]]


async def test_a_second_run_writes_nothing(graph: Client, tmp_path: Path) -> None:
    first, _ = await imported(graph, tmp_path, real())
    again, _ = await imported(graph, tmp_path, real())
    assert first.writes
    assert not again.writes
    assert {table: sum(counts.values()) for table, counts in again.rows.items()} == {
        table: sum(counts.values()) for table, counts in first.rows.items()
    }


async def test_a_newer_dump_updates_and_removes(graph: Client, tmp_path: Path) -> None:
    rows = real()
    await imported(graph, tmp_path, rows)
    rows["subject-persons"] = rows["subject-persons"][:-1]
    rows["person"] = [each for each in rows["person"] if b'"id": 21077,' not in each]
    rows["subject-persons"] = [each for each in rows["subject-persons"] if b": 21077," not in each]
    account, _ = await imported(graph, tmp_path, rows)
    assert account.removed["Person"] == 1
    assert not (await imported(graph, tmp_path, rows))[0].writes


class TestAWorkThatANewerDumpHasNot:
    franchise = "MATCH (f:Franchise)-[:HAS_ENTRY]->(w) RETURN f.id, w.id ORDER BY w.id"
    both = tables(
        subject=[subject(1, name="Genius Party"), subject(2, name="Genius Party Beyond")],
        subject_relations=[related(1, 3, 2), related(2, 2, 1)],
    )
    one = tables(subject=both["subject"][:1])

    async def test_goes_although_a_franchise_was_computed_with_it(
        self, graph: Client, tmp_path: Path
    ) -> None:
        await imported(graph, tmp_path, self.both)
        await derive(graph)
        assert await graph.read(self.franchise) == [
            ["franchise:bangumi-1", "work:bangumi-1"],
            ["franchise:bangumi-1", "work:bangumi-2"],
        ]
        account, _ = await imported(graph, tmp_path, self.one)
        await derive(graph)
        assert account.removed["Work"] == 1
        assert await graph.read("MATCH (w:Work|Franchise) RETURN w.id") == [["work:bangumi-1"]]
        assert not (await imported(graph, tmp_path, self.one))[0].writes
        assert not (await derive(graph)).writes

    async def test_dates_the_franchise(self, graph: Client, tmp_path: Path) -> None:
        three = tables(
            subject=[*self.both["subject"], subject(3, name="Genius Party Again")],
            subject_relations=[*self.both["subject-relations"], related(2, 3, 3), related(3, 2, 2)],
        )
        await imported(graph, tmp_path, three)
        await derive(graph)
        await graph.write("MATCH (n:Entity) SET n.updatedAt = '2000'")
        await imported(graph, tmp_path, self.both)
        dated = "MATCH (n:Entity) WHERE n.updatedAt > '2000' RETURN n.id ORDER BY n.id"
        assert await graph.read(dated) == [["franchise:bangumi-1"], ["work:bangumi-2"]]

    async def test_comes_back_into_its_franchise(self, graph: Client, tmp_path: Path) -> None:
        await imported(graph, tmp_path, self.both)
        await derive(graph)
        before = await graph.read(self.franchise)
        await imported(graph, tmp_path, self.one)
        await imported(graph, tmp_path, self.both)
        await derive(graph)
        assert await graph.read(self.franchise) == before


class TestRecognition:
    rows = tables(
        subject=[
            subject(1, name="王立宇宙軍", date="1987-03-14", platform=3),
            subject(2, name="Other"),
        ],
        person=[person(1, name="山賀博之"), person(2, name="山賀博之")],
        subject_persons=[staff(1, 1), staff(2, 2)],
    )
    film = named(
        EntityType.WORK, "royal-space-force", "王立宇宙軍", "ja",
        Value("kind", "FILM", "wiki"), Value("released", "1987", "wiki"),
    )  # fmt: skip
    yamaga = named(EntityType.PERSON, "yamaga", "山賀 博之", "ja")
    directed = Credit(yamaga.id, "director", film.id, CITED)

    async def test_a_work_by_title_year_and_form_and_its_people(
        self, graph: Client, tmp_path: Path
    ) -> None:
        await upsert(graph, Dataset("wiki/film", (self.film, self.yamaga), (self.directed,)))
        account, known = await imported(graph, tmp_path, self.rows)
        assert known.matched == {
            "work:bangumi-1": "work:royal-space-force",
            "person:bangumi-1": "person:yamaga",
        }
        assert account.rows["subject.jsonlines"] == {"merged": 1, "created": 1}
        assert account.rows["subject-persons.jsonlines"] == {"merged": 1, "created": 1}
        again, _ = await imported(graph, tmp_path, self.rows)
        assert not again.writes

    async def test_a_name_alone_is_nobody(self, graph: Client, tmp_path: Path) -> None:
        await upsert(graph, Dataset("wiki/page", (self.yamaga,)))
        _, known = await imported(graph, tmp_path, self.rows)
        assert not known.matched
        assert not known.doubtful

    async def test_two_who_may_be_meant_are_left_open(self, graph: Client, tmp_path: Path) -> None:
        twin = named(EntityType.PERSON, "twin", "山賀博之", "ja")
        credits = (self.directed, Credit(twin.id, "producer", self.film.id, CITED))
        await upsert(graph, Dataset("wiki/film", (self.film, self.yamaga, twin), credits))
        _, known = await imported(graph, tmp_path, self.rows)
        assert known.matched == {"work:bangumi-1": "work:royal-space-force"}
        assert [(each.entity, each.candidates) for each in known.doubtful] == [
            ("person:bangumi-1", ("person:twin", "person:yamaga"))
        ]

    async def test_whom_the_graph_has_as_an_organization(
        self, graph: Client, tmp_path: Path
    ) -> None:
        band = Entity(
            EntityType.ORGANIZATION, "organization:bangumi-1", "band",
            (Name("山賀博之", "OFFICIAL", "ja", CITED),), CITED,
            external_ids=(ExternalId("bangumi", "1", None, CITED),),
        )  # fmt: skip
        await upsert(graph, Dataset("wiki/page", (band,)))
        account, _ = await imported(graph, tmp_path, self.rows)
        assert account.rows["person.jsonlines"] == {"merged": 1, "created": 1}
        assert account.created["Person"] == 1

    async def test_whom_the_graph_has_as_a_person(self, graph: Client, tmp_path: Path) -> None:
        singer = Entity(
            EntityType.PERSON, "person:bangumi-1", "singer",
            (Name("山賀博之", "OFFICIAL", "ja", CITED),), CITED,
            external_ids=(ExternalId("bangumi", "1", None, CITED),),
        )  # fmt: skip
        await upsert(graph, Dataset("wiki/page", (singer,)))
        rows = self.rows | {"person": [person(1, name="山賀博之", type=2), person(2, name="B")]}
        account, _ = await imported(graph, tmp_path, rows)
        assert account.rows["person.jsonlines"] == {"merged": 1, "created": 1}
        assert account.created["Organization"] == 0

    async def test_a_company_by_its_name(self, graph: Client, tmp_path: Path) -> None:
        toei = named(EntityType.ORGANIZATION, "wiki-toei", "東映動画", "ja")
        await upsert(graph, Dataset("wiki/page", (toei,)))
        infobox = "{{Infobox animanga/Anime\n|动画制作= 東映動画、スタジオじゃんぐる\n}}"
        rows = tables(subject=[subject(1, infobox=infobox)])
        account, known = await imported(graph, tmp_path, rows)
        assert known.matched == {"organization:東映動画": "organization:wiki-toei"}
        assert account.created["Organization"] == 1
