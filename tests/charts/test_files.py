"""What a chart leaves in notebook and page: nothing more than it draws, the same bytes each time."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

import charts.drawn
from charts.drawn import LONG, Drawn, rows, shown
from thidua.charts.chart import MIME
from thidua.charts.interactive import drawing_library
from thidua.charts.kinds import change_chart, compare_chart, composition_chart, progress_chart
from thidua.charts.library import altair
from thidua.charts.renderer import converter
from thidua.charts.theme import THEME
from thidua.document.block import Chart, written
from thidua.publish.drawings import Drawings

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("few_bars")]
ROWS: list[dict[str, Any]] = [
    {"name": LONG[0], "actual": 90, "plan": 100, "last": 80},
    {"name": "ngô", "actual": 900, "plan": 100, "last": 90},
    {"name": "sắn", "actual": -3, "plan": 100, "last": 5},
    {"name": "lạc", "actual": 7, "plan": 100, "last": 5},
    {"name": "đỗ", "actual": 6, "plan": 100, "last": 5},
]
SCRIPT = """
import sys
from pathlib import Path
from charts.test_files import digests
print(*digests(Path(sys.argv[1])), sep="\\n")
"""

KINDS: dict[str, Callable[[Any], Drawn]] = {
    "progress": lambda given: shown(progress_chart, given),
    "change": lambda given: shown(change_chart, given),
    "compare": lambda given: shown(compare_chart, given),
    "composition": lambda given: shown(composition_chart, {"A": given[:2] * 2}, parts=["Lúa", "Ngô", "Đỗ", "Lạc"]),
    "columns": lambda given: shown(composition_chart, dict.fromkeys("ABCDEF", given[:2]), parts=["Lúa", "Ngô"]),
}


@pytest.fixture(params=KINDS, scope="module")
def chart(request: Any, tmp_path_factory: pytest.TempPathFactory) -> Drawn:
    return KINDS[request.param](rows(tmp_path_factory.mktemp("drawn"), *ROWS))


def digests(folder: Path) -> list[str]:
    """What stands for all that the charts leave."""
    given = rows(folder, *ROWS)
    charts = [kind(given) for kind in KINDS.values()]
    left = [json.dumps([chart.told, chart.drawing, chart.picture]) for chart in charts]
    return [hashlib.sha256(text.encode()).hexdigest() for text in left]


def test_a_chart_embeds_only_the_columns_that_it_draws(chart: Drawn) -> None:
    assert chart.columns <= chart.columns_drawn


def test_a_specification_keeps_to_its_schema(chart: Drawn) -> None:
    altair().LayerChart.from_dict(chart.spec, validate=True)


def test_jupyterlabs_older_version_draws_the_same(chart: Drawn) -> None:
    old, new = (converter().vegalite_to_svg(chart.spec, vl_version=version) for version in ("5.8", "6.4"))
    assert old == new


def test_a_specification_loads_nothing_and_names_no_place_of_this_machine(
    chart: Drawn, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = str({**chart.spec, "$schema": ""})
    assert "http" not in text
    assert str(tmp_path_factory.getbasetemp()) not in text


def test_ids_in_a_picture_start_with_its_key(chart: Drawn) -> None:
    ids = [element.get("id", "") for element in chart.svg.iter() if element.get("id")]
    assert ids == ["tien_do-ten", "tien_do-mo-ta"]


def test_a_picture_has_a_role_a_title_and_a_description(chart: Drawn) -> None:
    assert chart.svg.get("role") == "img"
    title, description = list(chart.svg)[:2]
    assert (title.text, description.text) == (chart.caption, chart.alt)
    assert "url(" not in chart.picture


def test_the_interactive_chart_is_an_output_of_its_own_that_carries_the_key(chart: Drawn) -> None:
    assert chart.spec["usermeta"]["key"] == "tien_do"
    assert MIME == "application/vnd.vegalite.v5+json"
    assert chart.drawing[MIME] == chart.spec
    assert MIME not in chart.told
    assert "text/html" not in chart.drawing


def test_where_no_drawing_program_is_known_the_notebook_has_a_picture(chart: Drawn) -> None:
    with Image.open(io.BytesIO(base64.b64decode(chart.drawing["image/png"]))) as picture:
        assert picture.width >= 1.5 * THEME.width


def test_tooltips_say_name_value_plan_and_source(tmp_path: Path) -> None:
    spec = KINDS["progress"](rows(tmp_path, *ROWS)).spec
    tooltip = spec["layer"][1]["encoding"]["tooltip"]
    assert [line["title"] for line in tooltip] == ["Chỉ tiêu", "Tỷ lệ", "Thực hiện", "Kế hoạch", "Nguồn"]
    first = next(iter(spec["datasets"].values()))[0]
    assert (first["done"], first["base"]) == ("90 ha", "100 ha")
    assert first["source"].startswith("kinh-te.xlsx › Chỉ tiêu › ")


def test_a_process_with_another_hash_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(charts.drawn.__file__).parents[1])}
    command = [sys.executable, "-c", SCRIPT, str(other)]
    made = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=120).stdout
    assert made.split() == digests(tmp_path)


def test_a_notebook_that_draws_nothing_loads_no_drawing_library() -> None:
    code = "import sys, thidua.notebook; print(sorted({'altair', 'vl_convert', 'PIL.ImageFont'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_the_drawing_library_can_stand_in_a_page_and_loads_nothing() -> None:
    script = drawing_library()
    assert "drawChart" in script
    assert "</script" not in script
    assert "cdn.jsdelivr.net" not in script
    assert len(script.encode()) < 1_000_000


def test_two_pictures_in_one_page_share_no_id(tmp_path: Path) -> None:
    spec = KINDS["progress"](rows(tmp_path, *ROWS)).spec
    drawings = Drawings()
    one, two = (drawings(Chart(key=key, title="Tiến độ", alt="mô tả", spec=written(spec))) for key in ("mot", "hai"))
    assert one.replace("mot-", "hai-") == two != one
