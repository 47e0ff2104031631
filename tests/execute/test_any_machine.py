"""A section runs the same whatever the machine has installed, set or named."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from execute.written import by, executed, notebook, printed

_WHO = "import sys, os\nprint(sys.executable, os.getcwd(), period)"


def test_a_section_runs_in_the_programs_own_python_whatever_kernel_it_names(tmp_path: Path) -> None:
    names = ["conda-env-bao-cao-py", "ir", "Python 3.9 (cũ)"]
    told = {f"muc_{n}": notebook(_WHO, name=name, language="R") for n, name in enumerate(names)}
    without = notebook(_WHO)
    without.metadata = {}
    for node in executed(tmp_path, **told, muc=without).values():
        assert printed(node) == f"{sys.executable} {tmp_path} 2031-Q2\n"
        assert node.metadata.kernelspec.name == "python3" and node.metadata.kernelspec.language == "python"


def test_what_a_machine_has_and_a_users_shell_says_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cell = (
        "import os, time, locale, shutil\nprint('Đủ', __debug__, 'period_of_startup' in globals(), hash('a'),"
        " os.environ.get('MPLBACKEND'), time.tzname, locale.setlocale(locale.LC_ALL, ''), shutil.get_terminal_size())"
    )
    plain = printed(executed(tmp_path, muc=notebook(cell, _WHO))["muc"])
    folder = tmp_path / "jupyter" / "kernels" / "python3"
    folder.mkdir(parents=True)
    spec = {"argv": ["/bin/false", "{connection_file}"], "display_name": "Other", "language": "python"}
    (folder / "kernel.json").write_text(json.dumps(spec))
    start = tmp_path / "start.py"
    start.write_text("period_of_startup = 1\n")
    for name, value in {
        "JUPYTER_PATH": str(tmp_path / "jupyter"),
        "JUPYTER_DATA_DIR": str(tmp_path / "jupyter"),
        "JUPYTER_DEFAULT_PROVISIONER_NAME": "somewhere-else",
        "PYTHONSTARTUP": str(start),
        "PYTHONIOENCODING": "ascii",
        "PYTHONWARNINGS": "error",
        "PYTHONOPTIMIZE": "2",
        "PYTHONHASHSEED": "7",
        "MPLBACKEND": "TkAgg",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "COLUMNS": "33",
    }.items():
        monkeypatch.setenv(name, value)
    assert printed(by(None, tmp_path, muc=notebook(cell, _WHO))["muc"]) == plain
    assert plain.startswith("Đủ True False") and "TkAgg" not in plain
    monkeypatch.setattr("thidua.execute.warm.Warm.section", lambda _: None)
    assert printed(executed(tmp_path, muc=notebook(cell, _WHO))["muc"]) == plain


def test_a_long_temporary_folder_and_a_long_name_do_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / ("t" * 200)
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    name = "23_quoc_phong_an_ninh_doi_ngoai_va_cong_tac_bien_gioi" * 2
    assert "2031-Q2" in printed(by(None, tmp_path, **{name: notebook(_WHO)})[name])
    assert list(folder.iterdir()) == []
    monkeypatch.setattr("thidua.execute.warm.Warm.section", lambda _: None)
    assert "2031-Q2" in printed(executed(tmp_path, **{name: notebook(_WHO)})[name])
    assert list(folder.iterdir()) == []


def test_where_kernels_can_have_no_sockets_they_run_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("thidua.execute.kernel._made_in", lambda place: None)
    monkeypatch.setattr("thidua.execute.warm.Warm.section", lambda _: None)
    assert "2031-Q2" in printed(executed(tmp_path, muc=notebook(_WHO))["muc"])


def test_a_folder_with_braces_in_its_name_is_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "{ky} 100%"
    folder.mkdir()
    assert str(folder) in printed(executed(folder, muc=notebook(_WHO))["muc"])
    assert [p.name for p in folder.iterdir()] == ["muc.ipynb"]
