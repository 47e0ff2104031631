"""A chart that a notebook's author makes with Altair stands in the report like the others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd
import pytest

from charts.drawn import LONG, Drawn, rows, shown
from thidua.charts.theme import THEME
from thidua.errors import ChartError
from thidua.notebook import show_chart

FRAME = pd.DataFrame({"name": ["Lúa", LONG[0]], "value": [1234.5, 2000.0]})


def own(given: Any = (), **encodings: Any) -> Drawn:
    chart = alt.Chart(FRAME).mark_bar().encode(**{"x": "value", "y": "name", **encodings})
    return shown(show_chart, chart, given, alt="Hai số")


def test_it_takes_the_reports_look_and_width_and_writes_numbers_as_the_report_does() -> None:
    chart = own()
    assert float(chart.svg.get("width", 0)) == THEME.width
    assert len(chart.bars(THEME.done)) == 2
    assert {"0", "2.000", "Lúa", LONG[0]} <= set(chart.texts)
    assert chart.clipped == []


def test_what_its_author_sets_goes_before_the_theme() -> None:
    assert len(own(color=alt.value("#123456")).bars("#123456")) == 2


def test_it_carries_title_description_and_figures(tmp_path: Path) -> None:
    (indicator,) = rows(tmp_path, {"actual": 9})
    chart = own([indicator.done])
    assert (chart.caption, chart.alt, chart.printed) == ("Tiến độ", "Hai số", ["c0.actual"])


def test_a_chart_that_loads_its_data_from_elsewhere_is_refused() -> None:
    elsewhere = alt.Chart("https://example.org/x.csv").mark_bar().encode(x="v:Q")
    with pytest.raises(ChartError, match=r"«tien_do».*example\.org"):
        show_chart(elsewhere, [], title="Tiến độ", key="tien_do", alt="Không có gì")
