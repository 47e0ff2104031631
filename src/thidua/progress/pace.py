"""How long a command still takes: by what its phases took before on this machine, else by the share that is done."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from platformdirs import user_cache_path

from thidua.progress.progress import Phase

# How many commands are remembered, and how many of them an estimate is the middle of.
_REMEMBERED, _ASKED = 200, 3
# What the phases usually take beside each other, and how much must be done before that tells anything: only where no
# earlier command tells.
_USUAL = {Phase.SECTIONS: 5.0, Phase.TYPESETTING: 5.0, Phase.AGAIN: 10.0}
_TELLING = 0.2
# A phase that takes longer than ever takes so much of its time more.
_OVERTIME = 0.15
# What takes so many times as long as ever, and so many seconds more, takes as long as nobody knows.
_LOST = 2.0
# So many seconds a command keeps its usual pace before it shows one of its own.
_PRIOR = 3.0


@dataclass(frozen=True)
class Took:
    """A command that ended well: what of it is the subject, of how many parts, the seconds of its phases."""

    command: str
    subject: str
    parts: int
    seconds: Mapping[Phase, float]


@dataclass(frozen=True)
class Pace:
    """How long the phases of a command take: ``earlier`` ones of its kind tell, the newest last."""

    phases: Sequence[Phase]
    earlier: Sequence[Took]
    subject: str

    def left(self, spent: Mapping[Phase, float], parts: int | None, share: float) -> float | None:
        """The seconds until the end, 0 or more; None where nothing tells yet, or nothing any more.

        ``spent``: the seconds in each phase so far, the current one last; ``share`` of that is done, from 0 to 1.
        ``parts`` is how many parts the command has, None as long as it is not known.
        """
        current = list(spent)[-1]
        ahead = self.phases[self.phases.index(current) + 1 :]
        alike = self._alike(parts)
        if not alike:
            return self._by_share(spent, share, ahead)
        usual = {phase: median(_seconds(took, phase, parts) for took in alike) for phase in self.phases}
        # A machine that is busy today is busy to the end.
        gone = sum(spent.values()) - (0 if share else spent[current])
        pace = (gone + _PRIOR) / (sum(usual[p] for p in spent if p is not current) + share * usual[current] + _PRIOR)
        if not share and spent[current] > _LOST * (pace * usual[current] + 1):
            return None
        return _rest(pace * usual[current], spent[current], share) + pace * sum(usual[phase] for phase in ahead)

    def _by_share(self, spent: Mapping[Phase, float], share: float, ahead: Sequence[Phase]) -> float | None:
        """By what the phases usually take beside each other; a phase that tells no share of itself tells nothing."""
        *before, current = spent
        done = sum(map(_usual, before)) + share * _usual(current)
        if done < _TELLING * sum(map(_usual, self.phases)):
            return None
        seconds = sum(spent.values()) - (0 if share else spent[current])
        each = seconds / done
        return _rest(each * _usual(current), spent[current], share) + each * sum(map(_usual, ahead))

    def _alike(self, parts: int | None) -> list[Took]:
        """The earlier ones that tell most: of the same subject, of about as many parts, the newest."""
        newest = list(reversed(self.earlier))
        own = [took for took in newest if took.subject == self.subject] or newest
        return sorted(own, key=lambda took: 0 if parts is None else abs(took.parts - parts))[:_ASKED]


def _rest(usual: float, so_far: float, share: float) -> float:
    """What a phase still takes that usually takes so long: the more of it is done, the more it tells itself."""
    if share:
        return (1 - share) * ((1 - share) * usual + so_far)
    return max(usual - so_far, _OVERTIME * so_far if so_far > usual else 0)


def _seconds(took: Took, phase: Phase, parts: int | None) -> float:
    seconds = took.seconds.get(phase, 0.0)
    return seconds * parts / took.parts if phase.of_parts and parts and took.parts else seconds


def _usual(phase: Phase) -> float:
    return _USUAL.get(phase, 1.0)


def remembered(command: str, phases: Sequence[Phase] = ()) -> list[Took]:
    """The earlier commands of this name on this machine, the newest last; none where nothing readable is kept.

    Where there are none, of one whose ``phases`` have that of running again: the runs, which take as long again.
    """
    kept = _kept()
    own = [took for took in kept if took.command == command]
    if own or Phase.AGAIN not in phases:
        return own
    return [Took(command, t.subject, 0, {Phase.AGAIN: sum(t.seconds.values())}) for t in kept if t.command == "run"]


def remember(took: Took) -> None:
    """Keep it for the estimates of later commands. Nothing depends on whether it is kept."""
    entries = [
        {"command": t.command, "subject": t.subject, "parts": t.parts, "seconds": _by_name(t.seconds)}
        for t in [*_kept(), took][-_REMEMBERED:]
    ]
    with suppress(OSError):
        file = _file()
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, made = tempfile.mkstemp(dir=file.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as writing:
                json.dump(entries, writing, ensure_ascii=False)
            Path(made).replace(file)
        except BaseException:
            Path(made).unlink(missing_ok=True)
            raise


def _kept() -> list[Took]:
    try:
        return [_read(entry) for entry in json.loads(_file().read_text(encoding="utf-8"))]
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return []


def _by_name(seconds: Mapping[Phase, float]) -> dict[str, float]:
    return {phase.name: round(took, 2) for phase, took in seconds.items()}


def _read(entry: Mapping[str, object]) -> Took:
    seconds = {Phase[name]: float(took) for name, took in dict(entry["seconds"]).items()}  # type: ignore[call-overload]
    return Took(str(entry["command"]), str(entry["subject"]), int(str(entry["parts"])), seconds)


def _file() -> Path:
    return user_cache_path("thidua") / "durations.json"
