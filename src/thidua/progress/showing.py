"""Progress as a user sees it: on a terminal one line that lives, elsewhere a plain line for each phase. On stderr."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from rich.console import Console
from rich.live import Live

from thidua.progress.countdown import Countdown, in_words
from thidua.progress.line import Line
from thidua.progress.pace import Pace, Took, remember, remembered
from thidua.progress.progress import Phase, Progress

# Where lines stay, a phase that takes longer than so many seconds is told of by quarters.
_LONG = 20.0


@contextmanager
def showing(command: str, subject: str, phases: Sequence[Phase], *, verbose: bool = False) -> Iterator[Progress]:
    """Show the progress of a command over its ``phases``; what they took is kept for later estimates if it ends well.

    ``subject`` is what the command works on, such as a period of a suite: estimates come from earlier commands on the
    same. ``verbose`` tells what each phase and each part took.

    >>> with showing("run", "2031-H1", [Phase.READING, Phase.SECTIONS]) as progress:
    ...     progress.begin(Phase.READING)
    ...     progress.begin(Phase.SECTIONS, parts=["10_kinh_te", "20_van_hoa"])
    ...     progress.part("10_kinh_te", 3, 12)
    """
    live = sys.stderr.isatty()
    console = Console(stderr=True, force_terminal=live, highlight=False)
    live = live and not console.is_dumb_terminal
    shown = Shown(
        phases, Pace(phases, remembered(command, phases), subject), console.print, plain=not live, verbose=verbose
    )
    if not live:
        yield shown
    else:
        # stdout is the result's and may lead elsewhere; stderr is led above the line.
        line = Live(
            console=console, get_renderable=shown.line, transient=True, redirect_stdout=False, refresh_per_second=4
        )
        with line:
            console.show_cursor(True)  # else a process that is killed takes it away for good
            yield shown
    shown.end()
    if set(shown.spent) == set(phases):  # one that found nothing to do tells nothing of those that have
        remember(Took(command, subject, shown.parts or 0, shown.spent))


class Shown(Progress):
    """Progress that is shown: gives the line as it reads now, and says what is to stand."""

    def __init__(
        self,
        phases: Sequence[Phase],
        pace: Pace,
        say: Callable[[str], None],
        *,
        plain: bool,
        verbose: bool,
        now: Callable[[], float] = time.monotonic,
    ):
        self.parts: int | None = None
        self.spent: dict[Phase, float] = {}
        self._phases, self._pace, self._say, self._now = list(phases), pace, say, now
        self._plain, self._verbose = plain, verbose
        self._lock = threading.RLock()
        self._countdown = Countdown()
        self._phase: Phase | None = None
        self._since = self._start = now()
        self._steps: dict[str, tuple[int, int]] = {}
        self._begun: dict[str, float] = {}
        self._doing = ""
        self._bar = 0.0
        self._told_of = (0, 0.0)  # how many quarters of a phase, and when

    def begin(self, phase: Phase, parts: Collection[str] = ()) -> None:
        """A phase begins, and with it the one before ends."""
        self._close()
        with self._lock:
            self._phase, self._since, self._doing = phase, self._now(), ""
            self.spent[phase] = self.spent.pop(phase, 0.0)  # the current one is the last
            self._steps, self._begun = dict.fromkeys(parts, (0, 1)), {}
            self._told_of = 0, self._since
            if phase.of_parts:
                self.parts = len(parts)
            told = str(self._told())
        if self._plain and len(self._phases) > 1:
            self._say(told)

    def part(self, name: str, done: int, total: int) -> None:
        """So many steps of a part are done."""
        with self._lock:
            before = self._steps.get(name, (0, 1))
            self._steps[name] = (done, max(total, 1))
            begun = self._begun.setdefault(name, self._now())
            ended = done >= total and before[0] < before[1]
            took = self._now() - begun
            news = str(self._told()) if ended and self._plain and self._has_news() else None
        if ended and self._verbose:
            self._say(f"    {name}: {_seconds(took)}")
        if news:
            self._say(news)

    def kept(self, names: Collection[str]) -> None:
        """These need not be done."""
        if names and self._verbose:
            self._say(f"    giữ từ lần trước, không chạy lại {len(names)} mục: {', '.join(names)}")

    def doing(self, what: str) -> None:
        """What the phase is about."""
        with self._lock:
            self._doing = what
        if self._verbose:
            self._say(f"    {what}")

    def end(self) -> None:
        """The last phase ends, and the command."""
        self._close()
        if self._verbose:
            self._say(f"Tất cả: {_seconds(self._now() - self._start)}")

    def line(self) -> Line:
        """The line as it reads now."""
        with self._lock:
            if self._phase is None:
                return Line()
            told, gone = self._told(), self._now() - self._start
            left = self._countdown.left
            self._bar = max(self._bar, gone / (gone + left) if left is not None and gone + left else 0.0)
            return replace(told, share=self._bar)

    def _told(self) -> Line:
        assert self._phase is not None
        step = f"Bước {self._phases.index(self._phase) + 1}/{len(self._phases)}: " if len(self._phases) > 1 else ""
        words = self._phase.value
        if self._steps:
            words += f" {self._done}/{len(self._steps)}"
        if self._doing:
            words += f" ({self._doing})"
        left = self._countdown.at(self._now(), self._left())
        return Line(step=step, words=words, left="" if left is None else in_words(left))

    @property
    def _done(self) -> int:
        return sum(done >= of for done, of in self._steps.values())

    def _has_news(self) -> bool:
        """Whether a further quarter of a long phase is done: where lines stay, they are few."""
        quarters, last = 4 * self._done // len(self._steps), self._told_of[1]
        if not self._told_of[0] < quarters < 4 or self._now() - last < _LONG:
            return False
        self._told_of = quarters, self._now()
        return True

    def _left(self) -> float | None:
        assert self._phase is not None
        share = sum(min(1.0, done / of) for done, of in self._steps.values()) / max(1, len(self._steps))
        here = self.spent[self._phase] + self._now() - self._since
        return self._pace.left({**self.spent, self._phase: here}, self.parts, share)

    def _close(self) -> None:
        with self._lock:
            ended, self._phase = self._phase, None
            if ended is None:
                return
            took = self._now() - self._since
            self.spent[ended] += took
        # Not within the lock: who draws the line holds the terminal's and waits for this one.
        if self._verbose:
            self._say(f"  {ended.value}: {_seconds(took)}")


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f} giây".replace(".", ",")
