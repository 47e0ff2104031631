"""Whether a run is as it was sealed, and whether the register of its folder still agrees with what stands there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from thidua.archive.bag import KINDS, PAYLOAD, Fault, faults, manifest_hash, name_of, traces
from thidua.archive.contents import copied, run_name
from thidua.archive.locate import is_run, no_run, runs_in
from thidua.archive.packing import opened
from thidua.archive.runs_register import FILE, Entry, Register
from thidua.progress.progress import NOBODY, Phase, Progress


@dataclass(frozen=True)
class Verdict:
    """What was found about one run: files not as sealed, what is wrong with its place, and remarks.

    ``remarks`` do not speak against the run: what a reader's programs left in it, and what concerns other runs.
    """

    run: str
    faults: list[Fault]
    problems: list[str]
    remarks: list[str]

    @property
    def intact(self) -> bool:
        """Whether nothing speaks against the run; remarks do not."""
        return not self.faults and not self.problems

    @property
    def state(self) -> str:
        """The verdict in the words that an officer reads."""
        return "nguyên vẹn" if self.intact else "KHÔNG nguyên vẹn"

    def as_dict(self) -> dict[str, Any]:
        """For JSON: the verdict with every fault, problem and remark."""
        return {
            "run": self.run,
            "intact": self.intact,
            "faults": [f.as_dict() for f in self.faults],
            "problems": self.problems,
            "remarks": self.remarks,
        }

    def __str__(self) -> str:
        lines = [f"{self.run}: {self.state}"]
        lines += [f"  tệp {KINDS[fault.kind]}: {fault.path}" for fault in self.faults]
        lines += [f"  {problem}" for problem in self.problems]
        lines += [f"  Lưu ý: {remark}" for remark in self.remarks]
        return "\n".join(lines)


def verify(run: Path, progress: Progress = NOBODY) -> list[Verdict]:
    """Check a run, folder or zip; or, given a folder with a register, the register and every run in it.

    NoRun where there is nothing to check.
    """
    run = run.resolve()
    progress.begin(Phase.VERIFYING)
    if (run / FILE).is_file():
        return _verify_all(run, progress)
    entries, problems = Register(run.parent / FILE).read()
    name = run.stem if run.suffix == ".zip" else run.name
    known = any(e.run == name for e in entries)
    if not run.exists():
        if known and not (run.parent / name).exists():  # a zip that nobody made says nothing of its run
            return [Verdict(name, [], ["có trong sổ đăng ký nhưng đã bị xóa"], [])]
        raise no_run(run)
    registered = (run.parent / FILE).is_file()
    place = [f"sổ đăng ký: {p}" for p in problems]
    with opened(run) as folder:
        if not known and not is_run(folder):
            raise no_run(run)
        found = faults(folder)
        if registered and run.is_dir():
            place += _against(entries, name, folder)
        sealed = name_of(folder)
        if not found and not _named_after_inputs(folder, sealed):
            place.append("tên lần chạy không khớp với dữ liệu đầu vào đã lưu")
        remarks = _left_behind(folder)
    remarks += [] if sealed == name else [f"lần chạy này tên là {sealed}; thư mục hoặc tệp đã được đổi tên"]
    remarks += [] if registered else ["bên cạnh không có sổ đăng ký nên không biết có bị thay cả lần chạy hay không"]
    remarks += [f"{n}: {p}" for n, ps in _state(run.parent, entries).items() if n != name for p in ps]
    return [Verdict(name, found, place, remarks)]


def _verify_all(output: Path, progress: Progress) -> list[Verdict]:
    entries, problems = Register(output / FILE).read()
    verdicts = [Verdict(f"Sổ đăng ký {FILE}", [], problems, [])]
    states = _state(output, entries)
    registered = dict.fromkeys(e.run for e in entries)
    others = [f.name for f in runs_in(output) if f.is_dir() and f.name not in registered]
    progress.begin(Phase.VERIFYING, parts=[*registered, *others])
    for name in (*registered, *others):
        folder, known = output / name, name in registered
        problems = states.get(name, []) if known else ["không có trong sổ đăng ký"]
        verdicts.append(_whole(folder, problems) if folder.is_dir() else Verdict(name, [], problems, []))
        progress.part(name, 1, 1)
    return verdicts


def _whole(folder: Path, problems: list[str]) -> Verdict:
    return Verdict(folder.name, faults(folder), problems, _left_behind(folder))


def _left_behind(folder: Path) -> list[str]:
    left = traces(folder)
    named = ", ".join(left[:5]) + ("…" if len(left) > 5 else "")
    return [f"{named}: do chương trình đọc tệp để lại, không thuộc lần chạy, có thể xóa"] if left else []


def _against(entries: list[Entry], name: str, folder: Path) -> list[str]:
    own = [e for e in entries if e.run == name]
    if not own:
        return ["không có trong sổ đăng ký"]
    if own[-1].manifest != manifest_hash(folder):
        return [f"không phải bản đã đăng ký lúc {own[-1].when}: bị thay hoặc bảng kê bị sửa"]
    return []


def _state(output: Path, entries: list[Entry]) -> dict[str, list[str]]:
    """What is wrong with each registered run as a whole, by name."""
    found = {}
    for name in dict.fromkeys(e.run for e in entries):
        folder = output / name
        problems = _against(entries, name, folder) if folder.is_dir() else ["có trong sổ đăng ký nhưng đã bị xóa"]
        if problems:
            found[name] = problems
    return found


def _named_after_inputs(folder: Path, name: str) -> bool:
    return run_name(name.rpartition("-")[0], copied(folder / PAYLOAD)) == name
