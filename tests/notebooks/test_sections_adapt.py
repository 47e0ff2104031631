"""The prose follows the data: missing, zero, negative and huge values, no rows, some rows."""

from __future__ import annotations

import dataclasses
import random
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from notebooks.sections import NOTEBOOKS, changed, dirt, outputs_of, period, prose_of
from thidua.dataset import Dataset
from thidua.intake.cells import Number
from thidua.report import Report

pytestmark = pytest.mark.slow

WORLDS = {
    "as submitted": lambda: period(),
    "nothing submitted": lambda: Report(period().params, Dataset([])),
    "no number submitted": lambda: changed(lambda _n: None),
    "no indicator submitted": lambda: changed(lambda n: n, lambda r: r.kind != "indicators"),
    "no event submitted": lambda: changed(lambda n: n, lambda r: r.kind != "events"),
    "all zero": lambda: changed(lambda n: n._replace(value=Decimal(0))),
    "all negative": lambda: changed(lambda n: n._replace(value=-abs(n.value))),
    "all huge": lambda: changed(lambda n: n._replace(value=n.value * 10**9)),
}


@cache
def _world(name: str) -> Report:
    return WORLDS[name]()


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda p: p.stem)
@pytest.mark.parametrize("world", WORLDS)
def test_every_section_reads_cleanly_whatever_the_numbers_are(world: str, notebook: Path) -> None:
    text = prose_of(notebook, _world(world))
    assert dirt(text) == []


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda p: p.stem)
@pytest.mark.parametrize("world", ["nothing submitted", "all zero", "all huge"])
def test_tables_and_charts_stand_any_data(world: str, notebook: Path) -> None:
    shown = outputs_of(notebook, _world(world))
    assert "None" not in shown and "nan" not in shown.split()


@given(seed=st.integers(0, 10**6), rows=st.sampled_from([0.1, 0.5, 0.9]), values=st.sampled_from([0.0, 0.3, 0.7]))
@settings(max_examples=8, deadline=None, phases=[Phase.explicit, Phase.generate])
def test_any_part_of_the_data_may_be_missing(seed: int, rows: float, values: float) -> None:
    chance = random.Random(seed)
    kept = ("code", "topic", "name", "content", "title", "field", "unit")
    records = [
        dataclasses.replace(r, values={k: v for k, v in r.values.items() if k in kept or chance.random() >= values})
        for r in period().data.records
        if chance.random() >= rows
    ]
    report = Report(period().params, Dataset(records))
    faults = [f"{n.stem}: {fault}" for n in NOTEBOOKS for fault in dirt(prose_of(n, report))]
    assert faults == []


@given(scale=st.integers(-(10**6), 10**6))
@settings(max_examples=6, deadline=None, phases=[Phase.explicit, Phase.generate])
def test_any_scale_of_numbers_reads_cleanly(scale: int) -> None:
    def scaled(number: Number) -> Number:
        return number._replace(value=number.value * scale)

    report = changed(scaled)
    faults = [f"{n.stem}: {fault}" for n in NOTEBOOKS for fault in dirt(prose_of(n, report))]
    assert faults == []
