"""Another value has another fingerprint; what no section prints does not count."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.entries import SourceText
from thidua.figures import Cell, Figure
from thidua.intake.cells import Number
from thidua.intake.records import Record
from thidua.recording.fingerprint import Fingerprints
from thidua.recording.recorded_params import recorded, value_at
from thidua.settings.params import Gathered
from thidua.settings.params_file import load
from thidua.stated_row import UNJUDGED, Judgement, indicator_of_row

PARAMS = load(Path(__file__).parents[2] / "params" / "2024-H1.yaml")
Values = dict[str, Number | dt.date | str]
CELL = Cell("y-te.xlsx", "Chỉ tiêu", "D4", "a" * 64)
FIGURE = Figure("tre_em.actual", Decimal("95.50"), "%", CELL, "Trẻ em", 1, "ước")
_CHANGES: list[Values] = [
    {"code": "ngo"}, {"name": "Ngô"}, {"unit": "tấn"}, {"quality": ""}, {"actual": Number(Decimal("1.5"), 2)},
    {"actual": Number(Decimal("1.50"), 1)}, {"plan": Number(Decimal(2), 0)},
]  # fmt: skip
_plain = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.decimals(allow_nan=False) | st.dates()
_values = st.recursive(_plain, lambda v: st.lists(v, max_size=3) | st.dictionaries(st.text(max_size=3), v, max_size=3))


def of(value: object) -> str:
    return Fingerprints().of(value)


@given(_values, _values)
def test_two_values_have_one_fingerprint_only_where_they_are_the_same(one: object, other: object) -> None:
    assert (of(one) == of(other)) == (repr(one) == repr(other))


def test_every_part_of_a_figure_counts_but_the_hash_of_its_workbook() -> None:
    changes = [
        {"value": Decimal("95.5")},
        {"value": None},
        {"unit": "xã"},
        {"label": "x"},
        {"decimals": 2},
        {"quality": ""},
        {"doubt": "x"},
        {"origin": replace(CELL, address="D5")},
        {"origin": FIGURE},
    ]
    found = {of(FIGURE), *(of(replace(FIGURE, **change)) for change in changes)}  # type: ignore[arg-type]
    assert len(found) == len(changes) + 1
    assert of(replace(FIGURE, origin=replace(CELL, sha256="b" * 64))) == of(FIGURE)
    assert of(SourceText("x", CELL)) != of(SourceText("x", replace(CELL, address="E4"))) != of("x")


def test_whatever_changes_a_number_of_a_row_changes_the_row_s_fingerprint() -> None:
    values: Values = {
        "code": "lua",
        "name": "Lúa",
        "unit": "ha",
        "actual": Number(Decimal("1.50"), 2),
        "quality": "ước",
    }
    cells = {"name": "B4", "actual": "D4"}
    row = Record("indicators", "nn.xlsx", "Chỉ tiêu", 4, "a" * 64, values, cells)
    rows = [
        *(replace(row, values=values | change) for change in _CHANGES),
        replace(row, cells=cells | {"actual": "D5"}),
        replace(row, file="nn2.xlsx"),
    ]
    doubted = Judgement({Cell("nn.xlsx", "Chỉ tiêu", "D4"): "lệch"})
    given = [(row, UNJUDGED), *((other, UNJUDGED) for other in rows), (row, doubted)]
    made = [indicator_of_row(*each, *named) for each in given for named in ((), ("nn/",), ("nn/", "Xã A"))]
    assert len({of(i.values) for i in made}) == len(made) == len({repr(i.values) for i in made})
    assert of(indicator_of_row(replace(row, sha256="b" * 64), UNJUDGED).values) == of(made[0].values)
    turned = replace(row, cells=dict(reversed(cells.items())), values=dict(reversed(values.items())))
    assert of(indicator_of_row(turned, UNJUDGED).values) == of(made[0].values)
    elsewhere = Judgement({Cell("nn.xlsx", "Chỉ tiêu", "D5"): "lệch"})
    assert of(indicator_of_row(row, elsewhere).values) == of(made[0].values)


def test_what_has_no_fingerprint_is_refused() -> None:
    with pytest.raises(TypeError):
        of(object())


def test_params_tell_what_is_read_of_them() -> None:
    read: dict[str, object] = {}
    params = recorded(PARAMS, "", read.__setitem__)
    assert isinstance(params, type(PARAMS))
    assert params.document.signer.name == PARAMS.document.signer.name
    assert params.parsed_period == PARAMS.parsed_period
    assert set(read) == {"document.signer.name", "period"}
    assert params.unit == PARAMS.unit
    assert str(params.document.signer) == str(PARAMS.document.signer)
    assert {"unit", "document.signer"} <= set(read)
    for path, value in read.items():
        assert value_at(PARAMS, path) == value


def test_params_that_are_written_out_are_read_as_a_whole() -> None:
    for ask in (lambda p: p.model_dump(), dict, hash, repr, lambda p: p.model_copy(), lambda p: vars(p)):
        read: dict[str, object] = {}
        ask(recorded(PARAMS, "", read.__setitem__))
        assert "" in read


def test_who_asks_whether_params_have_a_part_has_read_that_they_do() -> None:
    gathered = PARAMS.model_copy(update={"gathered": Gathered.model_construct()})
    for params in (PARAMS, gathered):
        read: dict[str, object] = {}
        assert bool(recorded(params, "", read.__setitem__).gathered) == (params is gathered)
        other = gathered if params is PARAMS else PARAMS
        (path, value), *_ = read.items()
        assert value_at(params, path) == value != value_at(other, path)
