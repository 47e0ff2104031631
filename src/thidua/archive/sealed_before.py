"""Whether a report need be made at all: a run that was sealed before of all that it would be made of today.

This is asked in one way wherever the sealed run lies. It counts where the run itself says that it follows from its
inputs alone, and those and the software are the same today.
"""

from __future__ import annotations

from pathlib import Path, PurePath

from thidua.archive.bag import PAYLOAD, faults, is_trace, manifest_hash
from thidua.archive.contents import OWN, contents_of, run_name
from thidua.archive.origin import Basis, basis_of, software_here
from thidua.archive.runs_register import FILE, Register
from thidua.contracts import FindingRecord, read_findings
from thidua.inputs import Inputs


class Today:
    """What a run would be made of now."""

    def __init__(self, inputs: Inputs):
        self._root = inputs.root
        self._contents = contents_of(inputs)
        self._names: dict[tuple[str, ...], str] = {}
        self.period = inputs.params.period

    def name(self, files: tuple[str, ...] = ()) -> str:
        """The name of a run whose cells read these files of the suite; empty where one is missing."""
        if files not in self._names:
            own = {f"{OWN}/{name}": self._root / name for name in files}
            there = all(path.is_file() for path in own.values())
            self._names[files] = run_name(self.period, {**self._contents, **own}) if there else ""
        return self._names[files]

    def gives(self, run: str, basis: Basis | None) -> bool:
        """Whether a run of this name and basis is what would be made now."""
        return basis is not None and self.name(basis.files) == run and basis.software == software_here()


def sealed_before(inputs: Inputs, output: Path) -> Path | None:
    """The run in an output folder that is what would be made now, as it was sealed and registered; None without one."""
    today = Today(inputs)
    registered = Register(output / FILE).last_hashes()
    for name, manifest in registered.items():
        folder = output / name
        # Hashes come last: nearly all runs are of other periods and inputs.
        if (
            name.rpartition("-")[0] == today.period
            and today.name(_own(folder)) == name
            and manifest == manifest_hash(folder)
            and not faults(folder)
            and today.gives(name, basis_of(folder))
        ):
            return folder
    return None


def findings_of(folder: Path) -> list[FindingRecord]:
    """The findings of a sealed run."""
    return list(read_findings(folder / PAYLOAD / "checks.json"))


def _own(run: Path) -> tuple[str, ...]:
    folder = run / PAYLOAD / OWN
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return tuple(sorted(name.as_posix() for name in found if not is_trace(PurePath(name))))
