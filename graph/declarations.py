"""What can be declared of the graph: properties, relations, filters, types.

Cypher in a declaration names the variables in scope as placeholders: ``{n}`` is the thing that has
the field, the others are bound by the declaration's own ``MATCH``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Property:
    """A value: an expression over the variables in scope."""

    cypher: str


@dataclass(frozen=True)
class Sentence(Property):
    """Words about what the expression gives: a list of the arguments of ``say``."""

    say: Callable[..., str]


@dataclass(frozen=True)
class Document(Property):
    """A JSON text of objects by their names, as a list of objects that have a ``key`` too."""

    key: str


@dataclass(frozen=True)
class DateProperty(Property):
    """A PartialDate, compared at the precision that a filter gives."""


@dataclass(frozen=True)
class Supposed(Property):
    """An enum's value that is ``stored``, or ``otherwise`` where nothing is known."""

    stored: str
    otherwise: str


@dataclass(frozen=True)
class Address(Property):
    """An entity's own ``property`` by which it is addressed: its id or slug. The address of what
    was merged into it finds it as well. ``among`` is the label under which an index finds it,
    where the type's own does not.
    """

    property: str
    among: str | None = None


@dataclass(frozen=True)
class Exclusion(Address):
    """An address that must not be among those that a filter gives."""


@dataclass(frozen=True)
class Minimum(Property):
    """A value that must be at least what a filter gives."""


DISPLAY_NAMES = {"en": "nameEn", "ja": "nameJa", "zh": "nameZh"}
"""The languages whose best name stands on the thing itself, and under which property."""


@dataclass(frozen=True)
class DisplayName:
    """The best name in the languages asked for, else the display name."""


@dataclass(frozen=True)
class Bound:
    """What a variable in scope already holds, as an object of type ``to``."""

    variable: str
    to: str


@dataclass(frozen=True)
class NameFilter:
    """Matches any of an entity's names by its key."""


@dataclass(frozen=True)
class RoleFilter:
    """Matches the role of the credit ``of`` and, unless exact, everything below it."""

    of: str = "n"


@dataclass(frozen=True)
class TieRoleFilter(RoleFilter):
    """Matches any of the roles of the tie ``of``, as that does one."""


@dataclass(frozen=True)
class ExternalIdFilter:
    """Matches an entity by an identifier on another site."""


@dataclass(frozen=True)
class TypeFilter:
    """Matches by label: WORK, SEGMENT, SOUNDTRACK, TRACK, PERSON and so on."""


@dataclass(frozen=True)
class Argument:
    """An argument that a relation's ``match`` speaks of as a placeholder. ``read`` makes the
    parameter of what the client gave, None if nothing; its ValueError completes "Argument 'x' of
    'y' ...".
    """

    read: Callable[[Any], Any]


@dataclass(frozen=True)
class Wording:
    """Such an argument that is a text, and becomes the forms in which names are looked for."""

    longest: int


@dataclass(frozen=True)
class Relation:
    """What a field leads to.

    ``match`` binds ``target`` (and whatever else ``edge`` speaks of), and may be followed by WHERE
    with the ``predicates``. ``order`` is the default
    order, ascending, nulls last, after the target's own orders that ``sorted_by`` names; the id
    breaks ties. ``variants`` give the relation that takes this one's place for an argument's
    value, and may have variants of their own. Arguments other than paging, ``where`` and
    ``orderBy`` must equal the target's property of their name, unless ``match`` uses them as
    placeholders; those that need reading are declared in ``arguments``, and filter the rows as well
    if a filter has their name. ``aggregates`` says that ``match`` does: Neo4j 5 takes no
    aggregation within an expression. Of rows for which ``once`` is the same, a plain list has the
    first. A list that is ``whole`` is not cut: a vocabulary, which does not grow with the
    catalogue. Where it is ``sparse``, few things have any.

    ``ranked`` is Cypher that follows the predicates, and leaves ``target`` and what it binds anew.

    With ``counts``, a variable that ``match`` binds, a row is one target, however many ways lead
    to it, and ``{counted}`` the list of the ``counts`` that do, each of which leads there once.
    """

    match: str
    to: str
    predicates: tuple[str, ...] = ()
    ranked: str = ""
    order: tuple[str, ...] = ()
    edge: Mapping[str, "Field"] = field(default_factory=dict)
    variants: Mapping[str, Mapping[Any, "Relation"]] = field(default_factory=dict)
    target: str = "m"
    identity: str = "{m}.id"
    filtered_as: str | None = None
    sorted_by: tuple[str, ...] = ()
    once: str | None = None
    counts: str | None = None
    arguments: Mapping[str, Argument | Wording] = field(default_factory=dict)
    aggregates: bool = False
    whole: bool = False
    sparse: bool = False

    @property
    def many(self) -> bool:
        """Whether it may lead to several things: these have an order."""
        return bool(self.order or self.sorted_by)

    @property
    def of_all(self) -> bool:
        """Whether it leads to everything of its type, from nowhere."""
        return self.match == f"MATCH ({{{self.target}}}:{self.to})"

    @property
    def several_ways(self) -> bool:
        """Whether it may lead to one thing more than once; what is filtered as a thing of its own
        is that thing once.
        """
        return self.identity != type(self).identity and not self.filtered_as


Field = Property | DisplayName | Bound | Relation
Filter = Field | NameFilter | RoleFilter | ExternalIdFilter | TypeFilter


@dataclass(frozen=True)
class Kind:
    """A type. ``condition`` tells it from the others of its interfaces; ``orders`` gives the
    path of fields to a key where it is not the field of the same name, ending in a property.
    ``inherits``: the variables, besides its own ``n``, of the relation that led to it which its
    declarations speak of. One thing of a kind that ``leads_far`` may be tied to thousands.
    The properties that are ``indexed`` find things by their values.
    """

    condition: str
    fields: Mapping[str, Field]
    filters: Mapping[str, Filter] = field(default_factory=dict)
    orders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    inherits: tuple[str, ...] = ()
    leads_far: bool = False
    indexed: tuple[str, ...] = ()
