"""Memories as it ships: facts, and who states them."""

from collections.abc import Iterator

import pytest

from ingest.catalog.reading import read_catalog
from ingest.records import Cited, Entity, EntityType

CATALOG = read_catalog()
ENTITIES = {(entity.type, entity.slug): entity for entity in CATALOG.entities}
SLUGS = {entity.id: entity.slug for entity in CATALOG.entities}

MEMORIES = ENTITIES[EntityType.WORK, "memories"]
SOUNDTRACK = ENTITIES[EntityType.SOUNDTRACK, "memories-original-motion-picture-soundtrack"]


def sources(cited: Cited) -> list[str]:
    return [citation.source for citation in cited]


def values(entity: Entity, field: str) -> list[tuple[object, str]]:
    return [(each.value, each.source) for each in entity.values if each.field == field]


def parts(entity: Entity) -> list[Entity]:
    def position(part: Entity) -> object:
        return values(part, "position")[0][0]

    return sorted(
        (each for each in CATALOG.entities if each.parent == entity.id),
        key=lambda part: float(str(position(part))),
    )


def holders(on: str, role: str) -> Iterator[tuple[str, list[str]]]:
    for credit in CATALOG.credits:
        if SLUGS[credit.on] == on and credit.role == role:
            yield SLUGS[credit.contributor], sources(credit.cited)


def test_ids() -> None:
    assert MEMORIES.id == "work:bangumi-3627"
    assert SOUNDTRACK.id == "soundtrack:bangumi-31789"
    assert ENTITIES[EntityType.PERSON, "katsuhiro-otomo"].id == "person:bangumi-2057"


def test_external_ids() -> None:
    assert {each.site: each.id for each in MEMORIES.external_ids} == {
        "bangumi": "3627",
        "ann": "424",
        "anidb": "262",
        "anilist": "1462",
        "douban": "1307897",
        "imdb": "tt0113799",
        "kitsu": "1311",
        "mal": "1462",
        "tmdb": "movie/42994",
        "tvdb": "294395",
        "wikidata": "Q564403",
    }


def test_names() -> None:
    assert [(name.language, name.text, name.kind) for name in MEMORIES.names] == [
        ("en", "Memories", "OFFICIAL"),
        ("ja", "メモリーズ", "OFFICIAL"),
        (None, "MEMORIES", "ORIGINAL"),
        ("zh-Hans", "回忆三部曲", "OFFICIAL"),
        ("en", "Katsuhiro Otomo Presents: Memories", "ALIAS"),
    ]


def test_segments_in_order() -> None:
    assert [segment.slug for segment in parts(MEMORIES)] == [
        "magnetic-rose",
        "stink-bomb",
        "cannon-fodder",
    ]


@pytest.mark.parametrize(
    ("slug", "runtimes"),
    [
        ("magnetic-rose", [(44, "ann"), (44, "bangumi")]),
        ("stink-bomb", [(40, "ann"), (40, "bangumi")]),
        ("cannon-fodder", [(22, "ann"), (28, "bangumi"), (15, "wiki")]),
    ],
)
def test_runtimes_of_segments(slug: str, runtimes: list[tuple[int, str]]) -> None:
    assert values(ENTITIES[EntityType.SEGMENT, slug], "runtimeMinutes") == runtimes


def test_both_runtimes_of_the_film() -> None:
    assert values(MEMORIES, "runtimeMinutes") == [(110, "bangumi"), (115, "wiki")]


@pytest.mark.parametrize(
    ("on", "role", "who"),
    [
        ("memories", "chief-director", {"katsuhiro-otomo": ["ann", "bangumi"]}),
        ("memories", "sound-director", {"sadayoshi-fujino": ["ann"]}),
        ("magnetic-rose", "director", {"koji-morimoto": ["ann", "bangumi"]}),
        ("magnetic-rose", "screenwriter", {"satoshi-kon": ["ann", "bangumi"]}),
        ("magnetic-rose", "score-composer", {"yoko-kanno": ["ann", "bangumi"]}),
        ("stink-bomb", "director", {"tensai-okamura": ["ann", "bangumi"]}),
        ("stink-bomb", "score-composer", {"jun-miyake": ["ann", "bangumi"]}),
        ("stink-bomb", "mechanical-designer", {"morifumi-naka": ["ann"]}),
        ("cannon-fodder", "director", {"katsuhiro-otomo": ["ann", "bangumi", "wiki"]}),
        ("cannon-fodder", "score-composer", {"hiroyuki-nagashima": ["ann", "bangumi"]}),
        ("cannon-fodder", "producer", {"eiko-tanaka": ["bangumi"]}),
        ("in-yer-memory", "composer", {"takkyu-ishino": ["bangumi"], "yoko-kanno": ["wiki"]}),
    ],
)
def test_credits(on: str, role: str, who: dict[str, list[str]]) -> None:
    assert dict(holders(on, role)) == who


def test_a_credit_on_a_segment_cites_the_segments_page() -> None:
    (credit,) = (
        credit
        for credit in CATALOG.credits
        if SLUGS[credit.on] == "cannon-fodder" and credit.role == "score-composer"
    )
    assert [citation.url for citation in credit.cited] == [
        "https://www.animenewsnetwork.com/encyclopedia/anime.php?id=426",
        "https://bgm.tv/subject/3627",
    ]


def test_cast() -> None:
    assert {
        SLUGS[credit.character]: SLUGS[credit.contributor]
        for credit in CATALOG.credits
        if credit.character and credit.on in {part.id for part in parts(MEMORIES)}
    } == {
        "heintz-beckner": "tsutomu-isobe",
        "nobuo-tanaka": "hideyuki-hori",
        "cannon-fodder-boy": "yuu-hayashi",
        "cannon-fodder-mother": "keiko-yamamoto",
        "cannon-fodder-father": "keaton-yamada",
    }


def test_releases() -> None:
    assert [
        (each.region, each.date, each.medium, sources(each.cited)) for each in CATALOG.releases
    ] == [
        ("JP", "1995-12-23", "theatre", ["ann", "bangumi", "wiki"]),
        ("US", "2004-02-24", "DVD", ["ann", "wiki"]),
        ("US", "2021-06-29", "Blu-ray", ["ann"]),
    ]


def test_what_is_referred_to() -> None:
    assert {
        (SLUGS[each.start], SLUGS[each.target])
        for each in CATALOG.relations
        if each.kind == "references"
    } == {
        ("memories", "robot-carnival"),
        ("memories", "neo-tokyo"),
        ("magnetic-rose", "solaris"),
        ("magnetic-rose", "2001-a-space-odyssey"),
        ("magnetic-rose", "madame-butterfly"),
        ("magnetic-rose", "tosca"),
        ("stink-bomb", "roujin-z"),
        ("cannon-fodder", "akira"),
        ("cannon-fodder", "the-wall"),
        ("cannon-fodder", "steamboy"),
    }


def test_the_soundtrack_has_41_tracks_on_two_discs() -> None:
    tracks = parts(SOUNDTRACK)
    discs = [values(track, "disc")[0][0] for track in tracks]
    assert (discs.count(1), discs.count(2)) == (29, 12)
    works = [each.work for each in CATALOG.scorings if each.soundtrack == SOUNDTRACK.id]
    assert works == [MEMORIES.id]


@pytest.mark.parametrize(
    ("use", "on", "count"),
    [
        ("SCORE", "magnetic-rose", 10),
        ("SCORE", "stink-bomb", 19),
        ("SCORE", "cannon-fodder", 11),
        ("ENDING", "memories", 1),
    ],
)
def test_where_tracks_are_heard(use: str, on: str, count: int) -> None:
    assert sum(each.use == use and SLUGS[each.on] == on for each in CATALOG.music_uses) == count


def test_votes_of_terms() -> None:
    assert {
        SLUGS[each.term]: each.votes
        for each in CATALOG.taggings
        if each.creation == MEMORIES.id and each.votes
    } == {
        "science-fiction": 663,
        "original-story": 415,
        "thought-provoking": 106,
        "worldbuilding": 77,
        "classic": 17,
        "satire": 13,
        "anthology": 11,
    }


def test_decks_and_descriptions_are_our_own() -> None:
    assert {
        value.source
        for entity in CATALOG.entities
        for value in entity.values
        if value.field in ("deck", "description")
    } == {"filmograph"}
