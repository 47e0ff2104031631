"""Whether a run is as it was sealed, and whether the register of its folder still agrees with what stands there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from thidua.archive.bag import KINDS, PAYLOAD, Fault, faults, manifest_hash, name_of
from thidua.archive.contents import run_name
from thidua.archive.packing import opened
from thidua.archive.register import FILE, Entry, Register
from thidua.errors import ArchiveError


@dataclass(frozen=True)
class Verdict:
    """What was found about one run: files not as sealed, what is wrong with its place, and what else the register says.

    ``others`` concern other runs of the same folder and do not speak against this one.
    """

    run: str
    faults: list[Fault]
    problems: list[str]
    others: list[str]

    @property
    def intact(self) -> bool:
        return not self.faults and not self.problems

    def as_dict(self) -> dict[str, Any]:
        return {
            "run": self.run,
            "intact": self.intact,
            "faults": [f.as_dict() for f in self.faults],
            "problems": self.problems,
            "others": self.others,
        }

    def __str__(self) -> str:
        lines = [f"{self.run}: {'nguyên vẹn' if self.intact else 'KHÔNG nguyên vẹn'}"]
        lines += [f"  tệp {KINDS[fault.kind]}: {fault.path}" for fault in self.faults]
        lines += [f"  {problem}" for problem in self.problems]
        lines += [f"  Lưu ý: {other}" for other in self.others]
        return "\n".join(lines)


def verify(run: Path) -> list[Verdict]:
    """Check a run, folder or zip; or, given a folder with a register, the register and every run in it.

    ArchiveError where there is nothing to check.
    """
    run = run.resolve()
    if (run / FILE).is_file():
        return _verify_all(run)
    entries, problems = Register(run.parent / FILE).read()
    name = run.stem if run.suffix == ".zip" else run.name
    if not run.exists():
        if any(e.run == name for e in entries):
            return [Verdict(name, [], ["có trong sổ đăng ký nhưng đã bị xóa"], [])]
        raise ArchiveError(f"Không có lần chạy nào ở «{run}».")
    registered = (run.parent / FILE).is_file()
    place = [f"sổ đăng ký: {p}" for p in problems]
    with opened(run) as folder:
        found = faults(folder)
        if registered and run.is_dir():
            place += _against(entries, name, folder)
        sealed = name_of(folder)
        if not found and not _named_after_inputs(folder, sealed):
            place.append("tên lần chạy không khớp với dữ liệu đầu vào đã lưu")
    others = [] if sealed == name else [f"lần chạy này tên là {sealed}; thư mục hoặc tệp đã được đổi tên"]
    others += [] if registered else ["bên cạnh không có sổ đăng ký nên không biết có bị thay cả lần chạy hay không"]
    others += [f"{n}: {p}" for n, ps in _state(run.parent, entries).items() if n != name for p in ps]
    return [Verdict(name, found, place, others)]


def _verify_all(output: Path) -> list[Verdict]:
    entries, problems = Register(output / FILE).read()
    verdicts = [Verdict(f"Sổ đăng ký {FILE}", [], problems, [])]
    states = _state(output, entries)
    for name in dict.fromkeys(e.run for e in entries):
        folder = output / name
        verdicts.append(Verdict(name, faults(folder) if folder.is_dir() else [], states.get(name, []), []))
    registered = {e.run for e in entries}
    for folder in sorted(p for p in output.iterdir() if (p / "bagit.txt").is_file() and p.name not in registered):
        verdicts.append(Verdict(folder.name, faults(folder), ["không có trong sổ đăng ký"], []))
    return verdicts


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
    return run_name(name.rpartition("-")[0], folder / PAYLOAD) == name
