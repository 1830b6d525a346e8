"""Whether two servers state the same."""

import orjson
import pytest

from bench.agreement import Different, same_facts, same_lengths


def data(**root: object) -> bytes:
    return orjson.dumps({"data": root, "extensions": {"cost": 1}})


def test_facts_are_compared_without_their_keys() -> None:
    ours = data(work={"name": "Memories", "terms": {"nodes": [{"name": "Anthology"}]}})
    same_facts(ours, b'["Memories", ["Anthology"]]')
    with pytest.raises(Different, match=r"at \[1\]\[0\]: Filmograph 'Anthology', the peer 'War'"):
        same_facts(ours, b'["Memories", ["War"]]')


def test_lists_are_compared_by_their_lengths() -> None:
    ours = data(work={"id": "1", "terms": {"nodes": [{"name": "Anthology"}]}})
    same_lengths(ours, data(work=[{"id": "1", "terms": {"edges": [{"node": 5}]}}]))
    with pytest.raises(Different, match=r"'terms': 1.*'terms': 0"):
        same_lengths(ours, data(work=[{"id": "1", "terms": {"edges": []}}]))


def test_a_list_at_the_root_is_compared_too() -> None:
    ours = data(people={"totalCount": 1, "nodes": [{"name": "Koji Morimoto"}]})
    same_lengths(ours, data(people={"totalCount": 1, "edges": [{"node": 5}]}))
    with pytest.raises(Different, match=r"'people': 1.*'people': 2"):
        same_lengths(ours, data(people={"totalCount": 2, "edges": [5, 6]}))
