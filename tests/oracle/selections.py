"""Strategies: questions as trees of fields, over the whole schema, of things that there are."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    TypeNameMetaFieldDef,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
    is_list_type,
    is_required_argument,
)
from hypothesis import strategies as st

from tests.oracle.arguments import value
from tests.oracle.catalogue import CREATIONS, Thing, known
from tests.oracle.contract import CONTRACT
from tests.oracle.questions import ABOUT, filters

Composite: TypeAlias = GraphQLObjectType | GraphQLInterfaceType

HOPS = 2
"""How many lists and things lie within each other: planning takes Neo4j longer with each."""
DEAR = frozenset(
    {"similar", "recommendations", "collaborators", "related", "paths", "search", "facets"}
)
"""What takes Neo4j long."""
PARTS_OF_PAGES = frozenset({"nodes", "edges", "node", "pageInfo"})
LOOKUPS = ("id", "slug", "externalId")
SLUGS = {"work": "memories", "segment": "magnetic-rose", "person": "katsuhiro-otomo"}
LANGUAGES = ("ja", "en", "zh", "ja-Latn", "ja-jp", "fr", "en-US")
_ROWS = st.sampled_from((2, 1, 3, 5, 0))
NUMBERS = {
    "first": _ROWS,
    "last": _ROWS,
    "maxLength": st.integers(1, 3),
    "maxDegree": st.integers(1, 200),
}
WORDS = {"roles": ("director", "music", "nothing"), "relations": ("sequel", "references")}
ENDS = ("Work", "Person")
LIKED = ("likes", "dislikes", "exclude")


class Field(NamedTuple):
    """A field under its response key, and what is selected below it."""

    key: str
    name: str
    arguments: Mapping[str, Any] = MappingProxyType({})
    below: tuple["Field | Part", ...] = ()


class Part(NamedTuple):
    """What is asked only of things of a type."""

    type: str
    below: tuple[Field, ...]


Selections: TypeAlias = tuple[Field | Part, ...]
Level: TypeAlias = dict[str, tuple[Composite, Field]]
"""The fields of one object by their keys, each with the type of which it was asked first."""


def composite(name: str) -> Composite:
    type_ = CONTRACT.type_map[name]
    assert isinstance(type_, Composite)
    return type_


def definition(type_: Composite, name: str) -> GraphQLField:
    return TypeNameMetaFieldDef if name == "__typename" else type_.fields[name]


def led_to(type_: Composite, field: Field) -> Composite:
    """The type of what the field leads to."""
    return composite(get_named_type(definition(type_, field.name).type).name)


def walked(type_: Composite, selections: Selections) -> Iterator[tuple[Composite, Field]]:
    """All fields, each with the type that has it."""
    for each in selections:
        if isinstance(each, Part):
            yield from walked(composite(each.type), each.below)
        else:
            yield type_, each
            if each.below:
                yield from walked(led_to(type_, each), each.below)


def replaced(question: tuple[Field, ...], old: Field, new: Field) -> tuple[Field, ...]:
    """The same question, in which ``new`` stands wherever ``old`` did and it can."""

    def within(type_: Composite, selections: Any) -> Any:
        return tuple(field(type_, each) for each in selections)

    def field(type_: Composite, each: Field | Part) -> Field | Part:
        if isinstance(each, Part):
            return each._replace(below=within(composite(each.type), each.below))
        if each == old and new.arguments.keys() <= definition(type_, each.name).args.keys():
            return new
        return each._replace(below=within(led_to(type_, each), each.below)) if each.below else each

    found: tuple[Field, ...] = within(composite("Query"), question)
    return found


@st.composite
def questions(draw: st.DrawFn) -> tuple[Field, ...]:
    """Root fields, of which hardly ever two take long."""
    query, asked = composite("Query"), _Asked(draw)
    light = sorted(query.fields.keys() - DEAR)
    first = draw(st.sampled_from(light) | st.sampled_from(sorted(query.fields)))
    further = draw(st.lists(st.sampled_from(["__typename", *light]), max_size=2))
    level: Level = {}
    for name in [first, *further]:
        asked.field(query, name, level, HOPS)
    return tuple(each for _, each in level.values())


class _Asked:
    """Draws fields; ``hops`` are left."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw

    def selections(self, type_: Composite, hops: int) -> Selections:
        level: Level = {}
        found: list[Field | Part] = []
        for _ in range(self.draw(st.sampled_from((2, 3, 1, 4)))):
            if isinstance(type_, GraphQLInterfaceType) and self.draw(st.booleans()):
                found.append(self._part(type_, level, hops))
            else:
                found.append(self._any_field(type_, level, hops))
        return tuple(found)

    def _part(self, type_: GraphQLInterfaceType, level: Level, hops: int) -> Part:
        below = CONTRACT.get_implementations(type_)
        types = [type_, *type_.interfaces, *below.interfaces, *below.objects, *below.objects]
        part = self.draw(st.sampled_from(types))
        fields = [self._any_field(part, level, hops) for _ in range(self.draw(st.integers(1, 3)))]
        return Part(part.name, tuple({each.key: each for each in fields}.values()))

    def _any_field(self, type_: Composite, level: Level, hops: int) -> Field:
        """One that the level has already, or another."""
        again = [each for of, each in level.values() if _same(type_, of, each)]
        if again and self.draw(st.integers(0, 5)) == 5:
            chosen: Field = self.draw(st.sampled_from(again))
            return chosen
        return self.field(type_, self.draw(st.sampled_from(_names(type_, hops))), level, hops)

    def field(self, type_: Composite, name: str, level: Level, hops: int) -> Field:
        defined = definition(type_, name)
        key = name if self.draw(st.integers(0, 4)) < 4 else f"{name}Too"
        while key in level:
            key += "Again"
        named = get_named_type(defined.type)
        further = () if is_leaf_type(named) else self._below(name, composite(named.name), hops)
        found = Field(key, name, self._arguments(type_, name, defined), further)
        level[key] = type_, found
        return found

    def _below(self, name: str, type_: Composite, hops: int) -> Selections:
        left = hops if name in PARTS_OF_PAGES else hops - 1
        return self.selections(type_, left)

    def _arguments(self, type_: Composite, name: str, field: GraphQLField) -> dict[str, Any]:
        if "slug" in field.args:
            ways = sorted(field.args.keys() & set(LOOKUPS))
            ways = [each for each in ways if each != "slug" or name in SLUGS]
            names = [self.draw(st.sampled_from(["id", *ways]))]
        else:
            names = [
                each
                for each, argument in field.args.items()
                if each not in ("after", "before", "last")
                and (is_required_argument(argument) or self._wanted(each))
            ]
            if "last" in field.args and "first" not in names and self.draw(st.booleans()):
                names.append("last")
        return {each: self._argument(name, field, each, field.args[each]) for each in names}

    def _wanted(self, name: str) -> bool:
        """Filters and orders take Neo4j longer."""
        rarely = 1 if name in ("first", "maxLength", "languages") else 4
        return self.draw(st.integers(0, rarely)) == rarely

    def _argument(
        self, name: str, field: GraphQLField, argument: str, defined: GraphQLArgument
    ) -> Any:
        named = get_named_type(defined.type)
        if argument in NUMBERS:
            return self.draw(NUMBERS[argument])
        if argument == "slug":
            return SLUGS[name]
        if argument == "externalId":
            return self._external_id(field)
        listed = is_list_type(get_nullable_type(defined.type))
        if named.name == "ID":
            found = self._id(argument, field)
            return (
                self.draw(st.lists(found, min_size=1, max_size=3)) if listed else self.draw(found)
            )
        if named.name == "LanguageTag":
            language = st.sampled_from(LANGUAGES)
            return self.draw(st.lists(language, max_size=3) if listed else language)
        if named.name in ABOUT:
            return self.draw(filters(named.name, depth=1))
        return self.draw(value(defined.type, argument))

    def _external_id(self, field: GraphQLField) -> dict[str, str]:
        things = [each for each in _things(field) if each.external_ids]
        site, id_ = self.draw(st.sampled_from(things)).external_ids[0]
        return {"site": site, "id": id_}

    def _id(self, argument: str, field: GraphQLField) -> st.SearchStrategy[str]:
        """Mostly of a thing of which much is known."""
        if argument in WORDS:
            return st.sampled_from(WORDS[argument])
        kinds: dict[str, tuple[str, ...]] = dict.fromkeys(LIKED, CREATIONS)
        kinds |= {"from": ENDS, "to": ENDS}
        things = known().of(*kinds[argument]) if argument in kinds else _things(field)
        ids = [each.id for each in sorted(things, key=_links, reverse=True)]
        return st.sampled_from(ids[: len(ids) // 10 + 1]) | st.sampled_from([*ids, "nothing"])


def _links(thing: Thing) -> int:
    return sum(map(len, thing.links.values()))


def _things(field: GraphQLField) -> list[Thing]:
    """What there is of the field's type."""
    type_ = composite(get_named_type(field.type).name)
    if isinstance(type_, GraphQLInterfaceType):
        return known().of(*(each.name for each in CONTRACT.get_possible_types(type_)))
    return known().of(type_.name)


def _names(type_: Composite, hops: int) -> list[str]:
    """The fields to choose from: some mean little, others would lead too far."""
    leaves = [
        name for name, field in type_.fields.items() if is_leaf_type(get_named_type(field.type))
    ]
    others = [name for name in type_.fields if name not in leaves]
    if type_.name.endswith(("Connection", "Edge")):
        return ["__typename", *leaves, *3 * [each for each in others if each not in DEAR]]
    if not hops:
        return ["__typename", *leaves]
    light = [each for each in others if each not in DEAR]
    return ["__typename", *2 * leaves, *4 * light, *others]


def _same(type_: Composite, of: Composite, field: Field) -> bool:
    """Whether a type has a field that is the same for clients as this one ``of`` another."""
    if field.name not in ("__typename", *type_.fields):
        return False
    this, other = definition(type_, field.name), definition(of, field.name)
    given = [(this.args.get(name), other.args[name]) for name in field.arguments]
    return this.type == other.type and all(one and one.type == two.type for one, two in given)
