"""The register shows what was done to it, and survives two writers and a kill at any moment."""

from __future__ import annotations

import json
import time
from pathlib import Path

from archive.folders import enter
from forked import Forked, ended
from thidua.archive.runs_register import FILE, Register, locked


def _writer(output: Path, name: str, count: int, go: Path | None = None) -> Forked:
    process = Forked(enter, output, name, count, go, lent=False)
    process.wait_for_a_line()
    return process


def _filled(output: Path, count: int = 4) -> Register:
    with locked(output) as register:
        for number in range(count):
            register.append(f"run-{number}", str(number) * 64)
    return Register(output / FILE)


def test_every_run_is_a_line_that_holds_the_hash_of_the_line_before(tmp_path: Path) -> None:
    entries, problems = _filled(tmp_path).read()
    assert [e.run for e in entries] == ["run-0", "run-1", "run-2", "run-3"]
    assert problems == []


def test_a_changed_line_shows(tmp_path: Path) -> None:
    register = _filled(tmp_path)
    register.path.write_text(register.path.read_text().replace("run-1", "run-9"))
    assert "dòng 3 không nối với dòng trước" in register.read()[1][0]


def test_a_line_taken_out_shows(tmp_path: Path) -> None:
    register = _filled(tmp_path)
    lines = register.path.read_text().splitlines(keepends=True)
    register.path.write_text("".join(lines[:1] + lines[2:]))
    assert "dòng 2" in register.read()[1][0]


def test_an_unfinished_last_line_is_said_and_taken_off_by_the_next_writer(tmp_path: Path) -> None:
    register = _filled(tmp_path)
    whole = register.path.read_bytes()
    for cut in (1, 20, 200):
        register.path.write_bytes(whole[:-cut])
        entries, problems = register.read()
        assert len(entries) == 3 and "ghi dở" in problems[0]
    with locked(tmp_path) as again:
        assert again.repair() and not again.repair()
        again.append("run-4", "4" * 64)
    assert [e.run for e in register.read()[0]] == ["run-0", "run-1", "run-2", "run-4"]
    assert register.read()[1] == []


def test_two_writers_at_once_lose_no_line(tmp_path: Path) -> None:
    go = tmp_path / "go"
    writers = [_writer(tmp_path, name, 120, go) for name in ("một", "hai")]
    go.touch()
    assert [ended(w).returncode for w in writers] == [0, 0]
    entries, problems = Register(tmp_path / FILE).read()
    assert len(entries) == 240 and problems == []


def test_a_writer_killed_at_any_moment_leaves_a_register_that_the_next_one_goes_on_with(tmp_path: Path) -> None:
    for number in range(8):
        with _writer(tmp_path, str(number), 10_000):
            time.sleep(0.005 * number)
        with locked(tmp_path) as register:
            register.repair()
            register.append(f"after-{number}", "0" * 64)
        assert register.read()[1] == []
    numbers = [json.loads(line)["number"] for line in (tmp_path / FILE).read_text().splitlines()]
    assert numbers == list(range(1, len(numbers) + 1))
