"""What ships around Memories: as much as promised, and right where everybody can check it."""

from collections import Counter, defaultdict
from typing import Any

import pytest

from ingest.catalog.reading import read_catalog
from ingest.identity import name_key
from ingest.records import EntityType
from tests.conftest import Ask

CATALOG = read_catalog()
COUNTS = Counter(entity.type for entity in CATALOG.entities)


@pytest.mark.parametrize(
    ("type_", "least"),
    [
        (EntityType.WORK, 250),
        (EntityType.SEGMENT, 110),
        (EntityType.PERSON, 2000),
        (EntityType.ORGANIZATION, 100),
        (EntityType.CHARACTER, 800),
        (EntityType.SOUNDTRACK, 50),
        (EntityType.TERM, 70),
        (EntityType.FRANCHISE, 30),
    ],
)
def test_how_many(type_: EntityType, least: int) -> None:
    assert COUNTS[type_] >= least


def test_how_many_credits() -> None:
    assert len(CATALOG.credits) >= 6000


def test_every_franchise_has_several_works() -> None:
    entries = Counter(entry.franchise for entry in CATALOG.franchise_entries)
    assert len(entries) == COUNTS[EntityType.FRANCHISE]
    assert min(entries.values()) >= 2


def test_every_statement_has_a_source() -> None:
    assert all(credit.cited for credit in CATALOG.credits)
    assert all(relation.cited for relation in CATALOG.relations)
    assert all(tagging.cited for tagging in CATALOG.taggings)
    assert all(appearance.cited for appearance in CATALOG.appearances)


def test_what_bangumi_states_has_an_address() -> None:
    for credit in CATALOG.credits:
        for citation in credit.cited:
            assert citation.source != "bangumi" or citation.url


def test_nobody_stands_twice_on_one_creation() -> None:
    """Two people of one name who are credited on the same creation would be one."""
    names = {
        entity.id: {name_key(name.text) for name in entity.names if name.kind != "ALIAS"}
        for entity in CATALOG.entities
        if entity.type in (EntityType.PERSON, EntityType.ORGANIZATION)
    }
    people: dict[tuple[str, str], set[str]] = defaultdict(set)
    for credit in CATALOG.credits:
        for key in names[credit.contributor]:
            people[credit.on, key].add(credit.contributor)
    assert [key for key, found in people.items() if len(found) > 1] == []


DIRECTORS = {
    "robot-carnival": [
        ("Opening", ["Katsuhiro Otomo", "Atsuko Fukushima"]),
        ("Franken's Gears", ["Koji Morimoto"]),
        ("Deprive", ["Hidetoshi Omori"]),
        ("Presence", ["Yasuomi Umetsu"]),
        ("Star Light Angel", ["Hiroyuki Kitazume"]),
        ("Cloud", ["Manabu Ohashi"]),
        (
            "Strange Tales of Meiji Machine Culture: Westerner's Invasion",
            ["Hiroyuki Kitakubo"],
        ),
        ("Chicken Man and Red Neck", ["Takashi Nakamura"]),
        ("Ending", ["Katsuhiro Otomo", "Atsuko Fukushima"]),
    ],
    "neo-tokyo": [
        ("Labyrinth Labyrinthos", ["Rintaro"]),
        ("Running Man", ["Yoshiaki Kawajiri"]),
        ("Construction Cancellation Order", ["Katsuhiro Otomo"]),
    ],
    "short-peace": [
        ("Opening", ["Koji Morimoto"]),
        ("Possessions", ["Shuhei Morita"]),
        ("Combustible", ["Katsuhiro Otomo"]),
        ("Gambo", ["Hiroaki Ando"]),
        ("A Farewell to Weapons", ["Hajime Katoki"]),
    ],
    "the-animatrix": [
        ("Final Flight of the Osiris", ["Andy Jones"]),
        ("The Second Renaissance Part I", ["Mahiro Maeda"]),
        ("The Second Renaissance Part II", ["Mahiro Maeda"]),
        ("Kid's Story", ["Shinichiro Watanabe"]),
        ("Program", ["Yoshiaki Kawajiri"]),
        ("World Record", ["Takeshi Koike"]),
        ("Beyond", ["Koji Morimoto"]),
        ("A Detective Story", ["Shinichiro Watanabe"]),
        ("Matriculated", ["Peter Chung"]),
    ],
    "halo-legends": [
        ("Origins I", ["Hideki Futamura"]),
        ("Origins II", ["Hideki Futamura"]),
        ("The Duel", ["Hiroshi Yamazaki"]),
        ("Homecoming", ["Koji Sawai"]),
        ("Odd One Out", ["Daisuke Nishio"]),
        ("Prototype", ["Yasushi Muraki"]),
        ("The Babysitter", ["Toshiyuki Kanno"]),
        ("The Package", ["Shinji Aramaki"]),
    ],
    "genius-party": [
        ("Genius Party", ["Atsuko Fukushima"]),
        ("Shanghai Dragon", ["Shoji Kawamori"]),
        ("Deathtic 4", ["Shinji Kimura"]),
        ("Doorbell", ["Yoji Fukuyama"]),
        ("Limit Cycle", ["Hideki Futamura"]),
        ("Happy Machine", ["Masaaki Yuasa"]),
        ("Baby Blue", ["Shinichiro Watanabe"]),
    ],
    "genius-party-beyond": [
        ("Gala", ["Mahiro Maeda"]),
        ("Moondrive", ["Kazuto Nakazawa"]),
        ("Wanwa the Puppy", ["Shinya Ohira"]),
        ("Tojin Kit", ["Tatsuyuki Tanaka"]),
        ("Dimension Bomb", ["Koji Morimoto"]),
    ],
    "modest-heroes": [
        ("Kanini & Kanino", ["Hiromasa Yonebayashi"]),
        ("Life Ain't Gonna Lose", ["Yoshiyuki Momose"]),
        ("Invisible", ["Akihiko Yamashita"]),
    ],
}


@pytest.mark.parametrize("slug", DIRECTORS)
async def test_parts_of_an_anthology_and_who_directed_them(ask: Ask, slug: str) -> None:
    answer = await ask(
        """query ($slug: String!) { work(slug: $slug) {
  credits(where: {role: {is: "director"}}) { totalCount }
  segments(orderBy: [{position: ASC}]) { nodes { name position
    credits(where: {role: {is: "director"}}) { nodes { contributor { name } } } } }
} }""",
        slug=slug,
    )
    segments = answer["work"]["segments"]["nodes"]
    assert [(each["name"], directors(each)) for each in segments] == DIRECTORS[slug]
    assert [each["position"] for each in segments] == list(range(1, len(segments) + 1))


def directors(segment: dict[str, Any]) -> list[str]:
    return [credit["contributor"]["name"] for credit in segment["credits"]["nodes"]]


async def test_who_scored_what_otomo_directed_in_short_peace(ask: Ask) -> None:
    answer = await ask(
        '{ segment(slug: "combustible") { credits(where: {role: {is: "composer"}}) '
        "{ nodes { contributor { name } sources { url source { id } } } } } }"
    )
    source = {"url": "https://bgm.tv/ep/248843", "source": {"id": "bangumi"}}
    assert answer["segment"]["credits"]["nodes"] == [
        {"contributor": {"name": "Makoto Kubota"}, "sources": [source]}
    ]


async def test_a_voice_and_how_important_the_part_is(ask: Ask) -> None:
    answer = await ask(
        '{ work(slug: "cowboy-bebop") { characters(first: 1) { edges { billing '
        "character { name } voices { language contributor { name } } } } } }"
    )
    (edge,) = answer["work"]["characters"]["edges"]
    assert (edge["billing"], edge["character"]["name"]) == ("MAIN", "Spike Spiegel")
    assert {"language": "ja", "contributor": {"name": "Koichi Yamadera"}} in edge["voices"]


async def test_the_line_of_darker_than_black_as_the_story_goes(ask: Ask) -> None:
    answer = await ask(
        '{ franchise(slug: "darker-than-black") { '
        "story: entries(order: STORY) { nodes { released } } "
        "release: entries(order: RELEASE) { nodes { released } } } }"
    )
    dates = {
        order: [node["released"][:4] for node in answer["franchise"][order]["nodes"]]
        for order in ("story", "release")
    }
    assert dates == {"story": ["2007", "2010", "2009"], "release": ["2007", "2009", "2010"]}
