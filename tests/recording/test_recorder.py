"""What a section asks of report and files is recorded, whatever way it asks; what no record shows is not kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest

from forked import Forked, ended
from recording.asking import recorded
from thidua.recording.opened_files import Opened
from thidua.recording.questions import FRAME, GROUPS, LISTS, LOOKUPS, answered
from thidua.recording.recordable import why_unrecorded
from thidua.recording.recorded_data import RecordedDataset
from thidua.report import open_report

REPOSITORY = Path(__file__).parents[2]
PERIOD = "2024-H1"


def _recorded(code: str, root: Path = REPOSITORY) -> dict[str, Any] | None:
    done = ended(Forked(recorded, root, code))
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return None if found["beyond"] else found


def test_questions_to_data_and_params_are_recorded_and_not_the_files_that_answer_them() -> None:
    code = f"""
from thidua.notebook import open_report
report = open_report("{PERIOD}")
report.group("cay_trong"), report.group("khong_co_ai"), report.events("trong_trot"), report.indicators.khong_co
"cho_vay" in report.indicators, len(report.awards), list(report.register), report.frame("indicators")
report.unit.issuer, report.document.signer.name, report.params.workbooks, report.data.records
"""
    found = _recorded(code)
    assert found is not None
    asked = {(a["question"], *a["names"]) for a in found["asked"]}
    assert asked == {
        ("group", "cay_trong"),
        ("group", "khong_co_ai"),
        ("events", "trong_trot"),
        ("indicators", "row", "khong_co"),
        ("indicators", "has", "cho_vay"),
        ("awards", "codes"),
        ("register",),
        ("frame", "indicators"),
        ("records",),
    }
    assert set(found["params"]) == {"period", "unit.issuer", "document.signer.name", "departments"}
    assert found["files"] == {}
    assert found["past"] == ""


def test_the_latest_period_is_another_one_some_day() -> None:
    assert _recorded("from thidua.notebook import open_report; open_report()") is None


def test_what_a_cell_reads_of_the_disk_is_recorded(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "own.csv").write_text("a,b\n1,2\n")
    code = """
import pandas, os
pandas.read_csv("data/own.csv"), os.listdir("data"), list(Path("data").glob("*"))
try:
    open("data/absent.txt")
except OSError:
    pass
"""
    found = _recorded(code, tmp_path)
    assert found is not None
    assert set(found["files"]) == {"data/own.csv", "data/", "data/absent.txt"}
    assert found["files"]["data/absent.txt"] == "-"


@pytest.mark.parametrize(
    "code",
    [
        "open('made.txt', 'w').close()",
        "Path('made.txt').write_text('x')",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "import socket, contextlib\nwith contextlib.suppress(OSError): socket.create_connection(('127.0.0.1', 9))",
        "from thidua.notebook import open_report; open_report('2024-H1', '../..')",
        "import os; os.rename('own.csv', 'other.csv')",
        "import helper",
        "open('/proc/uptime').read()",
    ],
)
def test_what_others_answer_and_what_is_written_cannot_be_recorded(code: str, tmp_path: Path) -> None:
    folder = tmp_path / "suite"
    folder.mkdir()
    (folder / "helper.py").touch()
    (folder / "own.csv").touch()
    code = code.replace("'../..'", repr(str(REPOSITORY)))
    assert _recorded(code, folder) is None


def test_a_file_that_is_saved_while_a_section_reads_it_makes_no_recording(tmp_path: Path) -> None:
    root = tmp_path / "suite"
    root.mkdir()
    (root / "own.csv").write_text("1")
    for name, content, kept in (("own.csv", "1", True), ("own.csv", "2", False)):
        opened = Opened(root)
        opened.event("open", (str(root / name), "r", 0))
        (root / name).write_text(content)
        opened.fingerprints()
        assert (opened.beyond == "") == kept


def test_a_file_counts_wherever_it_lies_and_the_machine_cannot_be_recorded(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.csv").write_text("1")
    opened = Opened(tmp_path / "suite")
    opened.event("open", (str(tmp_path / "elsewhere.csv"), "r", 0))
    assert list(opened.fingerprints()) == [str(tmp_path / "elsewhere.csv")]
    opened.event("open", ("/dev/urandom", "rb", 0))
    assert opened.beyond


@pytest.mark.parametrize(
    ("source", "recordable"),
    [
        ("report.frame('indicators')['date'].astype('M8[ns]')", False),
        ("pd.Series(['10:30'], dtype='datetime64[s]')", False),
        ("pd.read_json('data/own.json')", False),
        ("report.frame('indicators').style", False),
        ("alt.Chart(df).transform_sample(9)", False),
        ("alt.Chart(df).mark_bar().encode(y='ci0(a):Q')", False),
        ("id(report)", False),
        ("report.period.id", True),
        ("%load_ext thidua\nfrom thidua.notebook import open_report\n\nreport = open_report(period)", True),
        ("%%prose\nĐến nay, {kể cho_vay}.", True),
        ("import pandas as pd\nreport.frame('indicators').query(\"unit == 'con'\")", True),
        ("import altair as alt\nalt.Chart(table).mark_bar()", True),
        ("import datetime as dt", False),
        ("from datetime import date", False),
        ("import pandas as pd\npd.Timestamp.now()", False),
        ("import pandas as pd\npd.Timestamp('today')", False),
        ("import numpy as np\nnp.random.rand()", False),
        ("from numpy.random import default_rng", False),
        ("from helpers import total", False),
        ("from . import helpers", False),
        ("import os\nos.environ['X']", False),
        ("%%time\n1 + 1", False),
        ("!ls", False),
        ("x = __import__('time')", False),
        ("report.group('a')[0].done.cell.sha256", False),
        ("this is no Python", False),
        ("import pandas as pd\npd.to_datetime('10:30')", False),
        ("import pandas as pd\npd.io.common.os.path.getsize('data/own.csv')", False),
        ("import numpy as np\nnp.datetime64('Now')", False),
        ("report.frame('indicators').query('name > @pd.Period.now()')", False),
        ("report.data._plain.indicators.lua", False),
        ("'{0._plain}'.format(report.data)", False),
        ("getattr(report.data, 'pla' + 'in')", False),
        ("report.frame('indicators')['actual' + '_cell']", True),
        ("from thidua.settings.params_file import load", False),
        ("import thidua.notebook\nthidua.inputs", False),
        ("try:\n    x = np.genfromtxt('data/x.txt')\nexcept OSError:\n    x = 0", False),
        ("%%prose {print(pd.Period.now())}\nMột câu.", False),
    ],
)
def test_a_notebook_that_may_ask_the_clock_chance_or_the_machine_runs_each_time(source: str, recordable: bool) -> None:
    node = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    assert (why_unrecorded(node) == "") == recordable


def test_every_section_of_the_suite_can_be_recorded() -> None:
    for path in sorted((REPOSITORY / "notebooks").glob("*.ipynb")):
        assert not why_unrecorded(nbformat.read(path, as_version=4)), path.name


def test_whatever_data_offer_is_a_question_that_is_recorded() -> None:
    offered = {name for name in dir(open_report(PERIOD, REPOSITORY).data) if not name.startswith("_")}
    told = {"slips", "absent", "mistyped", "missed", "asked"}  # what questions and answers say of themselves
    assert offered - told == {*LOOKUPS, *LISTS, *GROUPS, FRAME}


def test_data_that_record_answer_as_the_data_do() -> None:
    plain, other = open_report(PERIOD, REPOSITORY).data, open_report(PERIOD, REPOSITORY).data
    asked = []

    def ask(*names: str) -> Any:
        asked.append(names)
        return answered(other, *names)[0]

    recorded = RecordedDataset(other, ask)
    for name in LOOKUPS:
        lookup, same = getattr(plain, name), getattr(recorded, name)
        assert same.codes == lookup.codes
        assert len(same) == len(lookup)
        assert [str(vars(r)) for r in same] == [str(vars(r)) for r in lookup]
        assert len(same.pick(*lookup.codes[:3])) == 3
        assert lookup.codes[0] in same
        assert "khong_co" not in same
    assert recorded.indicators.cho_vai.done.why == plain.indicators.cho_vai.done.why
    assert recorded.slips == plain.slips
    for name in LISTS:
        assert len(getattr(recorded, name)) == len(getattr(plain, name))
    for name in GROUPS:
        for group in ("cay_trong", "trong_trot", "can_cu_bao_cao", "cay_trongg"):
            assert len(getattr(recorded, name)(group) or ()) == len(getattr(plain, name)(group) or ())
    assert recorded.slips == plain.slips
    assert recorded.absent == plain.absent
    assert recorded.frame("indicators").equals(plain.frame("indicators"))
    assert len(asked) > 50
