"""What a user sees of progress: one line on a terminal, a few lines elsewhere; the terminal is whole afterwards."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

_COMMAND = """
import sys, time
from thidua.machine.process import ours
from thidua.progress.progress import Phase
from thidua.progress.showing import showing

with ours():
    with showing("run", "xa", [Phase.READING, Phase.SECTIONS], verbose="-v" in sys.argv) as progress:
        progress.begin(Phase.READING)
        progress.begin(Phase.SECTIONS, parts=["10_kinh_te", "20_van_hoa"])
        progress.kept(["30_y_te"])
        progress.part("10_kinh_te", 1, 2)
        progress.part("10_kinh_te", 2, 2)
        print("Lưu ý: một dòng", file=sys.stderr)
        time.sleep(60 if "hang" in sys.argv else 0.3)
    print("kết quả")
"""


def _on_a_terminal(
    cache: Path, *words: str, until: str = "", kill: signal.Signals | None = None
) -> tuple[str, str, int]:
    """What the terminal got, what stdout got, and the status; a signal is sent once the terminal shows ``until``."""
    ours, its = pty.openpty()
    settings = os.environ | {"XDG_CACHE_HOME": str(cache), "TERM": "xterm", "COLUMNS": "100"}
    command = [sys.executable, "-c", _COMMAND, *words]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=its, env=settings)
    os.close(its)
    seen = b""
    while True:
        try:
            chunk = os.read(ours, 4096)
        except OSError:  # the terminal's end, as Linux tells it
            break
        seen += chunk
        if not chunk:
            break
        if kill and until in seen.decode(errors="ignore"):
            running.send_signal(kill)
            kill = None
    os.close(ours)
    out = running.communicate(timeout=30)[0].decode()
    return seen.decode(), out, running.returncode


def test_a_terminal_has_one_line_that_goes_away_and_the_result_goes_to_stdout_alone(tmp_path: Path) -> None:
    seen, out, status = _on_a_terminal(tmp_path)
    assert (status, out) == (0, "kết quả\n")
    assert "Bước 2/2: Chạy các mục 1/2" in seen and "Lưu ý: một dòng\r\n" in seen
    assert seen.rstrip().endswith("\x1b[2K") and seen.rfind("\x1b[?25l") < seen.rfind("\x1b[?25h")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_command_that_is_stopped_leaves_the_cursor_where_it_was(tmp_path: Path, how: signal.Signals) -> None:
    seen, out, _ = _on_a_terminal(tmp_path, "hang", until="Chạy các mục 1/2", kill=how)
    assert out == "" and seen.rfind("\x1b[?25l") < seen.rfind("\x1b[?25h")
    if how == signal.SIGINT:
        assert "Bước" not in seen.rpartition("\x1b[2K")[2] and seen.endswith("chưa ghi kết quả nào.\r\n")


def test_elsewhere_a_phase_is_a_line_and_details_tell_every_part(tmp_path: Path) -> None:
    settings = os.environ | {"XDG_CACHE_HOME": str(tmp_path)}
    told = [
        subprocess.run(
            [sys.executable, "-c", _COMMAND, *words],
            capture_output=True,
            text=True,
            check=True,
            env=settings,
            timeout=60,
        )
        for words in ([], ["-v"])
    ]
    assert [done.stdout for done in told] == ["kết quả\n"] * 2
    assert told[0].stderr.splitlines() == ["Bước 1/2: Đọc biểu", "Bước 2/2: Chạy các mục 0/2", "Lưu ý: một dòng"]
    for said in (
        r"10_kinh_te: \d+,\d giây",
        "không chạy lại 1 mục: 30_y_te",
        r"mục: \d+,\d giây",
        r"Tất cả: \d+,\d giây",
    ):
        assert re.search(said, told[1].stderr)
