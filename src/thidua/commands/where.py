"""Where a command works: the folder of a suite, found from the current folder upward when it is not given."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from thidua.errors import NoRoot, WronglyAsked
from thidua.settings.asked_period import no_period

Period = Annotated[
    str, Parameter(name="KỲ", help="kỳ báo cáo, ví dụ 2031-H1, hoặc tệp tham số, ví dụ params/2031-H1.yaml")
]
Output = Annotated[
    Path | None,
    Parameter(name="--output", metavar="THƯ_MỤC", help="thư mục chứa các lần chạy (không ghi: output/ của bộ báo cáo)"),
]
RUN = "thư mục của một lần chạy, hoặc tệp .zip của nó"
Run = Annotated[Path, Parameter(name="LẦN_CHẠY", help=RUN)]
Verbose = Annotated[bool, Parameter(name=["--verbose", "-v"], help="kể từng việc, từng mục mất bao lâu")]
# What a folder has that holds a suite.
_MARKS = ("notebooks", "params")


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Where:
    """What every command takes: the suite's folder, and whether a machine reads what it prints."""

    root: Annotated[
        Path | None,
        Parameter(
            name="--root",
            metavar="THƯ_MỤC",
            help="thư mục của bộ báo cáo, có notebooks/, params/, data/ (không ghi: tìm từ thư mục hiện tại trở lên)",
        ),
    ] = None
    json: Annotated[bool, Parameter(name="--json", help="in kết quả dạng JSON ra stdout")] = False

    @property
    def suite(self) -> Path:
        """The suite's folder; NoRoot where there is none."""
        if self.root is not None:
            return self.root.resolve()
        here = Path.cwd()
        if (found := _upward(here)) is None:
            raise NoRoot(here)
        return found

    @property
    def folder(self) -> Path:
        """The suite's folder, or the current one: for commands that can do without a suite."""
        return self.root.resolve() if self.root is not None else _upward(Path.cwd()) or Path.cwd()

    def run(self, named: Path) -> Path:
        """A run's path, looked for from the current folder and then by its name among the finished runs.

        What a run says is to be opened stands for the run, as anything within it does.
        """
        from thidua.archive.locate import whole_run

        finished = self.folder / "output" / named.name
        return finished if not named.exists() and len(named.parts) == 1 else whole_run(named)

    def of_period(self, period: str) -> tuple[Path, Path]:
        """The suite's folder and the params file of a period, which may be named by its file, from here or the root.

        WronglyAsked where there is no such file, NoRoot where there is no such suite.
        """
        named = Path(period)
        if named.suffix == ".yaml" and named.is_file():
            beside = _upward(named.resolve().parent) if self.root is None else None
            return beside or self.suite, named.resolve()
        suite = self.suite
        file = (suite / named if named.suffix == ".yaml" else suite / "params" / f"{period}.yaml").resolve()
        if file.is_file():
            return suite, file
        if not (suite / "params").is_dir():
            raise NoRoot(suite, self.root)
        raise WronglyAsked([no_period(period, suite / "params")])


HERE = Where()


def _upward(start: Path) -> Path | None:
    """The nearest folder, from ``start`` up, that holds a suite."""
    return next((f for f in (start, *start.parents) if all((f / mark).is_dir() for mark in _MARKS)), None)


def print_json(content: Any) -> None:
    """Print a result for a machine to read."""
    from json import dumps

    print(dumps(content, ensure_ascii=False, indent=1))
