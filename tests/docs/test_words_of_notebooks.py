"""Whoever writes a notebook finds with every word what it does and an example that works."""

from __future__ import annotations

import inspect
from doctest import DocTestParser
from pathlib import Path

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from thidua import notebook
from thidua.dataset import Dataset, Lookup
from thidua.entries import Entry
from thidua.figures import Indicator
from thidua.figures.award import Award
from thidua.report import Report, open_report

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def report() -> Report:
    return open_report("2024-H1", REPOSITORY)


def example(word: object) -> str:
    """The lines of a docstring that begin with «>>>», as one cell."""
    described = inspect.getdoc(word) or ""
    return "".join(example.source for example in DocTestParser().get_examples(described))


def _asked_of(data: type) -> list[object]:
    """What a cell may ask of the data; what is missed is the library's own account."""
    return [f for name, f in vars(data).items() if inspect.isfunction(f) and name[0] != "_" and name != "missed"]


@pytest.mark.parametrize("word", notebook.__all__)
def test_the_example_of_a_word_uses_it_and_works(word: str, report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(REPOSITORY)
    code = example(getattr(notebook, word))
    assert f"{word}(" in code
    InteractiveShell.instance()
    with capture_output() as shown:
        exec(code, {**vars(notebook), "report": report})
    assert shown.outputs or word in ("change", "history_chart", "open_report", "percent", "total", "units_table")


@pytest.mark.parametrize(
    "described",
    [Report, Indicator, Award, Entry, Lookup.pick, *_asked_of(Dataset)],
    ids=lambda described: described.__qualname__,
)
def test_the_examples_of_a_report_and_its_rows_work(
    described: object, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(REPOSITORY)
    code = example(described)
    assert "report" in code
    exec(code, {**vars(notebook), "report": report})
