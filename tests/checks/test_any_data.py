"""Whatever departments submit, the checks come to an end and say something that can be read."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checks.periods import judged, real
from thidua.intake.cells import Number
from thidua.intake.records import Record

VALUES = st.one_of(
    st.none(),
    st.sampled_from(["0", "-1", "0.5", "1", "100", "1e15", "0.000001", "99999999999999"]).map(Decimal),
    st.decimals(-(10**6), 10**6, places=2),
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_values_are_judged_and_told_in_words(data: st.DataObject) -> None:
    records = list(real().data.records)
    with_numbers = [n for n, r in enumerate(records) if any(isinstance(v, Number) for v in r.values.values())]
    for row in data.draw(st.lists(st.sampled_from(with_numbers), min_size=10, max_size=60, unique=True)):
        records[row] = changed(records[row], data)
    for finding in judged(real(), records).findings:
        assert finding.message
        assert not any(bad in finding.message for bad in ("None", "nan", "NaN", "Decimal", "E+", "?"))


def changed(record: Record, data: st.DataObject) -> Record:
    """The record with each of its numbers drawn anew, or emptied."""
    values = {}
    for key, value in record.values.items():
        if isinstance(value, Number):
            new = data.draw(VALUES)
            if new is None:
                continue
            value = Number(new, None)
        values[key] = value
    return Record(record.kind, record.file, record.sheet, record.row, record.sha256, values, record.cells)
