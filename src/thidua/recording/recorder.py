"""The recording of one section: what it asked of the report, and which files it opened.

``start`` is for a process that runs one section and ends: what Python tells of opened files cannot be switched off.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from thidua.checks.past import Past
from thidua.dataset import Dataset
from thidua.recording.fingerprint import Fingerprints
from thidua.recording.opened_files import Opened, watched
from thidua.recording.questions import answered
from thidua.recording.record import Asked, Recording
from thidua.recording.recorded_data import RecordedDataset
from thidua.recording.recorded_params import recorded
from thidua.settings.params import Params

_running: Recorder | None = None


class Recorder:
    """What is recorded of this process from now on; ``root`` is the folder that the section works in."""

    def __init__(self, root: Path):
        self.root = root
        self._of = Fingerprints().of
        self._period = ""
        self._asked: dict[tuple[str, ...], str] = {}
        self._params: dict[str, str] = {}
        self._opened = Opened(root)
        self._past = ""
        self._beyond = ""
        # Libraries of ours read files to answer; who asked is what counts, and threads ask side by side.
        self._answering = threading.local()

    def opened(
        self, params: Params, data: Dataset, past: Callable[[], Mapping[str, Past]], root: Path
    ) -> tuple[Params, Dataset, Callable[[], Mapping[str, Past]]]:
        """What a report is made of, so that it tells what is asked of it."""
        if root.resolve() != self.root or self._period not in ("", params.period):
            self.give_up("mở báo cáo của bộ khác, kỳ khác")
        self._period = params.period

        def recorded_past() -> Mapping[str, Past]:
            with self.aside():
                found = past()
                self._past = self._of(past_counts(found))
            return found

        recorded_data = RecordedDataset(data, lambda *names: self._ask(data, *names))
        return recorded(params, "", self._read), recorded_data, recorded_past

    @contextmanager
    def aside(self) -> Iterator[None]:
        """What is done within is on behalf of a question that is recorded itself."""
        depth = getattr(self._answering, "depth", 0)
        self._answering.depth = depth + 1
        try:
            yield
        finally:
            self._answering.depth = depth

    def give_up(self, why: str) -> None:
        """What the section does cannot be recorded, and why, in words: it runs each time."""
        self._beyond = self._beyond or why

    def taken(self) -> Recording:
        """The recording, as far as it could be made."""
        with self.aside():
            files = self._opened.fingerprints()
            if self._opened.beyond:
                self.give_up(self._opened.beyond)
        asked = tuple(Asked(question=q, names=tuple(n), answer=a) for (q, *n), a in self._asked.items())
        return Recording(
            period=self._period,
            asked=asked,
            params=self._params,
            past=self._past,
            files=files,
            beyond=self._beyond,
        )

    def event(self, name: str, arguments: tuple[Any, ...]) -> None:
        """Python tells of something that it is about to do."""
        if getattr(self._answering, "depth", 0) == 0:
            with self.aside():
                self._opened.event(name, arguments)

    def _ask(self, data: Dataset, question: str, *names: str) -> Any:
        with self.aside():
            answer, counts = answered(data, question, *names)
            if (question, *names) not in self._asked:
                self._asked[question, *names] = self._told(counts)
        return answer

    def _read(self, path: str, value: Any) -> None:
        if path not in self._params:
            with self.aside():
                self._params[path] = self._told(value)

    def _told(self, value: Any) -> str:
        try:
            return self._of(value)
        except TypeError:
            self.give_up("hỏi điều không ghi lại được")
            return ""


def past_counts(found: Mapping[str, Past]) -> list[Any]:
    """What of earlier periods counts: their rows."""
    return [(name, past.period, past.data.records, past.data.banners, past.data.units) for name, past in found.items()]


def start() -> None:
    """Record from now on what this process asks and opens. Called once, before a section's first cell."""
    global _running
    _running = Recorder(Path.cwd().resolve())
    sys.addaudithook(lambda name, arguments: _running.event(name, arguments) if _running and name in watched else None)


def taken() -> str:
    """The recording as JSON, after the section's last cell; empty where nobody began one."""
    global _running
    recorder, _running = _running, None
    return recorder.taken().model_dump_json() if recorder else ""


@contextmanager
def answering() -> Iterator[Recorder | None]:
    """The recorder of this process, where one runs, while a report is opened: its questions count, not its files."""
    with _running.aside() if _running else nullcontext():
        yield _running
