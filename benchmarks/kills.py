"""Whether a run bears that its processes are killed: `benchmarks/kills.py [KILLS] [--root ROOT] [PERIOD]`.

Starts whole runs of a small generated suite, or of the one in ROOT, and kills at random moments what belongs to them:
sections, whoever forks them, kernels, the processes that draw, typeset and write, or the command itself. Each run
must end by itself, say in words what it lacks or have made what an undisturbed one makes, byte by byte, and leave
nothing half made, no process and no temporary file; the next run must make the same again. Prints what was killed how
often and how it ended, and ends with status 1 where anything was otherwise.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from generated.suites import PERIOD, Size, suite, write_suite
from thidua.archive.bag import faults, manifest_hash, payload
from thidua.archive.origin import CRATE
from thidua.archive.runs_register import FILE, Register

PROGRAM = Path(sys.executable).with_name("thidua")
SIZE = Size(sections=2, figures=24, workbooks=1, slips=0)
LIMIT, PATIENCE = 180, 30
MADE, FAILED, INTERRUPTED = (0, 1), 3, 130
COMMAND, FORK, PARENT, STAGE = "command", "fork", "warm parent", "stage"
SECTION, KERNEL, OTHER = "section", "kernel", "other"
PROGRAMS = {
    "thidua.charts.renderer": "renderer",
    "thidua.publish.pdf.typesetter": "typesetter",
    "pandoc": "pandoc",
    "ipykernel_launcher": KERNEL,
}
# What is waited for to be killed, how often; "moment" is whatever lives at a moment, the command as one of all.
WANTED = {
    "moment": 5,
    SECTION: 4,
    "renderer": 2,
    "typesetter": 2,
    "pandoc": 2,
    FORK: 3,
    KERNEL: 2,
    PARENT: 1,
    COMMAND: 2,
}
# What a command that could not go on must name: a section, or a part of the work.
NAMED = re.compile(r"Mục «|biểu đồ «|bản PDF|bản Word|việc viết ")
UNTOLD = re.compile(r"Traceback|ngoài dự kiến|\.py\b|Error\b")


@dataclass
class Ended:
    """How a run ended: status, seconds, what it said, what was killed how."""

    status: int | None
    seconds: float
    said: str
    killed: list[str]


class Suite:
    """A suite, where its runs go, and what an undisturbed run of it makes."""

    def __init__(self, root: Path, period: str, folder: Path):
        self._root, self._period, self._folder = root, period, folder
        self._tmp = folder / "tmp"
        self._tmp.mkdir()
        self._mark = f"{folder}"
        self._number = 0
        self.output = self._next_output()
        calm = self.run([], random.Random(0), fresh=True)
        assert calm.status in MADE, calm.said
        self.seconds, self._status = calm.seconds, calm.status
        (self._name,) = self._runs()
        self._expected = self._bytes()

    def trial(self, chance: random.Random) -> tuple[Ended, list[str]]:
        """A run of which something is killed, and the one after it; what is wrong, in words."""
        self.output = self._next_output()
        ended = self.run(_plan(chance), chance, fresh=True)
        wrong = [*self._wrong(ended), *self._left(halves=ended.status == -signal.SIGKILL)]
        if not ended.killed:  # what was meant was never there
            return ended, wrong
        after = self.run([], chance, fresh=False)
        if after.status != self._status or self._bytes() != self._expected or self._broken():
            wrong.append(f"the next run ends with {after.status} and other files: {after.said}")
        wrong += [f"after the next run: {each}" for each in self._left(halves=False)]
        shutil.rmtree(self.output)
        return ended, wrong

    def run(self, plan: list[tuple[str, float]], chance: random.Random, *, fresh: bool) -> Ended:
        """Run it and kill by the plan: what, and after what part of a run's time or how many seconds of its life."""
        command = [PROGRAM, "run", self._period, "--root", self._root, "--output", self.output]
        environment = os.environ | {"TMPDIR": str(self._tmp), "XDG_CACHE_HOME": f"{self._folder}/cache"}
        environment |= {"THIDUA_KILLS": self._mark}
        began, killed = time.monotonic(), []
        with (self._folder / "said").open("w+", encoding="utf-8") as said:
            process = subprocess.Popen(
                [*map(str, command), *(["--fresh"] if fresh else [])],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=said,
                start_new_session=True,
            )
            status: int | None = None
            try:
                for what, when in plan:
                    if (victim := self._victim(process, what, when, began, chance)) and (how := _kill(*victim, chance)):
                        killed.append(how)
                with suppress(subprocess.TimeoutExpired):
                    status = process.wait(LIMIT)
            finally:
                if status is None:  # it hangs, or whoever waits is interrupted
                    self._end(process)
            seconds = time.monotonic() - began
            said.seek(0)
            text = said.read()
        return Ended(status, seconds, text, killed)

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        """End a run and all that it has started."""
        while living := self._living():
            for each in living:
                with suppress(psutil.Error):
                    each.kill()
        process.wait()

    def _victim(
        self, process: subprocess.Popen[bytes], what: str, when: float, began: float, chance: random.Random
    ) -> tuple[str, psutil.Process] | None:
        """The process that is to be killed, once it is time; None where the run has ended before."""
        if what in ("moment", COMMAND):
            time.sleep(max(0, began + when * self.seconds - time.monotonic()))
            found = [each for each in _family(process) if what in ("moment", each[0])]
            return chance.choice(found) if found and process.poll() is None else None
        due = 0.0
        while process.poll() is None:
            if found := [each for each in _family(process) if each[0] == what]:
                due = due or time.monotonic() + when
                if time.monotonic() >= due:
                    return chance.choice(found)
            time.sleep(0.03)
        return None

    def _wrong(self, ended: Ended) -> Iterator[str]:
        """What is wrong with how a run ended."""
        runs, whole = self._runs(), self._bytes() == self._expected and not self._broken()
        if ended.status is None:
            yield f"did not end within {LIMIT} seconds"
        elif ended.status in MADE:
            if ended.status != self._status or not whole:
                yield "says that the report is made, but its files are others"
        elif ended.status == FAILED:
            if runs:
                yield "failed and left what looks like a report"
            if not NAMED.search(ended.said) or UNTOLD.search(ended.said):
                yield "does not say what it lacks"
        elif ended.status in (INTERRUPTED, -signal.SIGKILL, -signal.SIGTERM):
            if not any(COMMAND in each for each in ended.killed) or (runs and not whole):
                yield "ended otherwise than it should"
        else:
            yield "ended with a status that nobody knows"

    def _left(self, *, halves: bool) -> Iterator[str]:
        """What a run left that it should not; ``halves`` where it could not remove what is half made."""
        until = time.monotonic() + PATIENCE
        while (living := self._living()) and time.monotonic() < until:
            time.sleep(0.1)
        if living:
            yield f"processes are left: {', '.join(map(_called, living))}"
        if halves:
            return
        if files := [path.name for path in self._tmp.iterdir()]:
            yield f"temporary files are left: {', '.join(files)}"
        known = {"register.jsonl", ".register.lock", "so-sanh", self._name, f"khong-thanh-{self._name}"}
        if strange := [path.name for path in self.output.iterdir() if path.name not in known]:
            yield f"stand in the output folder: {', '.join(strange)}"

    def _next_output(self) -> Path:
        self._number += 1
        output = self._folder / f"output-{self._number}"
        output.mkdir()
        return output

    def _runs(self) -> list[str]:
        """The runs that look finished."""
        return [path.parent.name for path in self.output.glob("*/bagit.txt") if not path.parent.name.startswith(".")]

    def _bytes(self) -> dict[str, bytes]:
        files = payload(self.output / self._runs()[0]) if self._runs() else {}
        return {name: path.read_bytes() for name, path in files.items() if name != CRATE}

    def _broken(self) -> bool:
        """Whether a finished run is not as it was sealed and registered."""
        last = Register(self.output / FILE).last_hashes()
        return any(faults(self.output / r) or last.get(r) != manifest_hash(self.output / r) for r in self._runs())

    def _living(self) -> list[psutil.Process]:
        """The processes that a run has started and that are still there."""
        found = []
        for process in psutil.process_iter():
            with suppress(psutil.Error, OSError):
                living = process.status() != psutil.STATUS_ZOMBIE
                if living and process.environ().get("THIDUA_KILLS") == self._mark:
                    found.append(process)
        return found


def _plan(chance: random.Random) -> list[tuple[str, float]]:
    """What to kill in one run, in turn: of sections and kernels several."""
    (what,) = chance.choices(list(WANTED), list(WANTED.values()))
    if what in ("moment", COMMAND):
        return [(what, chance.uniform(0, 1))]
    before = [(STAGE, chance.uniform(0, 0.2))] if what == KERNEL else []  # there are some where nobody forks any more
    times = chance.choice([1, 2, 3]) if what in (SECTION, KERNEL) else 1
    return [*before, *((what, chance.choice([0, chance.uniform(0, 0.6)])) for _ in range(times))]


def _family(process: subprocess.Popen[bytes]) -> Iterator[tuple[str, psutil.Process]]:
    """The processes of a run, each with what it is."""
    with suppress(psutil.Error):
        command = psutil.Process(process.pid)
        yield COMMAND, command
        for child in command.children(recursive=True):
            with suppress(psutil.Error):
                if child.status() == psutil.STATUS_ZOMBIE:
                    continue
                words = " ".join(child.cmdline())
                if "warm_parent" in words:
                    depth = next(n for n, each in enumerate(child.parents()) if each == command)
                    yield (PARENT, STAGE, SECTION, SECTION)[min(depth, 3)], child
                elif str(PROGRAM) in words:
                    yield FORK, child
                else:
                    yield next((what for name, what in PROGRAMS.items() if name in words), OTHER), child


def _kill(what: str, victim: psutil.Process, chance: random.Random) -> str:
    """Kill it in one of several ways; what was done, in words, nothing where it was no more."""
    way = chance.choices(["SIGKILL", "SIGTERM", "SIGSTOP"], [6, 2, 2])[0]
    try:
        if what == COMMAND:
            if way == "SIGKILL":
                victim.kill()
            else:  # as a terminal does
                way = "Ctrl-C"
                os.killpg(victim.pid, signal.SIGINT)
        elif way == "SIGSTOP":
            victim.suspend()
            time.sleep(chance.uniform(0, 2))
            victim.kill()
        else:
            victim.send_signal(getattr(signal, way))
    except (psutil.Error, ProcessLookupError):
        return ""
    return f"{what} {way}"


def _called(process: psutil.Process) -> str:
    with suppress(psutil.Error):
        return " ".join(process.cmdline()[:4])
    return "?"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("kills", type=int, nargs="?", default=20)
    parser.add_argument("period", nargs="?", default=PERIOD)
    parser.add_argument("--root", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chance = random.Random(given.seed)
    ends: Counter[str] = Counter()
    wrong_ones, slowest = 0, 0.0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        root = folder / "root"
        if given.root:
            shutil.copytree(given.root, root, ignore=shutil.ignore_patterns("output", ".*"))
        else:
            write_suite(suite(SIZE), root)
        tried = Suite(root, given.period, folder)
        print(f"an undisturbed run: {tried.seconds:.1f} seconds", flush=True)
        while ends.total() < given.kills:
            ended, wrong = tried.trial(chance)
            slowest = max(slowest, ended.seconds)
            told = "made" if ended.status in MADE else str(ended.status)
            ends.update(f"{each} -> {told}" for each in ended.killed)
            print(f"{ends.total()}: {', '.join(ended.killed) or 'nothing'} -> {told}", flush=True)
            if wrong:
                wrong_ones += 1
                print(f"  WRONG: {'; '.join(wrong)}\n{ended.said}", flush=True)
    for end, count in sorted(ends.items()):
        print(f"{count:5} {end}")
    print(f"{ends.total()} kills, the slowest run took {slowest:.0f} seconds, {wrong_ones} went wrong")
    return 1 if wrong_ones else 0


if __name__ == "__main__":
    sys.exit(main())
