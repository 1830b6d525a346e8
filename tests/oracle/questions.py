"""Strategies: filters made from the schema's own input types, with the catalogue's own values.

A filter is drawn about some thing, so that it mostly says of it what is so: its names, its dates,
the roles of its credits. Otherwise nearly every answer would be empty.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    get_named_type,
)
from hypothesis import strategies as st

from tests.examples import TIMES
from tests.oracle.catalogue import CONTRIBUTORS, CREATIONS, Thing, known
from tests.oracle.contract import CONTRACT

DEPTH = 2 if TIMES == 1 else 3
"""How far filters lead from their thing: planning takes Neo4j longer with each step."""

ABOUT: dict[str, tuple[str, ...]] = {
    "WorkFilter": ("Work",),
    "SegmentFilter": ("Segment",),
    "CreationFilter": CREATIONS,
    "ContributorFilter": CONTRIBUTORS,
    "PersonFilter": ("Person",),
    "CharacterFilter": ("Character",),
    "TermFilter": ("Term",),
    "FranchiseFilter": ("Franchise",),
    "CreditFilter": ("Credit",),
    "RelationFilter": ("Relation",),
}
"""The types of things that a filter can be about."""


LOGIC = ("and", "or", "not")


class Question(NamedTuple):
    """A list of Query's and a filter for it."""

    field: str
    type: str
    where: dict[str, Any]


class Quantified(NamedTuple):
    """A list of Query's, what hangs on its things, and a filter of that. ``negatable``: it can
    stand in a ``not``.
    """

    question: Question
    link: str
    where: dict[str, Any]
    negatable: bool


def _keys(type_: str) -> set[str]:
    return {*_input(type_).fields}


def list_fields() -> dict[str, str]:
    """The lists of Query that are all things of a type: the filters' types by the fields."""
    assert CONTRACT.query_type
    return {
        name: get_named_type(field.args["where"].type).name
        for name, field in CONTRACT.query_type.fields.items()
        if "where" in field.args
        and not any(isinstance(each.type, GraphQLNonNull) for each in field.args.values())
    }


def kinds_of(field: str) -> tuple[str, ...]:
    """The types of things in a list of Query's."""
    assert CONTRACT.query_type
    connection = get_named_type(CONTRACT.query_type.fields[field].type)
    assert isinstance(connection, GraphQLObjectType)
    return (get_named_type(connection.fields["nodes"].type).name,)


@st.composite
def questions(draw: st.DrawFn, with_keys: Sequence[str] = ()) -> Question:
    """``with_keys`` are keys that the filter's type must have."""
    types = [each for each in sorted(list_fields().items()) if {*with_keys} <= _keys(each[1])]
    field, type_ = draw(st.sampled_from(types))
    return Question(field, type_, draw(filters(type_, _any(draw, kinds_of(field)))))


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Question, Question]:
    """Two of the same list."""
    one = draw(questions(LOGIC))
    other = draw(filters(one.type, _any(draw, kinds_of(one.field))))
    return one, one._replace(where=other)


@st.composite
def quantified(draw: st.DrawFn, with_keys: Sequence[str] = ()) -> Quantified:
    """A filter for a ``some`` of a list's things; ``with_keys`` are other quantifiers it needs."""
    found = [
        (field, type_, link, inner)
        for field, type_ in sorted(list_fields().items())
        for link, key in sorted(_input(type_).fields.items())
        if isinstance(inner := get_named_type(key.type), GraphQLInputObjectType)
        and {"some", *with_keys} <= inner.fields.keys()
    ]
    field, type_, link, inner = draw(st.sampled_from(found))
    filtered = get_named_type(inner.fields["some"].type)
    assert isinstance(filtered, GraphQLInputObjectType)
    where = draw(filters(filtered.name))
    return Quantified(Question(field, type_, {}), link, where, "not" in filtered.fields)


@st.composite
def filters(draw: st.DrawFn, type_: str, *things: Thing, depth: int = DEPTH) -> dict[str, Any]:
    """A filter of an input type, about one of the ``things``, if any are given."""
    return draw(_about(_input(type_), _one_of(draw, things, ABOUT[type_]), depth))


@st.composite
def comparisons(draw: st.DrawFn, type_: str, kind: str, key: str) -> dict[str, Any]:
    """A comparison of what stands under ``key`` of a thing of that kind."""
    return draw(_comparison(_input(type_), _any(draw, (kind,)), key))


def _input(name: str) -> GraphQLInputObjectType:
    type_ = CONTRACT.type_map[name]
    assert isinstance(type_, GraphQLInputObjectType)
    return type_


def _any(draw: st.DrawFn, kinds: Sequence[str]) -> Thing:
    """One of all things, or of the odd ones, of which there are few."""
    things = known().of(*kinds) or [Thing(kinds[0], "nothing")]
    odd = [thing for thing in things if "odd" in thing.id] or things
    return draw(st.sampled_from(things) | st.sampled_from(odd))


@st.composite
def _about(
    draw: st.DrawFn, type_: GraphQLInputObjectType, thing: Thing, depth: int
) -> dict[str, Any]:
    keys = sorted(name for name in type_.fields if depth or not _deep(type_.fields[name].type))
    if draw(st.sampled_from((True, True, True, False))):
        keys = [key for key in keys if _says_something(type_, key, thing)]
    count = draw(st.sampled_from((1, 1, 1, 2, 2, 3, 0)))
    chosen = draw(st.permutations(keys))[:count]
    return {key: draw(_operand(type_, key, thing, depth)) for key in chosen}


def _says_something(type_: GraphQLInputObjectType, key: str, thing: Thing) -> bool:
    """Whether there is anything to compare under a key."""
    if key in ("and", "or", "not", "externalId"):
        return key != "externalId" or bool(thing.external_ids)
    if type_.name == "CreationFilter" and key in ("work", "segment"):
        return thing.kind.lower() == key
    return bool(_values(thing, key) or thing.links[key])


def _deep(type_: GraphQLInputType) -> bool:
    """Whether it leads to filters of other things."""
    named = get_named_type(type_)
    return isinstance(named, GraphQLInputObjectType) and any(
        isinstance(get_named_type(field.type), GraphQLInputObjectType)
        for field in named.fields.values()
    )


@st.composite
def _operand(
    draw: st.DrawFn, type_: GraphQLInputObjectType, key: str, thing: Thing, depth: int
) -> Any:
    given = type_.fields[key].type
    named = get_named_type(given)
    if draw(st.integers(0, 39)) == 39 and not isinstance(given, GraphQLNonNull):
        return None
    if key in ("and", "or"):
        return draw(st.lists(_about(type_, thing, depth - 1), max_size=3))
    if key == "not" and named is type_:
        return draw(_about(type_, _any(draw, ABOUT[type_.name]), depth - 1))
    if not isinstance(named, GraphQLInputObjectType):
        return _value(draw, given, thing, key)
    if "some" in named.fields:
        return draw(_quantified(named, thing.links[key], depth))
    if _deep(named):
        itself = [thing] if type_.name == "CreationFilter" else thing.links[key]
        others = [other for other in itself if other.kind in ABOUT[named.name]]
        return draw(_about(named, _one_of(draw, others, ABOUT[named.name]), depth - 1))
    return draw(_comparison(named, thing, key))


def _one_of(draw: st.DrawFn, others: Sequence[Thing], kinds: Sequence[str]) -> Thing:
    return draw(st.sampled_from(others)) if others else _any(draw, kinds)


@st.composite
def _quantified(
    draw: st.DrawFn, type_: GraphQLInputObjectType, others: Sequence[Thing], depth: int
) -> dict[str, Any]:
    where = {}
    for key in draw(st.permutations(sorted(type_.fields)))[: draw(st.sampled_from((1, 1, 2)))]:
        named = get_named_type(type_.fields[key].type)
        assert isinstance(named, GraphQLInputObjectType)
        if key == "count":
            number = Thing("Number", "", {"count": len(others)})
            where[key] = draw(_comparison(named, number, "count"))
        else:
            about = _one_of(draw, [] if key == "none" else others, ABOUT[named.name])
            where[key] = draw(_about(named, about, depth - 1))
    return where


@st.composite
def _comparison(
    draw: st.DrawFn, type_: GraphQLInputObjectType, thing: Thing, key: str
) -> dict[str, Any]:
    """``key`` says what of the thing is compared."""
    if type_.name == "ExternalIdFilter":
        site, id_ = draw(st.sampled_from(thing.external_ids or (("nowhere", "0"),)))
        return {"site": site, "id": id_}
    names = draw(st.permutations(sorted(type_.fields)))[: draw(st.sampled_from((1, 1, 1, 2)))]
    return {
        name: _value(draw, type_.fields[name].type, _apart(draw, thing, name), key, name)
        for name in names
    }


def _apart(draw: st.DrawFn, thing: Thing, comparison: str) -> Thing:
    """What to compare a thing with so that it holds: itself, or another one."""
    number = thing.values.get("count")
    match comparison:
        case "gt" if number is not None:
            return Thing("Number", "", {"count": number - 1})
        case "lt" if number is not None:
            return Thing("Number", "", {"count": number + 1})
        case "gt" | "lt" | "not" if number is None:
            return _any(draw, (thing.kind,))
        case _:
            return thing


def _value(
    draw: st.DrawFn, type_: GraphQLInputType, thing: Thing, key: str, comparison: str = "eq"
) -> Any:
    if isinstance(type_, GraphQLNonNull):
        type_ = type_.of_type
    if isinstance(type_, GraphQLList):
        count = draw(st.sampled_from((1, 2, 3, 1, 2, 3, 0)))
        return [_value(draw, type_.of_type, thing, key) for _ in range(count)]
    if type_.name == "Boolean":
        return draw(st.booleans())
    own = _values(thing, key)
    if not own and isinstance(type_, GraphQLEnumType):
        own = list(type_.values)
    value = draw(st.sampled_from(own)) if own else draw(ODDITIES[type_.name])
    return draw(_varied(type_.name, value, comparison))


ODDITIES: dict[str, st.SearchStrategy[Any]] = {
    "ID": st.just("nothing"),
    "Int": st.integers(-1, 150),
    "Float": st.integers(-1, 10).map(float),
    "String": st.sampled_from(("", " ", "!!!", "a", "の")),
    "LanguageTag": st.sampled_from(("ja", "en")),
    "PartialDate": st.sampled_from(("1995", "1988-07", "1954-04-14")),
}
"""Values for what is not known of a thing."""


def _varied(type_: str, value: Any, comparison: str) -> st.SearchStrategy[Any]:
    """The value itself, or one that is close to it."""
    match type_, comparison:
        case "PartialDate", _:
            return st.sampled_from((value, value[:7], value[:4]))
        case "String", "startsWith" | "contains":
            return st.sampled_from((value, value[:3].upper(), value[:1], value[1:4], value[2:]))
        case "String", _:
            words = " ".join(reversed(value.split()))
            return st.sampled_from((value, words, value.upper()))
        case _:
            return st.just(value)


def _values(thing: Thing, key: str) -> list[Any]:
    """What is so of a thing, under the key of a filter."""
    match key:
        case "id":
            return [thing.id]
        case "name":
            return [name.text for name in thing.names]
        case "type":
            return [thing.kind.upper()]
        case "role":
            return [each.id for role in thing.links["role"] for each in role.links["within"]]
        case _:
            value = thing.values.get(key)
            return [] if value is None else [value]
