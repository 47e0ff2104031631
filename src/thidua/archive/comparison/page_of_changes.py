"""Comparisons as self-contained HTML pages: two runs, and the figures of several periods."""

from __future__ import annotations

import jinja2

from thidua.archive.comparison.compare import Comparison
from thidua.archive.comparison.over_periods import OverPeriods
from thidua.archive.comparison.terminal import brief, finding_words, shown
from thidua.checks.finding import SEVERITY_NAMES


def comparison_page(comparison: Comparison) -> str:
    """The page. What was there is struck out and what is there is underlined, so that colour says nothing alone."""
    parts = (
        ("loi-van", "Lời văn", comparison.text),
        ("notebook", "Notebook", comparison.notebooks),
        ("tham-so", "Tham số và quy tắc", comparison.params),
    )
    versions = (
        ("moi-truong", "Môi trường", comparison.environment),
        ("thu-vien", "Thư viện thidua", comparison.library),
    )
    template = _environment().get_template("comparison.html.j2")
    return template.render(c=comparison, parts=parts, versions=versions, severities=SEVERITY_NAMES)


def page_over_periods(found: OverPeriods) -> str:
    """The page of every figure over the periods, a table for each section."""
    return _environment().get_template("over_periods.html.j2").render(c=found)


def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("thidua.archive.comparison"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["shown"] = shown
    environment.filters["brief"] = brief
    environment.filters["became"] = finding_words
    return environment
