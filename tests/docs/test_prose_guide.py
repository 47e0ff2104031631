"""The guide to prose shows what the cells really give: every example is rendered over the period that is kept."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import nbformat
import pytest

from docs.guide import ROOT, Example, code, examples, first_column, guide, rows, section
from thidua import notebook
from thidua.errors import ThiduaError
from thidua.forms.schema import schemas
from thidua.lint.lint import KnownNames, lint
from thidua.prose.names import parameters
from thidua.prose.render import render
from thidua.prose.verb import Verb, options_of
from thidua.prose.verbs import VERBS
from thidua.report import Report, open_report
from thidua.settings.params import Unit

TEXT = guide("soan-van-ban")
VERB_SECTION = section(TEXT, "6. Các từ dẫn")
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
            render(example.source, report)
        assert str(raised.value) == example.result
    else:
        assert render(example.source, report).text.replace("\u00a0", " ") == example.result


def test_the_table_of_verbs_is_the_one_that_the_parser_reads() -> None:
    told = [[cell.replace("\\|", "|") for cell in row] for row in rows(VERB_SECTION) if row[0].startswith("`{")]
    known = [[f"`{v.example}`", v.gives, options_of(v)] for v in VERBS.values()]
    assert [row for row in known if row in told] == told
    assert [v.name for v, row in zip(VERBS.values(), known, strict=True) if row not in told and not v.of_form] == []


@pytest.mark.parametrize("verb", [v for v in VERBS.values() if not v.of_form], ids=lambda v: v.name)
def test_every_verb_is_shown_in_an_example_with_each_of_its_options(verb: Verb) -> None:
    shown = "\n".join(e.source for e in examples(TEXT) if not e.fails)
    phrases = re.findall(rf"\{{{verb.name}(?:[ }}](?:[^{{}}]|\{{[^}}]*\}})*|\}})", shown)
    alone = [
        p for p in phrases if not any(f"{{{longer} " in p for longer in VERBS if longer.startswith(f"{verb.name} "))
    ]
    assert alone
    options = [o for p in alone for o in re.findall(r"\| ([^|}]+)", p)]
    own = list(verb.flags)
    assert all(flag in [o.strip() for o in options] for flag in own)
    assert not verb.wording or any(o.strip() not in verb.flags for o in options)


def test_every_name_of_the_guide_is_one(report: Report) -> None:
    asked = open_report("2024-H1", ROOT)  # its own: what other tests asked for in vain stands in theirs
    part = section(TEXT, "2. Gọi số liệu")
    told = first_column(part)
    assert set(parameters()) >= {name for name in told if "." in name}
    assert {f"unit.{name}" for name in Unit.model_fields} <= set(told)
    for name in told:
        if "." not in name:
            render(f"{{nếu có {name}}}A.", asked)
            assert render(f"{{nếu có {name}}}A.", asked).text == "A.", name
    assert not asked.data.slips
    named = code(section(TEXT, "6. Các từ dẫn"))
    assert all(any(n.split("(")[0] == name for n in named) for name in report.names)


def test_the_fields_of_an_indicator_are_there(report: Report) -> None:
    told = [c for c in code(section(TEXT, "6.6. Điều kiện")) if c.isidentifier() and c not in report.names]
    indicator = report.indicators.lua_xuan
    own = [name for name in told if name not in {k for s in schemas().values() for k in s.keys} or name == "note"]
    assert "to_plan" in own and all(hasattr(indicator, name) for name in own if name != "khen_thuong")


def test_the_columns_of_the_rows_are_those_of_the_forms() -> None:
    by_kind = {s.kind: set(s.keys) for s in schemas().values()}
    table = {row[0]: set(code(row[1])) for row in rows(VERB_SECTION) if row[0] in FORMS}
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
