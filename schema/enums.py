"""Enums of the API. A member's value is what the graph holds."""

from enum import Enum
from typing import Any

import strawberry


def _value(value: str, description: str) -> Any:
    return strawberry.enum_value(value, description=description)


@strawberry.enum(description="The form in which a work is told.")
class WorkKind(Enum):
    FILM = _value("FILM", "A feature film, anthologies included.")
    SERIES = _value("SERIES", "A series for television.")
    OVA = _value("OVA", "Made for home video.")
    ONA = _value("ONA", "Made for the web.")
    SPECIAL = _value("SPECIAL", "A single programme beside or outside a series.")
    SHORT = _value("SHORT", "A short film that stands alone.")
    MUSIC_VIDEO = _value("MUSIC_VIDEO", "Pictures to a song.")
    MANGA = _value("MANGA", "A comic.")
    NOVEL = _value("NOVEL", "A novel.")
    BOOK = _value("BOOK", "Any other book.")
    GAME = _value("GAME", "A game.")
    STAGE = _value("STAGE", "An opera, a play, a concert: performed before an audience.")
    OTHER = _value("OTHER", "Anything else.")


@strawberry.enum(description="What part of a work a segment is.")
class SegmentKind(Enum):
    SEGMENT = _value("SEGMENT", "A film within an anthology, with its own makers.")
    EPISODE = _value("EPISODE", "An episode of a series.")
    CHAPTER = _value("CHAPTER", "A chapter of a book or comic.")
    ACT = _value("ACT", "An act of a stage work.")


@strawberry.enum(description="What sort of name a name is.")
class NameKind(Enum):
    OFFICIAL = _value("OFFICIAL", "The name it goes by in this language.")
    ORIGINAL = _value("ORIGINAL", "The name in the language it was made in.")
    ROMANIZED = _value("ROMANIZED", "The original name in Latin letters.")
    ALIAS = _value("ALIAS", "Another name that is or was in use.")
    SHORT = _value("SHORT", "An abbreviation.")


@strawberry.enum(description="What a picture shows.")
class ImageKind(Enum):
    POSTER = _value("POSTER", "A film's poster.")
    COVER = _value("COVER", "The cover of a disc or book.")
    PORTRAIT = _value("PORTRAIT", "A person or character.")
    STILL = _value("STILL", "A frame of the work.")
    LOGO = _value("LOGO", "An organization's mark.")


@strawberry.enum(description="What sort of thing works have in common.")
class TermKind(Enum):
    GENRE = _value("GENRE", "What kind of story: science fiction, satire.")
    THEME = _value("THEME", "What it is about: war, memory.")
    TAG = _value("TAG", "What people filed it under, unsorted.")
    CONCEPT = _value("CONCEPT", "An idea or device that occurs in it.")
    PLACE = _value("PLACE", "Where it is set.")
    OBJECT = _value("OBJECT", "A thing that matters in it.")


@strawberry.enum(description="How large a part a character has.")
class Billing(Enum):
    MAIN = _value("MAIN", "A leading part.")
    SUPPORTING = _value("SUPPORTING", "A smaller part.")
    GUEST = _value("GUEST", "A passing appearance.")


@strawberry.enum(description="Where in a work a piece of music is heard.")
class MusicUse(Enum):
    OPENING = _value("OPENING", "Under the opening titles.")
    ENDING = _value("ENDING", "Under the closing titles.")
    INSERT = _value("INSERT", "A song within the work.")
    SCORE = _value("SCORE", "Part of the score.")


@strawberry.enum(description="What makes two things close.")
class ReasonKind(Enum):
    STAFF = _value("STAFF", "The same people made both.")
    CAST = _value("CAST", "The same people perform in both.")
    MUSIC = _value("MUSIC", "The same people made the music of both.")
    STUDIO = _value("STUDIO", "The same organizations stand behind both.")
    TERM = _value("TERM", "Genres, themes and tags apply to both.")
    FRANCHISE = _value("FRANCHISE", "Both belong to the same line of works.")
    RELATION = _value("RELATION", "One is tied to the other.")
    LIST = _value("LIST", "People put both on their lists.")
    ERA = _value("ERA", "Both came out at about the same time.")
    POPULARITY = _value("POPULARITY", "Many people know it.")


@strawberry.enum(description="The types of things that people are credited on.")
class CreationType(Enum):
    WORK = _value("WORK", "A whole work.")
    SEGMENT = _value("SEGMENT", "A part of a work.")
    SOUNDTRACK = _value("SOUNDTRACK", "An album of a work's music.")
    TRACK = _value("TRACK", "A piece on a soundtrack.")


@strawberry.enum(description="The types of things that have a page.")
class EntityType(Enum):
    WORK = _value("WORK", "A whole work.")
    SEGMENT = _value("SEGMENT", "A part of a work.")
    SOUNDTRACK = _value("SOUNDTRACK", "An album of a work's music.")
    TRACK = _value("TRACK", "A piece on a soundtrack.")
    PERSON = _value("PERSON", "Somebody who makes or performs works.")
    ORGANIZATION = _value("ORGANIZATION", "A studio, publisher, label or other body.")
    CHARACTER = _value("CHARACTER", "Somebody in a story.")
    FRANCHISE = _value("FRANCHISE", "A named line of works.")
    TERM = _value("TERM", "A genre, theme, tag, concept, place or object.")


@strawberry.enum(
    description="Which way a list is sorted. What has no value comes last, either way."
)
class Direction(Enum):
    ASC = _value("ASC", "From the smallest, earliest or first in the alphabet.")
    DESC = _value("DESC", "From the largest, latest or last in the alphabet.")


@strawberry.enum(description="The order of a franchise's entries.")
class FranchiseOrder(Enum):
    RELEASE = _value("RELEASE", "As they came out.")
    STORY = _value("STORY", "As the story goes; what has no place in it as it came out.")


@strawberry.enum(description="The kinds of ties that paths lead through.")
class PathTie(Enum):
    CREDIT = _value("CREDIT", "Somebody made or performed something.")
    RELATION = _value("RELATION", "A sequel, an adaptation, a reference.")
    PART = _value("PART", "A segment of a work, a track of a soundtrack.")
    MUSIC = _value("MUSIC", "A work's soundtrack, a track that is heard in it.")
    CHARACTER = _value("CHARACTER", "A character appears in it.")
    FRANCHISE = _value("FRANCHISE", "A work belongs to a franchise.")
    TERM = _value("TERM", "A genre, theme or tag of a work.")


@strawberry.enum(description="What is not as it seems about an entry's place in its franchise.")
class FranchiseGapKind(Enum):
    MISSING = _value("MISSING", "What stands before it in the story is not here.")
    UNPLACED = _value("UNPLACED", "Nothing tells its place in the story: it stands as released.")
    UNRELEASED = _value("UNRELEASED", "It is not out yet.")
    UNDATED = _value("UNDATED", "Nobody says when it came out: by release it stands last.")


@strawberry.enum(description="What a list folds into one row.")
class Collapse(Enum):
    FRANCHISE = _value("FRANCHISE", "The entries of a franchise, into the closest.")


@strawberry.enum(description="What the works of a list can be counted by.")
class WorkFacet(Enum):
    KIND = _value("KIND", "The form: film, series.")
    DECADE = _value("DECADE", "The decade of the first release: 1990.")
    YEAR = _value("YEAR", "The year of the first release: 1995.")
    GENRE = _value("GENRE", "Genres.")
    THEME = _value("THEME", "Themes.")
    TAG = _value("TAG", "Tags.")
    ORGANIZATION = _value("ORGANIZATION", "Studios and other organizations credited on the work.")
