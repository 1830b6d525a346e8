"""Limits as clients see them."""

import strawberry

from loaders.limits import listed
from schema.fields import field


def _described(cls: type) -> type:
    cls.__annotations__ = {each.name: int for each in listed()}
    for each in listed():
        setattr(cls, each.name, field(each.description))
    return cls


@strawberry.type(description="What a request may ask for at most; what is more is refused.")
@_described
class Limits:
    pass
