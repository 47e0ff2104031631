"""However a command ends, its status says the truth and a sentence says why."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

from archive.roots import thidua, tiny_root, write_notebook
from forked import command, ended
from thidua.archive.runs_register import FILE, LOCK
from thidua.cli import main
from thidua.document.document import Document
from thidua.publish.pdf.typst_writer import typst_of
from workbooks import PERIOD, params_file

pytestmark = pytest.mark.slow

_ONE = [{"notebook": "01_mo_dau", "kind": "front"}]
_MARK = "THIDUA_TEST_MARK"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tiny_root(tmp_path / "root", sections=_ONE)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


@pytest.fixture
def breaking(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, BaseException], None]:
    """Have a function of the library raise an error."""

    def broken(place: str, error: BaseException) -> None:
        def raising(*_: object, **__: object) -> None:
            raise error

        monkeypatch.setattr(place, raising)

    return broken


@pytest.mark.parametrize("place", ["thidua.run.pipeline.publish_report", "thidua.run.pipeline.place"])
def test_a_fault_that_nobody_expected_keeps_what_was_executed_and_a_log_and_makes_no_run(
    root: Path, breaking: Callable[[str, BaseException], None], monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.setattr("thidua.run.pipeline.publish_report", lambda *_: [])  # which takes its time
    breaking(place, KeyError("no sheet of this name"))
    done = thidua("run", PERIOD, "--root", root)
    assert done.returncode == 3 and "Traceback" not in done.stderr
    (kept,) = (p for p in (root / "output").iterdir() if p.is_dir())
    assert kept.name.startswith("khong-thanh-") and (kept / "notebooks" / "01_mo_dau.ipynb").is_file()
    log = kept / "nhat-ky-loi.txt"
    assert str(log) in done.stderr and str(kept) in done.stderr
    assert "no sheet of this name" in log.read_text(encoding="utf-8")
    assert sorted(p.name for p in kept.iterdir()) == ["nhat-ky-loi.txt", "notebooks"]


def test_a_report_that_the_typesetter_breaks_down_on_is_named_with_what_to_send_and_the_typesetter_s_words(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def written(document: Document, *more: Any) -> dict[str, str]:
        files = typst_of(document, *more)
        if not document.properties.title.startswith("Phiếu trình"):
            files["main.typ"] += '#panic("hết đường")\n'
        return files

    monkeypatch.setattr("thidua.publish.pdf.typesetting.typst_of", written)
    done = thidua("run", PERIOD, "--root", root)
    assert done.returncode == 3 and "Traceback" not in done.stderr
    (kept,) = (p for p in (root / "output").iterdir() if p.is_dir())
    *_, sentence, words = done.stderr.splitlines()
    assert "Typst dừng khi lập bản PDF lưu trữ của «" in sentence and "do lỗi của bộ lập báo cáo" in sentence
    assert f"nhật ký để gửi người bảo trì: {kept / 'nhat-ky-loi.txt'}" in sentence
    assert words == "  Typst báo: panicked with: hết đường"
    assert '#panic("hết đường")' in (kept / "nhat-ky-loi.txt").read_text(encoding="utf-8")
    assert sorted(p.name for p in kept.iterdir()) == ["nhat-ky-loi.txt", "notebooks"]


@pytest.mark.parametrize(
    ("words", "place", "error"),
    [
        (("check", PERIOD), "thidua.commands.making.checked_data", MemoryError()),
        (("check", PERIOD), "thidua.commands.making.checked_data", SystemExit(1)),
        (("check", PERIOD), "thidua.commands.making.checked_data", BaseException("panic")),
        (("verify", "output"), "thidua.archive.verify.verify", RecursionError()),
        (("diff", "a", "b"), "thidua.archive.comparison.sealed.sealed_run", KeyError("a")),
        (("reproduce", "a"), "thidua.archive.reproduce.reproduce", ValueError()),
        (("lint",), "thidua.lint.command.lint", UnicodeError()),
    ],
)
def test_no_command_ends_with_a_traceback_or_with_the_status_of_findings(
    root: Path,
    temporary: Path,
    breaking: Callable[[str, BaseException], None],
    words: tuple[str, ...],
    place: str,
    error: BaseException,
) -> None:
    breaking(place, error)
    done = thidua(*words, "--root", root)
    assert done.returncode == 3 and "Traceback" not in done.stderr
    (log,) = temporary.iterdir()
    assert str(log) in done.stderr and f"thidua {words[0]}" in log.read_text(encoding="utf-8")


def test_a_module_that_cannot_be_imported_is_no_report_made(root: Path, temporary: Path) -> None:
    code = "import sys\nsys.modules['thidua.checks.engine'] = None\nfrom thidua.cli import main\nsys.exit(main())"
    words = [sys.executable, "-c", code, "run", PERIOD, "--root", str(root)]
    settings = os.environ | {"TMPDIR": str(temporary)}
    done = subprocess.run(words, capture_output=True, text=True, check=False, env=settings, timeout=120)
    assert done.returncode == 3 and "Traceback" not in done.stderr and str(temporary) in done.stderr


def test_a_fault_is_told_in_json_as_well(
    root: Path, temporary: Path, breaking: Callable[[str, BaseException], None]
) -> None:
    breaking("thidua.commands.making.checked_data", KeyError("x"))
    done = thidua("check", PERIOD, "--json", "--root", root)
    assert Path(json.loads(done.stdout)["log"]).parent == temporary


def test_a_fault_while_a_fault_is_told_still_has_its_status(
    root: Path, breaking: Callable[[str, BaseException], None]
) -> None:
    breaking("thidua.commands.making.checked_data", KeyError("x"))
    breaking("thidua.machine.log.tell", KeyError("y"))
    assert thidua("check", PERIOD, "--root", root).returncode == 3


def test_make_takes_a_fault_for_one(tmp_path: Path) -> None:
    makefile = (Path(__file__).parents[2] / "Makefile").read_text(encoding="utf-8")
    (tmp_path / "Makefile").write_text(makefile, encoding="utf-8")
    (tmp_path / "scripts").mkdir()
    (tmp_path / "scripts" / "setup").write_text("#!/bin/sh\n")
    (tmp_path / "scripts" / "setup").chmod(0o755)
    program = tmp_path / ".venv" / "bin" / "thidua"
    program.parent.mkdir(parents=True)
    for status, made in ((0, True), (1, True), (2, False), (3, False), (130, False)):
        program.write_text(f"#!/bin/sh\nexit {status}\n")
        program.chmod(0o755)
        assert (subprocess.run(["make", "-C", tmp_path, "report"], capture_output=True).returncode == 0) == made


def test_a_command_inside_another_program_leaves_its_interruption_to_that_program(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pressed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("thidua.commands.making.checked_data", pressed)
    with pytest.raises(KeyboardInterrupt):
        main(["check", str(params_file(root)), "--root", str(root)])


def _living(temporary: Path) -> list[int]:
    """The processes that this test's command left behind; others may run beside it."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get(_MARK) == str(temporary) and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process.pid)
        except psutil.Error:
            continue
    return found


def _interrupted(root: Path, temporary: Path, until: Path | str, number: signal.Signals) -> tuple[float, str, int]:
    """A run that is interrupted once a file is there, or a text has been printed; how long it took to end."""
    settings = {"TMPDIR": str(temporary), _MARK: str(temporary)}
    lent = str(until).startswith("output/.dang-chay-*/run/")  # its sections have ended, and what forked them is idle
    with command("run", PERIOD, "--root", root, "--jobs", 2, settings=settings, lent=lent) as run:
        limit = time.monotonic() + 60
        while not list(root.glob(str(until))) and run.status is None and time.monotonic() < limit:
            time.sleep(0.005)
        start = time.monotonic()
        run.send_signal(number)
        status = run.wait(30)
        return time.monotonic() - start, run.printed(2), status


_CELL = """
from pathlib import Path
import subprocess, time
subprocess.Popen(["sleep", "60"])
Path("dang-chay-o").touch()
time.sleep(60)
"""


@pytest.mark.parametrize(
    ("until", "number"),
    [
        ("data/processed/*/*", signal.SIGINT),
        ("output/.dang-chay-*", signal.SIGINT),
        ("dang-chay-o", signal.SIGINT),
        ("dang-chay-o", signal.SIGTERM),
        ("output/.dang-chay-*/run/bao-cao.html", signal.SIGINT),
        ("output/.dang-chay-*/run/manifest-sha256.txt", signal.SIGINT),
    ],
    ids=["intake", "starting", "cell", "cell-terminated", "publishing", "sealing"],
)
def test_an_interruption_at_any_moment_ends_at_once_and_leaves_nothing(
    root: Path, temporary: Path, until: str, number: signal.Signals
) -> None:
    if until == "dang-chay-o":
        write_notebook(root, "01_mo_dau", [_CELL])
    took, errors, status = _interrupted(root, temporary, until, number)
    assert (status, errors.strip().splitlines()[-1]) == (130, "Đã dừng theo yêu cầu; chưa ghi kết quả nào.")
    # A second of a machine that has a processor free for it.
    assert "Traceback" not in errors and took < max(1, os.getloadavg()[0] / (os.cpu_count() or 1))
    assert _living(temporary) == [] and list(temporary.iterdir()) == []
    output = root / "output"
    assert not output.exists() or {p.name for p in output.iterdir()} <= {FILE, LOCK}
    assert not list((root / "data" / "processed").glob("*/.*"))


def test_a_strange_encoding_of_the_terminal_takes_neither_output_nor_status(root: Path) -> None:
    plain = thidua("check", PERIOD, "--root", root)
    told = thidua("check", PERIOD, "--root", root, PYTHONIOENCODING="cp1252")
    assert (told.returncode, told.stdout) == (plain.returncode, plain.stdout) and "Lỗi" in plain.stdout
    in_json = thidua("check", PERIOD, "--root", root, "--json", PYTHONIOENCODING="utf-16")
    assert in_json.returncode == plain.returncode and json.loads(in_json.stdout)["findings"]


def test_a_reader_that_stops_reading_does_not_change_the_status(root: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = ended(command("check", PERIOD, "--json", "--root", root, stdout=writer))
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (1, "")


def test_a_full_disk_under_the_output_is_told(root: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = ended(command("check", PERIOD, "--json", "--root", root, stdout=full.fileno()))
    assert done.returncode == 3 and done.stderr.count("hết chỗ trên đĩa") == 1
