"""Orders: what a list may be sorted by."""

from typing import Optional

import strawberry

from schema.enums import Direction
from schema.fields import key
from schema.filters import CreditFilter

_ONE_KEY = "Exactly one key each; later entries break ties, the id breaks the last."


@strawberry.input(description="By how many there are.")
class CountOrder:
    count: Direction = strawberry.field(description="From the fewest or from the most.")


@strawberry.input(description="By how many of them satisfy a filter.")
class FilteredCountOrder:
    where: CreditFilter | None = key("Which are counted; all if left out.")
    count: Direction = strawberry.field(description="From the fewest or from the most.")


@strawberry.input(one_of=True, description=_ONE_KEY)
class WorkOrder:
    name: Direction | None = key("By display name.")
    released: Direction | None = key("By first release.")
    rating: Direction | None = key("By rating.")
    runtime_minutes: Direction | None = key("By length.")
    credits: CountOrder | None = key("By the number of credits.")
    segments: CountOrder | None = key("By the number of segments.")


@strawberry.input(one_of=True, description=_ONE_KEY)
class SegmentOrder:
    name: Direction | None = key("By display name.")
    position: Direction | None = key("By place in the work.")
    released: Direction | None = key("By first release.")
    runtime_minutes: Direction | None = key("By length.")
    credits: CountOrder | None = key("By the number of credits.")
    work: Optional["WorkOrder"] = key("By something of the work it belongs to.")


@strawberry.input(one_of=True, description=_ONE_KEY)
class PersonOrder:
    name: Direction | None = key("By display name.")
    born: Direction | None = key("By date of birth.")
    credits: FilteredCountOrder | None = key("By the number of credits, of some sort or all.")


@strawberry.input(one_of=True, description=_ONE_KEY)
class CreditOrder:
    role: Direction | None = key("In the order of the roles' hierarchy.")
    contributor: Direction | None = key("By the display name of who is credited.")
    released: Direction | None = key("By the release of what it is on.")
    position: Direction | None = key("In the order that the source gives.")
