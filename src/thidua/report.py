"""What a notebook opens: the period's parameters and data under the names that its prose uses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from thidua.checks.past import Past
from thidua.dataset import Dataset
from thidua.inputs import past_periods
from thidua.judged import judgement_of
from thidua.recording.recorded_params import get_ready
from thidua.recording.recorder import answering
from thidua.settings.params import Params
from thidua.settings.params_file import load
from thidua.settings.period import Period
from thidua.settings.suite import params_file_of, suite_around
from thidua.submitted import load_records, units_of


class Report:
    """The period's report: ``params``, ``period`` and the data by the names that prose and cells use.

    Whatever Dataset offers is an attribute of the report: ``group``, ``events``, ``documents_about``, ``frame``, …

    >>> report = open_report()
    >>> report.period.name, report.unit.name, len(report.indicators)
    """

    def __init__(self, params: Params, data: Dataset, past: Callable[[], Mapping[str, Past]] = dict):
        self.params = params
        self.data = data
        self._past = past
        self.period: Period = params.parsed_period
        self.unit = params.unit
        self.document = params.document

    def __getattr__(self, name: str) -> Any:
        # The data's own words (indicators, events, awards, …) are the notebook's words.
        return getattr(self.data, name)

    @cached_property
    def earlier(self) -> tuple[Past, ...]:
        """The kept periods that this one is shown beside, the oldest first: the same of earlier years, the one before.

        The one before counts where it is as long: nine months are not drawn beside six. Read when first asked for.
        """
        found = {p.period: p for p in self._past().values()}
        before = self.period.previous
        shown = [p for p in found if p.part == self.period.part or (p == before and p.length == self.period.length)]
        return tuple(found[p] for p in sorted(shown, key=lambda p: (p.end, p.start)))

    @cached_property
    def names(self) -> dict[str, Any]:
        """What a prose cell can name."""
        data = self.data
        return {
            "ind": data.indicators,
            "docs": data.documents,
            "docs_about": data.documents_about,
            "register": data.register,
            "awards": data.awards,
            "events": data.events,
            "role_models": data.role_models,
            "movements": data.movements,
            "assessments": data.assessments,
            "tasks": data.tasks,
            "group": data.group,
            "period": self.period,
            "unit": self.unit,
            "document": self.document,
        }


def open_report(period: str | None = None, root: Path | str | None = None) -> Report:
    """Open a period's report; without a period, the latest that params/ has.

    ``root`` is the folder that holds params/, data/ and notebooks/; without it, the current folder or the nearest one
    above. What rests on a number that the checks put in doubt is withheld. InputError names every problem of params,
    workbooks and declared rules.

    >>> report = open_report()
    >>> report.group("vat_nuoi")
    """
    with answering() as recorder:
        base = Path(root) if root else suite_around(Path.cwd())
        file = params_file_of(base, period)
        known = file.resolve()
        params, data, past = _opened.pop(known) if known in _opened else _read(base, file)
        if recorder and not period:
            recorder.give_up("hỏi kỳ mới nhất là kỳ nào")
    return Report(*(recorder.opened(params, data, past, base) if recorder else (params, data, past)))


def open_beforehand(period: str) -> None:
    """Read a period of the suite in the current folder now, for the first ``open_report`` that asks for it.

    A process does so that is about to be forked: each fork then opens the report at once. InputError as there.
    """
    file = params_file_of(Path.cwd(), period).resolve()
    params, data, past = _read(Path.cwd(), file)
    get_ready(params)
    known = past()
    _opened[file] = params, data, lambda: known


_Read = tuple[Params, Dataset, Callable[[], Mapping[str, Past]]]
_opened: dict[Path, _Read] = {}


def _read(root: Path, file: Path) -> _Read:
    params = load(file)
    records = load_records(root, params, file)
    units = units_of(root, params)
    data = Dataset(records, judgement_of(root, params, file, records, units), units)
    return params, data, lambda: past_periods(root, params, file)[0]
