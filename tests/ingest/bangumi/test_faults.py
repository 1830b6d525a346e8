"""Whatever stands in a dump's rows: every row is accounted for, and none breaks the others."""

import json
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.examples import examples
from tests.ingest.bangumi.dumps import Table, read, real, written

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(
        ["{{Infobox A\n|生日= 1980-02-31\n}}", "1-3", "2", "第1話", "\u0000", "0000-00-00"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=4,
)
REAL = {name: [json.loads(line) for line in lines] for name, lines in real().items()}
PLACES = [
    (table, number, key)
    for table, rows in REAL.items()
    for number, row in enumerate(rows)
    for key in row
]


def changed(changes: list[tuple[tuple[str, int, str], Any]]) -> dict[str, Table]:
    rows = {table: [dict(row) for row in lines] for table, lines in REAL.items()}
    for (table, number, key), value in changes:
        rows[table][number][key] = value
    return {table: [json.dumps(row).encode() for row in lines] for table, lines in rows.items()}


@examples(20)
@given(changes=st.lists(st.tuples(st.sampled_from(PLACES), JSON), max_size=12))
def test_any_value_in_any_field(
    tmp_path: Path, changes: list[tuple[tuple[str, int, str], Any]]
) -> None:
    found = read(written(tmp_path / "dump.zip", changed(changes)))
    assert len(found.skipped) <= sum(map(len, REAL.values()))


@examples(12)
@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(REAL)), st.integers(0, 60), st.binary(max_size=40)),
        max_size=8,
    )
)
def test_any_bytes_for_a_line(tmp_path: Path, changes: list[tuple[str, int, bytes]]) -> None:
    rows = real()
    for table, number, line in changes:
        rows[table].insert(number, line.replace(b"\n", b""))
    found = read(written(tmp_path / "dump.zip", rows))
    assert "work:bangumi-3627" in found.entities


@examples(12)
@given(st.randoms(use_true_random=False))
def test_rows_in_any_order_and_twice(tmp_path: Path, random: Any) -> None:
    rows = real()
    plain = read(written(tmp_path / "dump.zip", rows))
    for lines in rows.values():
        lines += random.sample(lines, len(lines) // 2)
        random.shuffle(lines)
    found = read(written(tmp_path / "dump.zip", rows))
    assert found.entities.keys() == plain.entities.keys()
    assert len(found.credits) == len(plain.credits)
    assert len(found.relations) == len(plain.relations)
