"""Finding: everything of a type that a filter means, from the end that leads to the fewest.

A search walks from there towards the type, step by step; DISTINCT after each step lets every thing
come once, however many ways lead to it, and keeps Neo4j from starting elsewhere. What else must
hold is tested on the way.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from graph.declarations import Bound, Kind, Relation
from graph.model import KINDS
from loaders.anchors import Conjunct, Strength, Where, flat, given
from loaders.draft import Draft, Scope, call
from loaders.part import Part

if TYPE_CHECKING:
    from loaders.filters import Filters


class Finding:
    """Writes searches into a draft."""

    def __init__(self, draft: Draft, filters: Filters) -> None:
        self.draft, self.filters = draft, filters

    def parts(
        self, kind: Kind, where: Where, n: str, base: Part, counted: Collection[tuple[str, Where]]
    ) -> list[Part]:
        """Everything of a kind that satisfies ``where`` and ``base``, which matches all ``n``.
        DISTINCT belongs between the parts. What a ``some`` among the ``counted`` finds stays bound,
        see Part.followed.
        """
        conjuncts = _conjuncts(kind, where, {"n": n})
        paired = next((each for each in conjuncts if _some_of(each) in counted), None)
        if paired is None:
            return [self._each(conjuncts, n, base)]
        others = [each for each in conjuncts if each is not paired]
        best, strength = _best(others), paired.strength
        if strength is None or (best is not None and best < strength):
            return [self._each(others, n, base), self._pairs(paired)]
        return [self._pairs_first(paired, others, base)]

    def set_of(self, *conjuncts: Conjunct) -> str:
        """The variable that holds all that satisfies conditions on it, found once for the
        statement.
        """
        variable = conjuncts[0].variable
        return self.draft.once(self._walk(conjuncts, variable, Part()), variable)

    def set_where(self, kind: Kind, where: Where, n: str) -> str:
        """The same by a filter that is anchored."""
        return self.set_of(*_conjuncts(kind, where, {"n": n}))

    def _each(self, conjuncts: list[Conjunct], n: str, base: Part) -> Part:
        """``n``, once each."""
        # Neo4j knows best how to read one type by its own properties.
        best = _best([each for each in conjuncts if not each.is_own_range])
        if best is None:
            base.room, base.near = Strength.ROLE, False
            base.scans, base.loose = True, all(each.excludes for each in conjuncts)
            return self._tested(conjuncts, base)
        equal = [each for each in conjuncts if each.strength is best]
        if len(equal) == 1 or best >= Strength.LETTERS:
            return Part(self._walk(conjuncts, n, base))
        first, *others = [self.set_of(each) for each in equal]
        base.matches.insert(0, f"UNWIND {first} AS {n}")
        base.predicates += [f"{n} IN {each}" for each in others]
        base.room, base.near = best, False
        return self._tested([each for each in conjuncts if each.strength is not best], base)

    def _pairs(self, paired: Conjunct) -> Part:
        """A row for each of the things of what is found that a ``some`` is about."""
        relation, operand = _followed(paired)
        part = Part(starts=True, multiplies=True)
        target = self.filters.follow(relation, operand, paired.scope, part)
        part.followed = (paired.key, operand, target)
        return part

    def _pairs_first(self, paired: Conjunct, others: list[Conjunct], base: Part) -> Part:
        """The same, found from those things."""
        relation, operand = _followed(paired)
        lines, target = self._towards(relation, operand, paired.scope)
        base.matches[:0] = lines
        base.multiplies, base.followed = True, (paired.key, operand, target)
        return self._tested(others, base)

    def _walk(self, conjuncts: Sequence[Conjunct], keep: str, joined: Part) -> list[str]:
        """Clauses that find every ``keep`` that satisfies all conjuncts, once, from the strongest
        of them; ``joined`` leads from their variables to ``keep``.
        """
        first = min(conjuncts, key=_rank)
        rest = Part(joined.matches, joined.predicates, room=first.strength or Strength.ROLE)
        rest.near = False
        start, target = self._start(first)
        if _is_single(first):
            count = self.draft.variable("count")
            start.append(f"WITH {first.variable}, count(DISTINCT {target}) AS {count}")
            rest.predicates.insert(0, f"{count} = 1")
        else:
            start.append(f"WITH DISTINCT {first.variable}")
        self._tested([each for each in conjuncts if each is not first], rest)
        if rest.matches:
            return [*start, *rest.lines, f"WITH DISTINCT {keep}"]
        return [*start, *rest.lines]

    def _start(self, first: Conjunct) -> tuple[list[str], str]:
        """Clauses that bind the conjunct's variable to all that satisfies it, and the variable of
        what it is found by.
        """
        kind, key, value, scope = first
        if key == "or":
            return [self._union(first)], first.variable
        declared = kind.filters.get(key) or kind.fields[key]
        if isinstance(declared, Relation):
            operand = next(iter(value.values())) if declared.many else value
            return self._towards(declared, operand, scope)
        part = Part(starts=True)
        self._tested([first], part)
        part.matches = part.matches or [f"MATCH ({kind.condition.format_map(scope)})"]
        return part.lines, first.variable

    def _towards(self, relation: Relation, operand: Where, scope: Scope) -> tuple[list[str], str]:
        """Clauses that lead from what satisfies ``operand`` to what the relation starts at, and
        the variable of its targets.
        """
        joined, bound = self.filters.match(relation, scope)
        target = bound[relation.target]
        if relation.filtered_as:
            conjuncts = _conjuncts(KINDS[relation.filtered_as], operand, bound)
        else:
            conjuncts = _conjuncts(KINDS[relation.to], operand, {"n": target})
        if _best(conjuncts) is None:
            return self._tested(conjuncts, joined).lines, target
        if relation.filtered_as:
            return self._walk(conjuncts, scope["n"], joined), target
        return [*self._walk(conjuncts, target, Part()), *joined.lines], target

    def _union(self, either: Conjunct) -> str:
        """What satisfies one of the branches of an ``or``."""
        n, lines = either.variable, list[str]()
        for each in either.value:
            conjuncts = _conjuncts(either.kind, each, either.scope)
            lines += ["UNION"] if lines else []
            lines += [*self._walk(conjuncts, n, Part()), f"RETURN {n}"]
        return call(lines)

    def _tested(self, conjuncts: Sequence[Conjunct], part: Part) -> Part:
        for each in conjuncts:
            self.filters.test(each, part)
        return part


def _conjuncts(kind: Kind, where: Where, scope: Scope) -> list[Conjunct]:
    """What must hold, each quantifier by itself, with what must hold of the scope's things by
    another name.
    """
    found: list[Conjunct] = []
    for key, value in flat(where):
        declared = kind.filters.get(key) or kind.fields.get(key)
        if isinstance(declared, Bound):
            inner = {"n": scope[declared.variable]}
            found.append(Conjunct(kind, key, {}, scope))
            found += _conjuncts(KINDS[declared.to], value, inner)
        elif isinstance(declared, Relation) and declared.many:
            found += [Conjunct(kind, key, {name: each}, scope) for name, each in given(value)]
        else:
            found.append(Conjunct(kind, key, value, scope))
    return found


def _followed(paired: Conjunct) -> tuple[Relation, Where]:
    relation = paired.kind.fields[paired.key]
    assert isinstance(relation, Relation)
    return relation, paired.value["some"]


def _is_single(each: Conjunct) -> bool:
    return isinstance(each.value, Mapping) and each.value.get("single") is not None


def _some_of(each: Conjunct) -> tuple[str, Any]:
    """The relation and the filter of a ``some``."""
    return each.key, each.value.get("some") if isinstance(each.value, Mapping) else None


def _best(conjuncts: Sequence[Conjunct]) -> Strength | None:
    return min((each.strength for each in conjuncts if each.strength is not None), default=None)


def _rank(each: Conjunct) -> tuple[int, int]:
    return each.anchor or (len(Strength), 0)
