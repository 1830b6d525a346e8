"""The records of imports, and what each source says in its own words."""

from json import dumps

from graph.client import Client
from ingest.catalog.vocabulary import read_vocabulary
from ingest.records import Citation, Dataset, Entity, EntityType, Name, Value
from ingest.upsert import upsert
from ingest.vocabulary import load_vocabulary
from tests.schema.making import asked

OUTCOMES = ("read", "created", "updated", "unchanged", "merged", "skipped")
SUBJECTS = dict(zip(OUTCOMES, (15, 1, 2, 3, 4, 5), strict=True))
PERSONS = dict.fromkeys(OUTCOMES, 0)
TABLES = dumps({"subject": SUBJECTS, "person": PERSONS})


async def test_imports_the_latest_first(empty_graph: Client) -> None:
    await empty_graph.write(
        """CREATE (:Import {number: 1, origin: 'catalog', at: '2026-01-01T00:00:00Z'}),
(:Import {number: 2, origin: 'bangumi', file: 'dump.zip', startedAt: '2026-01-02T00:00:00Z',
  at: '2026-01-02T00:02:00Z', status: 'complete', rows: $rows})""",
        {"rows": TABLES},
    )
    question = """{ imports { totalCount nodes { number origin file startedAt at status
      tables { __typename name: table read created updated unchanged merged skipped } } } }"""
    found = (await asked(empty_graph, question))["imports"]
    assert found["totalCount"] == 2
    assert found["nodes"] == [
        {
            "number": 2,
            "origin": "bangumi",
            "file": "dump.zip",
            "startedAt": "2026-01-02T00:00:00Z",
            "at": "2026-01-02T00:02:00Z",
            "status": "complete",
            "tables": [
                {"__typename": "ImportedTable", "name": "subject", **SUBJECTS},
                {"__typename": "ImportedTable", "name": "person", **PERSONS},
            ],
        },
        {
            "number": 1,
            "origin": "catalog",
            "file": None,
            "startedAt": None,
            "at": "2026-01-01T00:00:00Z",
            "status": None,
            "tables": [],
        },
    ]


async def test_what_each_source_says(empty_graph: Client) -> None:
    await load_vocabulary(empty_graph, read_vocabulary())
    for origin, source, text, language in (
        ("catalog", "filmograph", "Three tales.", "en"),
        ("bangumi/subject/3627", "bangumi", "三个故事。", "zh"),
    ):
        cited = (Citation(source),)
        stated = (
            Value("kind", "FILM", source),
            Value("description", text, source),
            Value("descriptionLanguage", language, source),
        )
        names = (Name("Memories", "OFFICIAL", "en", cited),)
        film = Entity(EntityType.WORK, "work:memories", "memories", names, cited, stated)
        await upsert(empty_graph, Dataset(origin, (film,)))
    question = """{ work(slug: "memories") { description descriptionLanguage
      descriptions { text language source { id } } } }"""
    assert (await asked(empty_graph, question))["work"] == {
        "description": "Three tales.",
        "descriptionLanguage": "en",
        "descriptions": [
            {"text": "Three tales.", "language": "en", "source": {"id": "filmograph"}},
            {"text": "三个故事。", "language": "zh", "source": {"id": "bangumi"}},
        ],
    }
