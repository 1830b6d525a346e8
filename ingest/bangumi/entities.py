"""What a row says of the entity itself: names, values, ids, as this source's statements."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Final

from ingest.bangumi.infobox import NAME_KEYS, Infobox
from ingest.bangumi.names import Spelling, slug_source
from ingest.bangumi.prose import prose, prose_language
from ingest.bangumi.quantities import date_numbers, partial_date
from ingest.catalog.vocabulary import CATALOG, read_words
from ingest.identity import BANGUMI, shortened, slugify
from ingest.records import Citation, Cited, Entity, EntityType, ExternalId, Name, Row, Scalar, Value

NOT_KNOWN: Final = frozenset({"", "0000-00-00"})


@cache
def _addresses() -> Mapping[str, Mapping[str, str]]:
    return read_words(CATALOG).addresses


def entity_id(type_: EntityType, id_: int) -> str:
    return f"{type_.lower()}:{BANGUMI}-{id_}"


def address(type_: EntityType, site: str, id_: str) -> str | None:
    """The page of that site on it."""
    form = _addresses().get(site, {}).get(type_.lower())
    return form.replace("{id}", id_) if form else None


def cited(type_: EntityType, id_: int) -> Cited:
    return (Citation(BANGUMI, address(type_, BANGUMI, str(id_))),)


def entity(
    type_: EntityType,
    id_: int,
    names: Iterable[Spelling],
    values: Iterable[tuple[str, Scalar | None]],
    row: Row,
    *,
    parent: str | None = None,
    other_ids: Iterable[tuple[str, str]] = (),
) -> Entity:
    """`other_ids` are ids on other sites. Values that are None are not stated."""
    known = list(names)
    source = cited(type_, id_)
    ids = [(BANGUMI, str(id_)), *other_ids]
    return Entity(
        type=type_,
        id=entity_id(type_, id_),
        slug=_slug(known, parent),
        names=tuple(Name(each.text, each.kind, each.language, source) for each in known),
        cited=source,
        values=tuple(Value(name, given, BANGUMI) for name, given in values if given is not None),
        external_ids=tuple(
            ExternalId(site, each, address(type_, site, each), source) for site, each in ids
        ),
        parent=parent,
        row=row,
    )


def _slug(names: list[Spelling], parent: str | None) -> str:
    """A part that has a number in its name has its work's id before it: many have the same."""
    slug = slugify(slug_source(names))
    is_numbered = slug.rpartition("-")[2].isdigit()
    return f"{parent.partition(':')[2]}-{slug}" if parent and is_numbered else slug


def described(text: str) -> Iterator[tuple[str, Scalar | None]]:
    """A description, and the language that it seems to be in."""
    description = prose(text)
    if description:
        yield "description", description
        yield "descriptionLanguage", prose_language(description)


class Notes:
    """What a person should look at in one row, although nothing is lost by it."""

    def __init__(self, row: Row, problems: Iterable[str] = ()) -> None:
        self.place = f"{row.table}:{row.line}"
        self.texts = [f"{self.place}: {problem}" for problem in problems]

    def add(self, problem: str) -> None:
        self.texts.append(f"{self.place}: {problem}")

    def infobox(self, text: str) -> Infobox:
        infobox = Infobox(text)
        if infobox.problem is not None:
            self.add(f"infobox: {infobox.problem}")
        for name in infobox.values(*NAME_KEYS):
            if shortened(name) != name:
                self.add(f"infobox: a name is cut after {len(shortened(name))} characters")
        return infobox

    def date(self, what: str, text: str) -> str | None:
        """The date, of the precision given; one that no calendar has is noted, not taken."""
        if text in NOT_KNOWN:
            return None
        found = partial_date(text)
        if found is not None and _is_cut(text, found):
            self.add(f"{what}: {text[:40]!r} is no date")
            return None
        return found


def _is_cut(text: str, found: str) -> bool:
    """Whether the text says more than could be taken for a date: a 13th month, a 31st of June."""
    given = [number for number in date_numbers(text) if int(number)]
    return len(given) > found.count("-") + 1


def in_order(born: str | None, died: str | None) -> bool:
    """Whether the first can have been before the second, and not in the future."""
    if born is None:
        return True
    today = date.today().isoformat()
    shortest = min(len(born), len(died or today))
    return born[:shortest] <= (died or today)[:shortest]
