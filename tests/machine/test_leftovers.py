"""What a killed command left in the folder for temporary files is cleared by the next one of the same user."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from thidua.machine.leftovers import _LOCK

_COMMAND = """
import sys, tempfile
from thidua.machine.process import SOCKETS, done_with, ours, temporary
with ours():
    sockets = temporary(sys.argv[1], SOCKETS)
    open(tempfile.gettempdir() + "/hinh.svg", "w").close()
    print("there", flush=True)
    sys.stdin.read(1)
    done_with(sockets)
"""


def _command(place: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "TMPDIR": str(place), "TEMP": str(place), "XDG_RUNTIME_DIR": str(place)}
    arguments = [sys.executable, "-c", _COMMAND, str(place)]
    started = subprocess.Popen(arguments, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert started.stdout is not None and started.stdout.readline() == "there\n"
    return started


def _others(place: Path) -> list[Path]:
    """Folders of like names that no command has made: nobody knows whose they are."""
    names = ["thidua-khongkho", "thidua-tai-lieu", "thidua-chungdoc", "thidua-lienket2", "thidua-nguoikha"]
    unlocked, named, shared, linked, foreign = others = [place / name for name in names]
    for folder in others:
        folder.mkdir(mode=0o700)
        if folder not in (unlocked, linked):
            (folder / _LOCK).touch()
    shared.chmod(0o755)
    (linked / _LOCK).symlink_to(named / _LOCK)
    if os.getuid() == 0:
        os.chown(foreign, 12345, 12345)
    else:
        (foreign / _LOCK).unlink()
    link = place / "thidua-lienket1"
    link.symlink_to(named)
    return sorted([*others, link])


def test_the_next_command_clears_what_a_killed_one_left_and_nothing_else(tmp_path: Path) -> None:
    living, killed = _command(tmp_path), _command(tmp_path)
    killed.kill()
    killed.communicate(timeout=20)
    assert len(list(tmp_path.iterdir())) == 4
    others = _others(tmp_path)
    later = _command(tmp_path)
    left = set(tmp_path.iterdir()) - set(others)
    assert sorted(path.name.split("-")[0] for path in left) == ["td", "td", "thidua", "thidua"]
    for process in (living, later):
        process.communicate("x", timeout=20)
    assert sorted(tmp_path.iterdir()) == others


def test_an_interruption_that_comes_when_all_is_done_does_not_deny_it() -> None:
    late = "import os, signal\nfrom thidua.machine.process import ours\nwith ours(): pass\n"
    late += "for n in (signal.SIGINT, signal.SIGTERM): os.kill(os.getpid(), n)\nprint('there')"
    done = subprocess.run([sys.executable, "-c", late], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "there\n")
