"""The guide to prose shows what the cells really give: every example is rendered over the period that is kept."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import nbformat
import pytest
from thidua.prose.template import _environment, render

from docs.guide import ROOT, Example, code, examples, first_column, guide, rows, section
from thidua import notebook
from thidua.errors import ProseError, ThiduaError
from thidua.intake.schema import schemas
from thidua.lint.lint import KnownNames, lint
from thidua.prose.tokens import Tokens
from thidua.report import Report, open_report

TEXT = guide("soan-van-ban")
WORDS = section(TEXT, "6. Các cụm từ hành chính")
FORMS = {
    "sự kiện": "events",
    "văn bản": "documents",
    "phong trào": "movements",
    "điển hình": "role_models",
    "đánh giá, nhiệm vụ": "tasks",
}


@pytest.fixture(scope="module")
def report() -> Report:
    return open_report("2024-H1", ROOT)


@pytest.mark.parametrize("example", list(examples(TEXT)), ids=lambda e: e.source[:60])
def test_an_example_gives_what_the_guide_says(example: Example, report: Report) -> None:
    if example.fails:
        with pytest.raises(ThiduaError) as raised:
            render(example.source, report.names)
        assert str(raised.value) == example.result
    else:
        assert render(example.source, report.names).text.replace("\u00a0", " ") == example.result


def test_every_filter_is_told_with_an_example_and_no_other_is() -> None:
    known = set(_environment(Tokens(), {}).filters)
    assert set(first_column(WORDS)) == known
    shown = {name for e in examples(WORDS) for name in re.findall(r"\| (\w+)", e.source)}
    assert shown == known


def test_every_name_of_the_data_is_there() -> None:
    report = open_report("2024-H1", ROOT)  # its own: what other tests asked for in vain stands in theirs
    part = section(TEXT, "2. Gọi số liệu")
    for expression in first_column(part):
        if not expression.startswith("."):
            asked = f"{{% if ({expression}) is defined %}}có{{% endif %}}"
            assert render(asked, report.names).text == "Có", expression
    assert not report.data.unknown
    named = " ".join(first_column(part))
    assert all(re.search(rf"\b{name}\b", named) for name in report.names)


def test_the_columns_of_the_rows_are_those_of_the_forms() -> None:
    by_kind = {s.kind: set(s.keys) for s in schemas().values()}
    table = {row[0]: set(code(row[1])) for row in rows(section(TEXT, "2. Gọi số liệu")) if row[0] in FORMS}
    assert table == {told: by_kind[kind] for told, kind in FORMS.items()}


def test_every_word_of_a_notebook_is_told_with_its_parameters() -> None:
    told: dict[str, set[str]] = {}
    for row in rows(section(TEXT, "7. Bảng, biểu đồ")):
        parameters = {p for p in code(row[2]) if p.isidentifier() and p != "True"}
        told |= dict.fromkeys(code(row[0]), parameters)
    assert set(told) == set(notebook.__all__)
    for word, parameters in told.items():
        if parameters:
            assert parameters == set(inspect.signature(getattr(notebook, word)).parameters), word


def test_lint_refuses_what_the_guide_says_and_calls_it_so(tmp_path: Path) -> None:
    (tmp_path / "notebooks").mkdir()
    for typed, kind in rows(section(TEXT, "8. Những gì không được gõ thẳng")):
        cell = nbformat.v4.new_code_cell(f"%%prose\n{typed}")
        nbformat.write(nbformat.v4.new_notebook(cells=[cell]), tmp_path / "notebooks" / "01_thu.ipynb")
        faults = lint(tmp_path, tmp_path / "none", KnownNames(frozenset({"Bình An"})))
        assert kind in {fault.kind for fault in faults}


def test_a_missing_mark_is_an_error_of_prose(report: Report) -> None:
    with pytest.raises(ProseError, match="thiếu dấu đóng"):
        render("{{ ind.lua_xuan", report.names)
