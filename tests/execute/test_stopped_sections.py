"""A section that stops before its end: which cell was running and why, in words, and no other section lost."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from execute.written import executed, failure, notebook, printed
from thidua.errors import NotebooksFailed

pytestmark = pytest.mark.slow

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
    monkeypatch.setattr("thidua.execute.client.CELL_SECONDS", 1)
    stopped = failure(tmp_path, "import time\ntime.sleep(60)")
    assert stopped.cell == 2 and stopped.source.startswith("import time") and "quá 1 giây" in stopped.error


def test_a_python_that_does_not_start_is_told_with_its_last_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "zmq.py").write_text("raise ImportError('no sockets here')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    stopped = failure(tmp_path, "print('một')")
    assert stopped.cell == 0 and "không khởi động được" in stopped.error and "no sockets here" in stopped.error


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
