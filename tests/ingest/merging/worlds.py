"""Small graphs in which several imports speak of the same few things."""

from typing import Any, NamedTuple

from hypothesis import strategies as st

from graph.client import Client
from ingest.records import (
    Appearance,
    Citation,
    Cited,
    Credit,
    Dataset,
    Entity,
    EntityType,
    ExternalId,
    FranchiseEntry,
    Image,
    KeptList,
    Name,
    Relation,
    Release,
    Scoring,
    Tagging,
    Value,
)

ORIGINS = ("catalog", "bangumi/subject/1", "wiki/one")
CITED: dict[str, Cited] = {
    "ann": (Citation("ann", "https://example.org/ann"),),
    "wiki": (Citation("wiki"),),
}
WORKS = ("work:a", "work:b", "work:c")
PEOPLE = ("person:a", "person:b")
CHARACTERS = ("character:a", "character:b")
OTHERS = ("franchise:a", "term:a", "term:b", "soundtrack:a", "segment:a")
EVERYTHING = (*WORKS, *PEOPLE, *CHARACTERS, *OTHERS)

_work = st.sampled_from(WORKS)
_creation = st.sampled_from((*WORKS, "segment:a"))
_any_source = st.sampled_from(tuple(CITED.values()))
_few = st.integers(1, 2)
_text = st.sampled_from(("Akira", "Memories", "大友"))


def _entity(id_: str, name: str, cited: Cited, **more: Any) -> Entity:
    type_ = EntityType(id_.partition(":")[0].title())
    parent = "work:c" if type_ == EntityType.SEGMENT else None
    names = (Name(name, "OFFICIAL", "en", cited), *more.pop("names", ()))
    return Entity(type_, id_, id_.replace(":", "-"), names, cited, parent=parent, **more)


@st.composite
def _entities(
    draw: st.DrawFn, ids: tuple[str, ...], cited_by: st.SearchStrategy[Cited]
) -> tuple[Entity, ...]:
    found = []
    for id_ in ids:
        cited = draw(cited_by)
        source = cited[0].source
        runtime = st.builds(Value, st.just("runtimeMinutes"), _few, st.just(source))
        nothing = st.none()
        image = st.builds(
            Image, _text, st.just("POSTER"), nothing, nothing, nothing, st.just(cited)
        )
        named = st.builds(Name, _text, st.just("ALIAS"), st.just("ja"), cited_by)
        external = st.builds(ExternalId, st.just("mal"), _text, st.none(), st.just(cited))
        found.append(
            _entity(
                id_,
                draw(_text),
                cited,
                values=tuple(draw(st.lists(runtime, max_size=1))),
                names=tuple(draw(st.lists(named, max_size=2))),
                external_ids=tuple(draw(st.lists(external, max_size=1))),
                images=tuple(draw(st.lists(image, max_size=1))),
            )
        )
    return tuple(found)


def _some(*fields: Any) -> Any:
    return st.lists(st.builds(*fields), max_size=3).map(tuple)


@st.composite
def datasets(
    draw: st.DrawFn, origin: str, ids: tuple[str, ...], cited_by: st.SearchStrategy[Cited]
) -> Dataset:
    person, character = st.sampled_from(PEOPLE), st.sampled_from(CHARACTERS)
    role = st.sampled_from(("director", "composer"))
    kind = st.sampled_from(("sequel", "references", "side-story"))
    position = st.none() | _few
    credit = st.builds(
        Credit, person, role, _creation, cited_by, st.none() | character, position=position
    )
    return Dataset(
        origin,
        draw(_entities(ids, cited_by)),
        tuple(draw(st.lists(credit, max_size=4))),
        appearances=draw(
            _some(Appearance, character, _creation, cited_by, st.just("MAIN"), position)
        ),
        taggings=draw(
            _some(Tagging, _work, st.sampled_from(("term:a", "term:b")), cited_by, position)
        ),
        relations=tuple(
            each
            for each in draw(_some(Relation, _work, kind, _work, cited_by, st.none() | _text))
            if each.start != each.target
        ),
        releases=draw(_some(Release, _work, cited_by, st.just("JP"), st.none() | _text)),
        scorings=draw(_some(Scoring, _work, st.just("soundtrack:a"), cited_by)),
        franchise_entries=draw(
            _some(
                FranchiseEntry, st.just("franchise:a"), _work, cited_by, st.none() | st.floats(1, 3)
            )
        ),
        lists=draw(
            st.lists(
                st.lists(_work, max_size=3, unique=True).map(
                    lambda works: KeptList(
                        f"list:{origin}", "x", "y", 3, tuple(works), CITED["ann"]
                    )
                ),
                max_size=1,
            ).map(tuple)
        ),
    )


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Dataset, ...]:
    """The first import knows everything, from several sources; the others speak of some of it,
    each from one.
    """
    some = st.lists(st.sampled_from(EVERYTHING), max_size=4, unique=True).map(tuple)
    return (
        draw(datasets(ORIGINS[0], EVERYTHING, _any_source)),
        draw(datasets(ORIGINS[1], draw(some), st.just(CITED["wiki"]))),
        draw(datasets(ORIGINS[2], draw(some), st.just(CITED["ann"]))),
    )


PAIRS = st.sampled_from(
    [
        ("work:a", "work:b"),
        ("work:b", "work:c"),
        ("work:c", "work:a"),
        ("person:a", "person:b"),
        ("character:b", "character:a"),
        ("term:a", "term:b"),
    ]
)


class Held(NamedTuple):
    """All that the graph holds but the vocabulary, without when it was written."""

    nodes: list[Any]
    edges: list[Any]


KEPT = "Schema|Role|Source|RelationKind|Revision|Import"


async def held(client: Client) -> Held:
    nodes = f"MATCH (n:!({KEPT})) RETURN labels(n), properties(n)"
    edges = f"""MATCH (a:!({KEPT}))-[e]->(b)
RETURN labels(a), a.id, type(e), properties(e), labels(b), b.id"""
    found = [
        [sorted(labels), _undated(properties)] for labels, properties in await client.read(nodes)
    ]
    return Held(sorted(found, key=str), sorted(await client.read(edges), key=str))


def _undated(properties: dict[str, Any]) -> dict[str, Any]:
    return {name: properties[name] for name in sorted(properties) if name != "updatedAt"}


async def clear(client: Client) -> None:
    """Leave the schema and the vocabulary."""
    await client.write("MATCH (n:!(Schema|Role|Source|RelationKind)) DETACH DELETE n")
