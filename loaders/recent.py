"""What was of use of late: the least recently used goes first."""

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


@dataclass
class Recent(Generic[K, V]):
    """Keeps the ``most`` values used last."""

    most: int
    kept: OrderedDict[K, V] = field(default_factory=OrderedDict)

    def get(self, key: K) -> V | None:
        if key in self.kept:
            self.kept.move_to_end(key)
        return self.kept.get(key)

    def put(self, key: K, value: V) -> None:
        self.kept[key] = value
        if len(self.kept) > self.most:
            self.kept.popitem(last=False)
