"""A section that stops before its end: which cell was running and why, in words, and no other section lost."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from execute.written import executed, failure, notebook, printed
from thidua.errors import NotebooksFailed

_ENDS = {
    "input('Tên?')": "chờ gõ từ bàn phím",
    "import os; os._exit(7)": "mã thoát 7",
    "import os, signal; os.kill(os.getpid(), signal.SIGKILL)": "thường vì hết bộ nhớ",
    "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)": "SIGSEGV",
    "import sys; sys.exit(0)": "tự kết thúc notebook",
    "raise MemoryError": "hết bộ nhớ",
    "so_lieu['lúa']": "NameError: name 'so_lieu' is not defined",
}


def test_the_cell_that_was_running_is_named_with_the_reason_in_every_section(tmp_path: Path) -> None:
    sections = {f"muc_{n}": notebook("print('một')", cell, "print('ba')") for n, cell in enumerate(_ENDS)}
    with pytest.raises(NotebooksFailed) as caught:
        executed(tmp_path, **sections)
    for stopped, (cell, said) in zip(caught.value.failures, _ENDS.items(), strict=True):
        assert stopped.cell == 3 and stopped.source == cell and said in stopped.error
        assert "Kernel" not in stopped.error and "dừng ở ô thứ 3" in str(stopped)
    assert "Notebook đã chạy dở" in str(caught.value) and "chạy dở" not in str(caught.value.unkept())


def test_a_cell_that_takes_too_long_is_stopped_and_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("thidua.execute.endings.CELL_SECONDS", 1)
    stopped = failure(tmp_path, "import time\ntime.sleep(60)")
    assert stopped.cell == 2 and stopped.source.startswith("import time") and "quá 1 giây" in stopped.error


@pytest.mark.parametrize("cell", ["print('x' * 5_000_000)", "while True: print('x' * 500)"])
def test_a_section_that_prints_too_much_is_stopped_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cell: str
) -> None:
    monkeypatch.setattr("thidua.execute.endings.OUTPUT_MEGABYTES", 2)
    stopped = failure(tmp_path, "print(1)", cell)
    assert stopped.cell == 3 and "quá 2 MB" in stopped.error


def test_an_exit_names_the_cell_that_said_it(tmp_path: Path) -> None:
    stopped = failure(tmp_path, "print(1)", "exit", "print(3)")
    assert stopped.cell == 3 and "tự kết thúc" in stopped.error
    assert printed(executed(tmp_path, muc=notebook("print(1)", "exit"))["muc"]) == "1\n"


def test_an_error_that_a_cell_is_marked_for_stops_the_section_as_any_other(tmp_path: Path) -> None:
    node = notebook("1 / 0", "print(3)")
    node.cells[1].metadata["tags"] = ["raises-exception"]
    with pytest.raises(NotebooksFailed) as caught:
        executed(tmp_path, muc=node)
    assert [(f.cell, f.error) for f in caught.value.failures] == [(2, "ZeroDivisionError: division by zero")]


def test_an_error_of_ours_is_its_sentence_alone(tmp_path: Path) -> None:
    stopped = failure(tmp_path, "from thidua.errors import TableError\nraise TableError('Bảng không có cột.')")
    assert stopped.error == "Bảng không có cột."


def test_the_other_sections_run_to_their_end_and_what_ran_of_the_failed_one_is_written(tmp_path: Path) -> None:
    good, bad = notebook("print('xong')"), notebook("print('một')", "import os; os._exit(1)")
    with pytest.raises(NotebooksFailed) as caught:
        executed(tmp_path, hong=bad, tot=good)
    assert [f.section for f in caught.value.failures] == ["hong"]
    assert printed(nbformat.read(tmp_path / "tot.ipynb", as_version=4)) == "xong\n"
    assert printed(nbformat.read(tmp_path / "hong.ipynb", as_version=4)) == "một\n"
