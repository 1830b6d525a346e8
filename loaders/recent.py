"""What was of use of late: the least recently used goes first."""

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Kept(NamedTuple, Generic[V]):
    """A value, and about how many bytes it takes."""

    value: V
    size: int


@dataclass
class Recent(Generic[K, V]):
    """Keeps the values used last, as many as there is ``room`` for, in bytes. What is larger than
    a tenth of that is not kept: it would drive out what others use.
    """

    room: int
    held: int = 0
    kept: OrderedDict[K, Kept[V]] = field(default_factory=OrderedDict)

    def get(self, key: K) -> V | None:
        found = self.kept.get(key)
        if found is None:
            return None
        self.kept.move_to_end(key)
        return found.value

    def put(self, key: K, value: V, size: int) -> None:
        if size > self.room / 10:
            return
        if key in self.kept:
            self.held -= self.kept.pop(key).size
        self.kept[key] = Kept(value, size)
        self.held += size
        while self.held > self.room:
            _, (_, gone) = self.kept.popitem(last=False)
            self.held -= gone
