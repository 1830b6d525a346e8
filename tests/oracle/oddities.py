"""What the shipped catalogue has too little of to test with: ties, gaps, repetitions."""

from typing import Any, Final

from ingest.records import (
    Appearance,
    Citation,
    Credit,
    Dataset,
    Entity,
    EntityType,
    ExternalId,
    FranchiseEntry,
    KeptList,
    MusicUse,
    Name,
    Relation,
    Scoring,
    Tagging,
    Value,
)

CITED: Final = (Citation("wiki"),)
OTHER: Final = (Citation("bangumi"),)


def _entity(
    type_: EntityType, slug: str, *names: str, parent: str | None = None, **values: Any
) -> Entity:
    return Entity(
        type=type_,
        id=_id(type_, slug),
        slug=f"odd-{slug}",
        names=tuple(Name(text, "OFFICIAL", "en", CITED) for text in names or (f"Odd {slug}",)),
        cited=CITED,
        values=tuple(Value(field, value, "wiki") for field, value in values.items()),
        external_ids=(ExternalId("odd", slug, None, CITED), ExternalId("odd2", "1", None, CITED)),
        parent=parent,
    )


def _id(type_: EntityType, slug: str) -> str:
    return f"{type_.lower()}:odd-{slug}"


def _work(slug: str, *names: str, **values: Any) -> Entity:
    return _entity(EntityType.WORK, slug, *names, **values)


def _segment(slug: str, work: str, position: float, **values: Any) -> Entity:
    parent = _id(EntityType.WORK, work)
    values = {"kind": "SEGMENT", "position": position, **values}
    return _entity(EntityType.SEGMENT, slug, "Part", parent=parent, **values)


A, B, C, D, E = (_id(EntityType.WORK, slug) for slug in "abcde")
A1, A2, B1 = (_id(EntityType.SEGMENT, slug) for slug in ("a1", "a2", "b1"))
ANN, BOB = (_id(EntityType.PERSON, slug) for slug in ("ann", "bob"))
HOUSE = _id(EntityType.ORGANIZATION, "house")
HERO, FOE = (_id(EntityType.CHARACTER, slug) for slug in ("hero", "foe"))
SAGA, LINE = (_id(EntityType.FRANCHISE, slug) for slug in ("saga", "line"))
ALBUM, SONG, TUNE = "soundtrack:odd-album", "track:odd-song", "track:odd-tune"
MOOD, PLACE = (_id(EntityType.TERM, slug) for slug in ("mood", "place"))

ENTITIES: Final = (
    # Two of one name, of one day known to a different precision, of one rating; one of nothing.
    _work("a", "Twin", "The Other Name", kind="FILM", released="1995", rating=7.5),
    _work("b", "Twin", kind="FILM", released="1995-12", rating=7.5, runtimeMinutes=60),
    _work("c", "𠮷野家", kind="OVA", released="1995-12-23", runtimeMinutes=60, rating=7.0),
    _work("d", "!!!", kind="OTHER"),
    # Not safe for work.
    _work("e", "Twin", kind="FILM", released="1995", nsfw=True),
    _segment("e1", "e", 1.0, nsfw=True),
    _segment("a1", "a", 1.0, runtimeMinutes=20, released="1995"),
    _segment("a2", "a", 1.5, runtimeMinutes=20),
    _segment("b1", "b", 1.0),
    _entity(EntityType.PERSON, "ann", "Ann Ō", "Ootomo Ann", born="1960"),
    _entity(EntityType.PERSON, "bob", "Bob", "ボブ", born="1960-05-01", died="2001"),
    _entity(EntityType.PERSON, "nobody", "Nobody"),
    _entity(EntityType.ORGANIZATION, "house", "House", "株式会社ハウス"),
    _entity(EntityType.CHARACTER, "hero", "Hero"),
    _entity(EntityType.CHARACTER, "foe", "Foe"),
    _entity(EntityType.FRANCHISE, "saga", "Saga"),
    _entity(EntityType.FRANCHISE, "line", "Line"),
    _entity(EntityType.SOUNDTRACK, "album", "Album", released="1996-01"),
    _entity(EntityType.TRACK, "song", "Song", parent=ALBUM, disc=1, position=1),
    _entity(EntityType.TRACK, "tune", "Tune", parent=ALBUM, position=1),
    _entity(EntityType.TERM, "mood", "Mood", kind="TAG"),
    _entity(EntityType.TERM, "place", "Place", kind="PLACE"),
)

CREDITS: Final = (
    Credit(ANN, "director", A, CITED, position=1),
    Credit(ANN, "director", A1, CITED, position=1),
    Credit(ANN, "chief-director", B, CITED, position=1),
    Credit(ANN, "composer", A1, CITED),
    Credit(BOB, "director", A2, CITED, position=2, credited_as="B."),
    Credit(BOB, "score-composer", A2, CITED),
    Credit(BOB, "director", E, CITED),
    Credit(BOB, "composer", SONG, CITED),
    Credit(BOB, "composer", ALBUM, CITED),
    Credit(HOUSE, "animation-studio", A, CITED, position=2),
    Credit(HOUSE, "animation-studio", C, CITED),
    Credit(ANN, "voice-actor", A, CITED, HERO, "ja", position=1),
    Credit(BOB, "voice-actor", A, CITED, HERO, "en", position=1),
    Credit(BOB, "voice-actor", A1, CITED, HERO, "en"),
    Credit(BOB, "voice-actor", B, CITED, FOE, "ja-JP"),
    Credit(BOB, "voice-actor", B, CITED, None, "ja"),
)

ODDITIES: Final = Dataset(
    origin="oddities",
    entities=ENTITIES,
    credits=CREDITS,
    # The hero is in the work and in both its parts.
    appearances=(
        Appearance(HERO, A, CITED, "MAIN", 1),
        Appearance(HERO, A1, CITED, "GUEST", 1),
        Appearance(HERO, A2, CITED),
        Appearance(FOE, A1, CITED, "SUPPORTING", 2),
        Appearance(FOE, B, CITED, "MAIN", 1),
    ),
    taggings=(
        Tagging(A, MOOD, CITED, 3),
        Tagging(E, MOOD, CITED),
        Tagging(A, PLACE, OTHER),
        Tagging(B, MOOD, CITED, 3),
    ),
    # Two ties between the same two works, one of a kind that is its own inverse, one to a part.
    relations=(
        Relation(A, "sequel", B, CITED),
        Relation(A, "references", B, CITED),
        Relation(A, "same-setting", C, CITED),
        Relation(B, "references", A1, CITED, "A passage."),
        Relation(C, "references", D, CITED),
    ),
    # A song that is heard twice in one work.
    music_uses=(
        MusicUse(SONG, A, "OPENING", CITED),
        MusicUse(SONG, A, "ENDING", CITED),
        MusicUse(SONG, A1, "INSERT", CITED),
    ),
    scorings=(Scoring(A, ALBUM, CITED), Scoring(B, ALBUM, CITED)),
    franchise_entries=(
        FranchiseEntry(SAGA, A, CITED),
        FranchiseEntry(SAGA, B, CITED),
        FranchiseEntry(LINE, A, OTHER),
    ),
    lists=(KeptList("list:odd", "Odd ones", "me", 3, (A, B), CITED),),
)
