"""What an officer types, rightly and wrongly: help and errors in Vietnamese, the suite found from within it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from archive.roots import thidua, tiny_root
from thidua.commands.performing import command_line
from thidua.machine.to_type import as_typed
from workbooks import PERIOD

_ENGLISH = re.compile(
    r"\b(?:Usage|OPTIONS|COMMAND|required|Commands|Parameters|Arguments|default|show|Error|PATH|INT)\b"
)
COMMANDS = [name for name in command_line() if not name.startswith("-")]


@pytest.mark.parametrize("words", [[], *([name] for name in COMMANDS)], ids=" ".join)
def test_help_is_vietnamese_and_has_an_example(words: list[str]) -> None:
    done = thidua(*words, "--help")
    assert done.returncode == 0
    assert "Cách dùng: thidua" in done.stdout and f"thidua {words[0] if words else 'run'} " in done.stdout + " "
    assert not _ENGLISH.search(done.stdout), done.stdout


def test_what_a_command_can_do_without_is_not_said_to_be_needed() -> None:
    told = thidua("list", "--help").stdout
    assert "thidua list [LỰA CHỌN] [KHO]" in told and "Có thể ghi:" in told and "Cần ghi:" not in told


def test_without_a_command_help_is_shown_and_nothing_was_done() -> None:
    done = thidua()
    assert (done.returncode, "Lệnh:" in done.stdout) == (2, True)
    assert re.fullmatch(r"thidua \d+\.\d+\.\d+\n", thidua("--version").stdout)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["chek", PERIOD], "Không có lệnh «chek»; gần nhất là «check»."),
        (["run"], "Lệnh «run» cần KỲ: kỳ báo cáo, ví dụ"),
        (["new", PERIOD], "Lệnh «new» cần --from: kỳ đã có"),
        (["run", PERIOD, "--job", "2"], "Lệnh «run» không có lựa chọn «--job»; gần nhất là «--jobs»."),
        (["run", PERIOD, "--jobs", "hai"], "«--jobs» nhận một số nguyên từ 1 trở lên, không nhận «hai»."),
        (["run", PERIOD, "--jobs", "0"], "«--jobs» nhận một số nguyên từ 1 trở lên, không nhận «0»."),
        (["run", PERIOD, "--jobs", "2", "--jobs", "3"], "«--jobs» ghi hai lần."),
        (["run", PERIOD, "--output"], "«--output» cần một giá trị: thư mục chứa các lần chạy"),
        (["run", PERIOD, "--fresh=có"], "«--fresh» ghi một mình, không nhận giá trị."),
        (["run", PERIOD, "-o", "x"], "Lệnh «run» không có lựa chọn «-o»; gần nhất là «--output»."),
        (["check", PERIOD, "thừa"], "Lệnh «check» không nhận thêm «thừa»."),
        (["--vesion"], "Không có lựa chọn «--vesion»; gần nhất là «--version»."),
        (["--root", "x", "check"], "Lựa chọn «--root» ghi sau tên lệnh, ví dụ: thidua check … --root."),
    ],
)
def test_a_command_line_that_is_none_is_told_in_a_sentence_with_the_nearest_name(words: list[str], said: str) -> None:
    done = thidua(*words)
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr.startswith(said), done.stderr
    assert re.search(r"Xem cách dùng: thidua (?:\w+ )?--help\.?$", done.stderr.strip())
    assert not _ENGLISH.search(done.stderr)


def test_the_suite_is_found_from_any_folder_within_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tiny_root(tmp_path / "bộ báo cáo")
    monkeypatch.chdir(root / "data" / "raw")
    inside = thidua("check", PERIOD)
    monkeypatch.chdir(tmp_path)
    named = thidua("check", f"bộ báo cáo/params/{PERIOD}.yaml")
    assert inside.returncode == named.returncode == 1
    assert inside.stdout == named.stdout == thidua("check", PERIOD, "--root", root).stdout


def test_outside_of_any_suite_one_sentence_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = thidua("run", PERIOD)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Không thấy bộ báo cáo") and done.stderr.count("\n") == 1 and "--root" in done.stderr
    done = thidua("check", PERIOD, "--root", tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("Không thấy bộ báo cáo") and f"«{tmp_path}». Hãy ghi ở --root" in done.stderr


def test_what_is_to_be_typed_next_can_be_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tiny_root(tmp_path / "bộ báo cáo")
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "thidua"
    program.write_text("")
    monkeypatch.setattr("sys.argv", [str(program)])
    monkeypatch.chdir(tmp_path)
    begun = as_typed("check", PERIOD, root=root)
    assert begun == f"{program} check {PERIOD} --root 'bộ báo cáo'"
    monkeypatch.chdir(root / "data")
    assert as_typed("check", PERIOD, root=root) == f"{program} check {PERIOD}"
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    assert as_typed("check", "xã") == "thidua check xã"


def test_a_period_that_was_not_begun_is_told_how_to_begin(tmp_path: Path) -> None:
    done = thidua("run", "2031-Q3", "--root", tiny_root(tmp_path / "xa"))
    assert done.returncode == 2 and f"thidua new 2031-Q3 --from {PERIOD} --root" in done.stderr


@pytest.mark.parametrize("command", ["run", "check", "watch", "received", "lint"])
def test_a_period_that_is_none_is_no_fault_of_the_data_and_not_to_be_typed_again(command: str, tmp_path: Path) -> None:
    done = thidua(command, PERIOD.lower(), "--root", tiny_root(tmp_path / "xa"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"«{PERIOD.lower()}» không phải một kỳ báo cáo. Cần: ghi là «{PERIOD}».\n"
