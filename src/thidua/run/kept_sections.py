"""Sections that are executed and kept, and taken again where nothing has changed that they asked for.

Kept under their notebook and the software that they run by; with each, the recording of what it asked of params, data
and files. It is taken again where every question has the same answer today.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import nbformat
from pydantic import TypeAdapter

from thidua.dataset import Dataset
from thidua.document.executed import read_executed
from thidua.execute.picture_files import named_pictures
from thidua.execute.runner import Executed, Job, Progress, Recorded, run_notebooks
from thidua.execute.warm import Warm
from thidua.inputs import Inputs
from thidua.judged import judgement_of
from thidua.machine.store import Store, key_of
from thidua.recording.fingerprint import Fingerprints
from thidua.recording.opened_files import content_of
from thidua.recording.questions import answered
from thidua.recording.record import Recording
from thidua.recording.recordable import why_unrecorded
from thidua.recording.recorded_params import value_at
from thidua.recording.recorder import past_counts
from thidua.run.made_by import made_by

# As many states of the inputs as an officer goes to and fro between.
_STATES = 16
_RECORDINGS: TypeAdapter[list[Recording]] = TypeAdapter(list[Recording])


@dataclass(frozen=True)
class Kept:
    """A section as it was kept: its executed notebook, as the file was written, and what it asked for."""

    executed: bytes
    recording: Recording

    @property
    def node(self) -> nbformat.NotebookNode:
        """The notebook, read anew; it was valid when it was kept."""
        return read_executed(self.executed)


class KeptSections:
    """The kept sections of a suite, judged by its inputs of today, and how those are executed that have to be.

    ``folder`` is where pictures are taken from that notebooks show, in a run its own copies.
    """

    def __init__(self, inputs: Inputs, parameters: Mapping[str, str], folder: Path):
        self._inputs = inputs
        self._parameters = dict(parameters)
        self._folder = folder
        self._keys: dict[str, str] = {}
        self._store = Store("sections")
        self._base = json.dumps([made_by(), self._parameters], sort_keys=True)
        self._fingerprint = Fingerprints().of
        self._answers: dict[tuple[str, ...], str] = {}

    def known(self, name: str, source: nbformat.NotebookNode) -> Kept | None:
        """The section as it is kept; None where it has to run."""
        if why_unrecorded(source):
            return None
        key = self._keys[name] = self._key(name, source)
        for recording in self._recordings(key):
            if self._holds(recording) and (found := self._store.get(_result_key(key, recording))) is not None:
                return Kept(found, recording)
        return None

    def let_go(self) -> None:
        """Forget the data, once every section is judged."""
        vars(self).pop("_data", None)

    def run(
        self,
        names: Iterable[str],
        notebooks: Mapping[str, nbformat.NotebookNode],
        made: Path,
        workers: int,
        progress: Progress,
        executed: Executed,
        recorded: Recorded,
        parent: Warm | None = None,
    ) -> None:
        """Execute some sections, the file of each in the folder ``made`` when it is told as executed or recorded.

        As ``run_notebooks`` has it; what was recorded of each is what ``keep`` asks for.
        """
        jobs = [Job(name, notebooks, self._folder, file_of(made, name)) for name in names]
        root, given = self._inputs.root, self._parameters
        run_notebooks(jobs, given, root, workers, progress, executed, parent=parent, recorded=recorded)

    def keep(self, name: str, source: nbformat.NotebookNode, recording: str, executed: bytes) -> Recording:
        """Keep an executed notebook, where the recording that was made while it ran tells everything; the recording."""
        made = Recording.model_validate_json(recording)
        if made.beyond or why_unrecorded(source):
            return made
        key = self._key(name, source)
        if self._keys.get(name, key) != key:
            return made  # a picture was saved while it ran
        self._store.put(_result_key(key, made), executed)
        others = [r for r in self._recordings(key) if r != made]
        self._store.put(key, _RECORDINGS.dump_json([made, *others][:_STATES]))
        return made

    def _key(self, name: str, source: nbformat.NotebookNode) -> str:
        named = named_pictures((cell.source for cell in source.cells), self._folder)
        pictures = "".join(f"{path.name} {content_of(path)}\n" for path in named)
        return key_of(self._base.encode(), name.encode(), _as_written(source).encode(), pictures.encode())

    def _recordings(self, key: str) -> list[Recording]:
        kept = self._store.get(key)
        return _RECORDINGS.validate_json(kept) if kept else []

    def _holds(self, recording: Recording) -> bool:
        """Whether every question that was recorded has the same answer today."""
        root = self._inputs.root.resolve()
        return (
            recording.period in ("", self._inputs.params.period)
            and all(self._param(path) == seen for path, seen in recording.params.items())
            and recording.past in ("", self._past)
            and all(self._answer(asked.question, *asked.names) == asked.answer for asked in recording.asked)
            and all(content_of(root / path) == seen for path, seen in recording.files.items())
        )

    def _param(self, path: str) -> str:
        try:
            return self._fingerprint(value_at(self._inputs.params, path))
        except AttributeError:  # of something that params have no more
            return ""

    def _answer(self, *asked: str) -> str:
        if asked not in self._answers:
            self._answers[asked] = self._fingerprint(answered(self._data, *asked)[1])
        return self._answers[asked]

    @cached_property
    def _past(self) -> str:
        return self._fingerprint(past_counts(self._inputs.past))

    @cached_property
    def _data(self) -> Dataset:
        """The data as a section opens them."""
        inputs = self._inputs
        records, units = [*inputs.data.records, *inputs.data.banners], inputs.data.units
        return Dataset(records, judgement_of(inputs.root, inputs.params, inputs.params_file, records, units), units)


def file_of(folder: Path, name: str) -> Path:
    """The file of a section among executed ones."""
    return folder / f"{name}.ipynb"


def _as_written(source: nbformat.NotebookNode) -> str:
    """A notebook without what its cells printed when it was saved: they run anew."""
    cells = [{**c, "outputs": [], "execution_count": None} if c.cell_type == "code" else c for c in source.cells]
    return json.dumps({**source, "cells": cells}, sort_keys=True)


def _result_key(key: str, recording: Recording) -> str:
    return key_of(key.encode(), recording.model_dump_json().encode())
