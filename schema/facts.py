"""What hangs on a thing and has no page of its own: names, pictures, sources."""

import strawberry
from strawberry import ID

from schema.enums import ImageKind, NameKind
from schema.fields import Argument, field
from schema.scalars import DateTime, LanguageTag, PartialDate

LANGUAGES = Argument(
    "languages", list[LanguageTag] | None, "Languages by preference: the first that has a name."
)


@strawberry.type(description="One of a thing's names.")
class Name:
    text: str = field("The name as written.")
    language: LanguageTag | None = field("Its language and script, where known.")
    kind: NameKind = field("What sort of name it is.")


@strawberry.type(description="A picture, by its address; it is not served from here.")
class Image:
    url: str = field("Where it is.")
    kind: ImageKind = field("What it shows.")
    width: int | None = field("In pixels.")
    height: int | None = field("In pixels.")
    caption: str | None = field("What is written under it.")


@strawberry.type(description="What another site knows the thing as.")
class ExternalId:
    site: str = field("The site: bangumi, ann.")
    id: str = field("The identifier there.")
    url: str | None = field("Its page there.")


@strawberry.type(description="Somebody who states facts.")
class Source:
    id: ID = field("Short and permanent: ann, bangumi, wiki.")
    name: str = field("What it calls itself.")
    url: str | None = field("Its front page.")
    license: str | None = field("The terms under which it gives its data, where it says so.")


@strawberry.type(description="That a source says so.")
class Citation:
    source: Source = field("Who says so.")
    url: str | None = field("Where it says so.")
    retrieved_at: DateTime | None = field("When that was read.")


@strawberry.type(description="What a source says about a thing, in its own words.")
class Description:
    text: str = field("The words.")
    language: LanguageTag | None = field("In which language, where known.")
    source: Source = field("Whose words they are.")


@strawberry.type(description="One of the values that sources give.")
class ConflictingValue:
    value: str = field("The value, as text.")
    sources: list[Citation] = field("Who gives it.")


@strawberry.type(description="A fact on which sources disagree.")
class Conflict:
    values: list[ConflictingValue] = field("What they say; the value in use comes first.")
    field: str = field("The field, or the role that is given to different people.")


@strawberry.type(description="A work's publication in one region and medium.")
class Release:
    region: str | None = field("ISO 3166 code: JP, US.")
    name: str | None = field("What it was called there.")
    date: PartialDate | None = field("When.")
    medium: str | None = field("On what: theatre, DVD, Blu-ray.")
    rating: str | None = field("The age rating there: R, PG-13.")
    runtime_minutes: int | None = field("The length of this release, where it differs.")
    sources: list[Citation] = field("Who says so.")


@strawberry.type(description="How one thing is tied to another: sequel, adaptation, references.")
class RelationKind:
    id: ID = field("Short and permanent: sequel.")
    name: str = field("Its name.", LANGUAGES)
    inverse: "RelationKind | None" = field("The same tie, read from the other side.")
    continuity: bool = field("Part of the same line of works.")
