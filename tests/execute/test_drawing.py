"""Charts that a run draws for its sections are the same, and wrong in the same words, as those they draw themselves."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from execute.written import executed, failure, notebook
from thidua.charts.picture import _Renderer, picture
from thidua.charts.renderer import PNG
from thidua.document.block import Chart, written
from thidua.errors import ChartError
from thidua.publish.drawings import Drawings

_CHART: dict[str, Any] = {
    "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
    "data": {"values": [{"tên": "Lúa", "số": 1919.1}, {"tên": "Ngô", "số": 0.1}]},
    "mark": "bar",
    "encoding": {"x": {"field": "số", "type": "quantitative"}, "y": {"field": "tên"}},
    "config": {"view": {}},  # the report's theme gives every chart one
}
_WRONG = {**_CHART, "data": {"url": "https://example.org/a.csv"}}


def _showing(spec: dict[str, Any]) -> str:
    return (
        "from types import SimpleNamespace\nfrom thidua.notebook import show_chart\n"
        f'show_chart(SimpleNamespace(to_dict=lambda **_: {spec!r}), [], title="T", key="k", alt="a")'
    )


def test_a_section_shows_the_picture_without_a_renderer_of_its_own(tmp_path: Path) -> None:
    cells = executed(tmp_path, muc=notebook(_showing(_CHART), "import sys\n'vl_convert' in sys.modules"))["muc"].cells
    ((spec, drawn),) = ((o.data["application/vnd.vegalite.v5+json"], o.data["image/png"]) for o in cells[2].outputs[1:])
    assert base64.b64decode(drawn) == picture(spec)
    assert cells[3].outputs[0].data["text/plain"] == "False"


def test_a_chart_that_cannot_be_drawn_stops_its_section_at_its_cell(tmp_path: Path) -> None:
    stopped = failure(tmp_path, "print(1)", _showing(_WRONG), "print(3)")
    with pytest.raises(ValueError) as here:
        picture(_WRONG)
    (said,) = (line.strip() for line in str(here.value).splitlines() if line.strip().startswith("Error:"))
    assert stopped.cell == 3
    assert stopped.error == f"không vẽ được biểu đồ «k»: {said.removeprefix('Error: ')}"


def test_a_chart_that_hangs_the_renderer_is_an_error_of_its_cell_and_the_next_is_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as briefly:
        briefly.setattr("thidua.charts.picture.SECONDS", 1)
        briefly.setattr("thidua.charts.picture._renderer", _Renderer())
        endless = {**_CHART, "data": {"sequence": {"start": 0, "stop": 1e9, "as": "số"}}}
        stopped = failure(tmp_path, _showing(endless))
    assert stopped.cell == 2
    assert stopped.error.startswith("không vẽ được biểu đồ «k»: vẽ quá 1 giây chưa xong, đã bị dừng")
    assert executed(tmp_path, muc=notebook(_showing(_CHART)))


def test_a_giant_chart_is_refused(tmp_path: Path) -> None:
    assert "quá 5 triệu điểm" in failure(tmp_path, _showing({**_CHART, "width": 1e5, "height": 1e5})).error


def test_days_on_an_axis_stand_where_they_do_in_vietnam_whatever_the_machine_s_time_zone_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    days = [{"ngày": f"2031-01-0{day}T00:00:00Z", "số": day} for day in (1, 2)]
    axis = {"x": {"field": "ngày", "type": "temporal"}, "y": {"field": "số", "type": "quantitative"}}
    spec = {**_CHART, "data": {"values": days}, "encoding": axis}
    here = picture(spec)
    monkeypatch.setenv("TZ", "America/New_York")
    monkeypatch.setattr("thidua.charts.picture._renderer", elsewhere := _Renderer())
    assert picture(spec) == here
    elsewhere.end()


def test_a_renderer_that_is_killed_is_started_again_and_a_chart_that_ends_it_twice_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def drawn(*programs: str) -> bytes:
        started = (_program(code) for code in programs)
        monkeypatch.setattr("thidua.charts.picture._started", lambda: next(started))
        return _Renderer().drawn(PNG, json.dumps(_CHART))

    killed = "import os, sys; sys.stdin.buffer.read(1); os.kill(os.getpid(), 9)"
    draws = "import os, sys; os.write(1, (4).to_bytes(8, 'big') + b'dabc'); sys.stdin.read()"
    assert drawn(killed, draws) == b"abc"
    with pytest.raises(ValueError, match="chương trình vẽ kết thúc giữa chừng"):
        drawn(killed, killed)


def test_a_chart_that_cannot_be_drawn_for_the_report_is_named() -> None:
    with pytest.raises(ChartError, match=r"^không vẽ được biểu đồ «k»: "):
        Drawings()(Chart(key="k", title="T", alt="a", spec=written(_WRONG)))


def _program(code: str) -> subprocess.Popen[bytes]:
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, "-I", "-S", "-c", code], stdin=pipe, stdout=pipe)
