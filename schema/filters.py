"""Filters: what a list may be narrowed by."""

from typing import Optional

import strawberry
from strawberry import ID

from schema.enums import CreationType, TermKind, WorkKind
from schema.fields import key
from schema.scalars import LanguageTag, PartialDate

_AND = "All of these hold."
_OR = "At least one of these holds; none of an empty list."
_NOT = "This does not hold."
_SOME = "At least one of them satisfies this."
_ALL = "None of them fails to satisfy this; so it holds where there are none."
_NONE = "None of them satisfies this."
_SINGLE = "Exactly one of them satisfies this."
_COUNT = "How many there are."


@strawberry.input(description="Compares an identifier.")
class IDFilter:
    is_: ID | None = key("Equal to this.", "is")
    in_: list[ID] | None = key("One of these.", "in")
    not_: ID | None = key("Not this.", "not")


@strawberry.input(
    description="Any of the names, in any language, without regard to case, width and accents; "
    "whole names also without regard to word order and to the long vowels of romanised Japanese."
)
class NameFilter:
    is_: str | None = key("The whole name.", "is")
    in_: list[str] | None = key("One of these whole names.", "in")
    starts_with: str | None = key("How the name begins.")
    contains: str | None = key("Letters within the name.")


@strawberry.input(description="Compares a whole number. What is unknown matches nothing.")
class IntFilter:
    eq: int | None = key("Equal to this.")
    in_: list[int] | None = key("One of these.", "in")
    gt: int | None = key("Greater than this.")
    gte: int | None = key("This or greater.")
    lt: int | None = key("Less than this.")
    lte: int | None = key("This or less.")


@strawberry.input(description="Compares a number. What is unknown matches nothing.")
class FloatFilter:
    eq: float | None = key("Equal to this.")
    gt: float | None = key("Greater than this.")
    gte: float | None = key("This or greater.")
    lt: float | None = key("Less than this.")
    lte: float | None = key("This or less.")


@strawberry.input(
    description="Compares a date, written as text. A year or month stands for all its days: "
    '{lte: "1995"} includes December 1995, {gt: "1995"} begins in 1996.'
)
class DateFilter:
    eq: PartialDate | None = key("Within this day, month or year.")
    gt: PartialDate | None = key("After it.")
    gte: PartialDate | None = key("Within it or after.")
    lt: PartialDate | None = key("Before it.")
    lte: PartialDate | None = key("Within it or before.")


@strawberry.input(description="Compares the kind of a work.")
class WorkKindFilter:
    is_: WorkKind | None = key("This kind.", "is")
    in_: list[WorkKind] | None = key("One of these kinds.", "in")
    not_: WorkKind | None = key("Any other kind.", "not")


@strawberry.input(description="Compares the type of a creation.")
class CreationTypeFilter:
    is_: CreationType | None = key("This type.", "is")
    in_: list[CreationType] | None = key("One of these types.", "in")


@strawberry.input(description="An identifier on another site.")
class ExternalIdFilter:
    site: str = strawberry.field(description="The site, as in `externalIds`: bangumi, ann.")
    id: str = strawberry.field(description="The identifier there.")


@strawberry.input(description="A role and, unless exact, everything below it in the hierarchy.")
class RoleFilter:
    is_: ID | None = key("This role.", "is")
    in_: list[ID] | None = key("One of these roles.", "in")
    not_: ID | None = key("Any other role.", "not")
    exact: bool | None = strawberry.field(
        default=False, description="Only the roles named, not those below them."
    )


@strawberry.input(description="Which terms.")
class TermFilter:
    id: IDFilter | None = key("By identifier.")
    name: NameFilter | None = key("By name.")
    kind: TermKind | None = key("By kind.")


@strawberry.input(description="Which franchises.")
class FranchiseFilter:
    id: IDFilter | None = key("By identifier.")
    name: NameFilter | None = key("By name.")


@strawberry.input(description="Which credits.")
class CreditFilter:
    and_: list["CreditFilter"] | None = key(_AND, "and")
    or_: list["CreditFilter"] | None = key(_OR, "or")
    not_: Optional["CreditFilter"] = key(_NOT, "not")
    id: IDFilter | None = key("By identifier.")
    role: RoleFilter | None = key("What was done.")
    contributor: Optional["ContributorFilter"] = key("Who did it.")
    on: Optional["CreationFilter"] = key("On what it was done.")
    character: Optional["CharacterFilter"] = key("Whose part was played.")
    language: LanguageTag | None = key("In which language.")


@strawberry.input(description="Of a thing's credits.")
class CreditsFilter:
    some: CreditFilter | None = key(_SOME)
    all: CreditFilter | None = key(_ALL)
    none: CreditFilter | None = key(_NONE)
    single: CreditFilter | None = key(_SINGLE)
    count: IntFilter | None = key(_COUNT)


@strawberry.input(description="Which people and organizations.")
class ContributorFilter:
    and_: list["ContributorFilter"] | None = key(_AND, "and")
    or_: list["ContributorFilter"] | None = key(_OR, "or")
    not_: Optional["ContributorFilter"] = key(_NOT, "not")
    id: IDFilter | None = key("By identifier.")
    name: NameFilter | None = key("By name.")
    credits: CreditsFilter | None = key("By what they are credited for.")


@strawberry.input(description="Which people.")
class PersonFilter:
    and_: list["PersonFilter"] | None = key(_AND, "and")
    or_: list["PersonFilter"] | None = key(_OR, "or")
    not_: Optional["PersonFilter"] = key(_NOT, "not")
    id: IDFilter | None = key("By identifier.")
    name: NameFilter | None = key("By name.")
    born: DateFilter | None = key("By date of birth.")
    credits: CreditsFilter | None = key("By what they are credited for.")


@strawberry.input(description="Which works, segments, soundtracks and tracks.")
class CreationFilter:
    and_: list["CreationFilter"] | None = key(_AND, "and")
    or_: list["CreationFilter"] | None = key(_OR, "or")
    not_: Optional["CreationFilter"] = key(_NOT, "not")
    id: IDFilter | None = key("By identifier.")
    type: CreationTypeFilter | None = key("By type.")
    name: NameFilter | None = key("By name.")
    released: DateFilter | None = key("By release.")
    work: Optional["WorkFilter"] = key("It is a work that satisfies this.")
    segment: Optional["SegmentFilter"] = key("It is a segment that satisfies this.")
    credits: CreditsFilter | None = key("By its credits.")
    nsfw: bool | None = key("Whether it is not safe for work.")


@strawberry.input(description="Which segments.")
class SegmentFilter:
    and_: list["SegmentFilter"] | None = key(_AND, "and")
    or_: list["SegmentFilter"] | None = key(_OR, "or")
    not_: Optional["SegmentFilter"] = key(_NOT, "not")
    id: IDFilter | None = key("By identifier.")
    name: NameFilter | None = key("By name.")
    work: Optional["WorkFilter"] = key("By the work it belongs to.")
    position: FloatFilter | None = key("By its place in the work, from 1.")
    runtime_minutes: IntFilter | None = key("By length in minutes.")
    credits: CreditsFilter | None = key("By its credits.")
    nsfw: bool | None = key("Whether it is not safe for work.")


@strawberry.input(description="Of a work's segments.")
class SegmentsFilter:
    some: SegmentFilter | None = key(_SOME)
    all: SegmentFilter | None = key(_ALL)
    none: SegmentFilter | None = key(_NONE)
    single: SegmentFilter | None = key(_SINGLE)
    count: IntFilter | None = key(_COUNT)


@strawberry.input(description="Of a work's terms.")
class TermsFilter:
    some: TermFilter | None = key(_SOME)
    all: TermFilter | None = key(_ALL)
    none: TermFilter | None = key(_NONE)
    single: TermFilter | None = key(_SINGLE)
    count: IntFilter | None = key(_COUNT)


@strawberry.input(description="Which characters.")
class CharacterFilter:
    and_: list["CharacterFilter"] | None = key(_AND, "and")
    or_: list["CharacterFilter"] | None = key(_OR, "or")
    not_: Optional["CharacterFilter"] = key(_NOT, "not")
    id: IDFilter | None = key("By identifier.")
    name: NameFilter | None = key("By name.")
    credits: CreditsFilter | None = key("By the credits of those who play it.")


@strawberry.input(description="Of a work's characters, those of its segments included.")
class CharactersFilter:
    some: CharacterFilter | None = key(_SOME)
    all: CharacterFilter | None = key(_ALL)
    none: CharacterFilter | None = key(_NONE)
    single: CharacterFilter | None = key(_SINGLE)
    count: IntFilter | None = key(_COUNT)


@strawberry.input(description="Which relations.")
class RelationFilter:
    kind: IDFilter | None = key("By kind, as read from this side: sequel, references.")
    continuity: bool | None = key("Whether both are part of the same line of works.")
    to: Optional["WorkFilter"] = key("It leads to a work that satisfies this.")


@strawberry.input(description="Of a work's relations.")
class RelationsFilter:
    some: RelationFilter | None = key(_SOME)
    none: RelationFilter | None = key(_NONE)
    count: IntFilter | None = key(_COUNT)


@strawberry.input(description="Of the franchises that a work belongs to.")
class FranchisesFilter:
    some: FranchiseFilter | None = key(_SOME)
    none: FranchiseFilter | None = key(_NONE)
    count: IntFilter | None = key(_COUNT)


@strawberry.input(description="Which works.")
class WorkFilter:
    and_: list["WorkFilter"] | None = key(_AND, "and")
    or_: list["WorkFilter"] | None = key(_OR, "or")
    not_: Optional["WorkFilter"] = key(_NOT, "not")
    id: IDFilter | None = key("By identifier.")
    external_id: ExternalIdFilter | None = key("By an identifier on another site.")
    kind: WorkKindFilter | None = key("By kind.")
    name: NameFilter | None = key("By name.")
    released: DateFilter | None = key("By first release.")
    runtime_minutes: IntFilter | None = key("By length in minutes.")
    rating: FloatFilter | None = key("By rating, 0 to 10.")
    credits: CreditsFilter | None = key("By its credits, without those of its segments.")
    segments: SegmentsFilter | None = key("By its segments.")
    characters: CharactersFilter | None = key("By its characters.")
    terms: TermsFilter | None = key("By its genres, themes and tags.")
    relations: RelationsFilter | None = key("By what it is related to.")
    franchises: FranchisesFilter | None = key("By the franchises it belongs to.")
    nsfw: bool | None = key("Whether it is not safe for work.")
