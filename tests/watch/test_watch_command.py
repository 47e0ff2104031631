"""The command ``thidua watch``: its page is there at once, and Ctrl-C leaves nothing."""

from __future__ import annotations

import json
import signal
import urllib.request
from pathlib import Path
from typing import Any

import psutil
import pytest

from archive.roots import thidua, tiny_root
from forked import command
from workbooks import PERIOD


@pytest.mark.slow
def test_it_serves_until_it_is_interrupted_and_leaves_nothing(tmp_path: Path) -> None:
    root, temporary = tiny_root(tmp_path / "root"), tmp_path / "tmp"
    temporary.mkdir()
    before = {path.name for path in root.iterdir()} | {"data"}
    with command(
        *("watch", PERIOD, "--no-browser", "--json", "--root", root), settings={"TMPDIR": str(temporary)}, lent=False
    ) as watch:
        watch.wait_for_a_line()
        said = json.loads(watch.printed())
        assert said["address"].startswith("http://127.0.0.1:")
        assert next(state["number"] for state in _told(said) if state["number"] or state["faults"]) == 1
        children = psutil.Process(watch.pid).children(recursive=True)
        # As Ctrl-C, which what runs in the background has been told to ignore.
        watch.send_signal(signal.SIGTERM)
        assert watch.wait(20) == 130
        assert watch.printed(2).strip() == "Đã dừng theo yêu cầu; chưa ghi kết quả nào."
    assert not psutil.wait_procs(children, timeout=5)[1]
    assert not list(temporary.iterdir()) and {path.name for path in root.iterdir()} == before


def _told(said: dict[str, Any]) -> Any:
    asked = urllib.request.Request(
        f"http://127.0.0.1:{said['port']}/su-kien", headers={"Authorization": f"token {said['token']}"}
    )
    with urllib.request.urlopen(asked, timeout=60) as lines:
        yield from (json.loads(line.removeprefix(b"data: ")) for line in lines if line.startswith(b"data: "))


def test_a_period_without_params_is_named_at_once(tmp_path: Path) -> None:
    done = thidua("watch", "2031-Q3", "--no-browser", "--root", tiny_root(tmp_path / "root"))
    assert done.returncode == 2 and "2031-Q3.yaml" in done.stderr
