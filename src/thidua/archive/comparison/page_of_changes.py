"""Comparisons as self-contained HTML pages: two runs, the figures of several periods, what became of the findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

import jinja2

from thidua.archive.comparison.compare import Comparison
from thidua.archive.comparison.over_periods import FigureOverPeriods, OverPeriods
from thidua.archive.comparison.terminal import brief, finding_words, shown
from thidua.checks.finding import SEVERITY_NAMES
from thidua.publish.html.screen import asset
from thidua.publish.page_templates import page_templates

# What a page is called and where it is, from its own place.
Links = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Since:
    """One comparison among those of a run: its name and page, what it found or why there is none."""

    name: str
    address: str
    found: Comparison | None
    absence: str


def comparison_page(comparison: Comparison, links: Links = ()) -> str:
    """The page. What was there is struck out and what is there is underlined, so that colour says nothing alone.

    ``links`` are the other pages of the run that it leads to.
    """
    parts = (
        ("loi-van", "Lời văn", comparison.text),
        ("notebook", "Notebook", comparison.notebooks),
        ("tham-so", "Tham số và quy tắc", comparison.params),
    )
    versions = (
        ("moi-truong", "Môi trường", comparison.environment),
        ("thu-vien", "Thư viện thidua", comparison.library),
    )
    return _page("comparison.html.j2", links, c=comparison, parts=parts, versions=versions, severities=SEVERITY_NAMES)


def page_over_periods(found: OverPeriods, links: Links = ()) -> str:
    """The page of every figure over the periods, in one table that is sorted and searched."""
    return _page("over_periods.html.j2", links, c=found, names=[(name, True) for name in found.periods])


def page_of_findings(kinds: Sequence[Since]) -> str:
    """The page that the reviewer's one shows within itself: which findings are new, gone or the same since when."""
    return _page("findings_since.html.j2", (), kinds=kinds)


def page_of_absence(absence: str, links: Links = ()) -> str:
    """The page of a comparison that there is nothing for, which says so."""
    return _page("absent.html.j2", links, absence=absence)


def _page(template: str, links: Links, **content: object) -> str:
    style = asset("styles/pages.css") + asset("styles/colours.css") + _own("comparison.css")
    return (
        _environment()
        .get_template(template)
        .render(links=links, style=style, script=asset("scripts/tables.js"), **content)
    )


def _own(name: str) -> str:
    return files("thidua.archive.comparison").joinpath("templates", name).read_text(encoding="utf-8")


def _columns(row: FigureOverPeriods, found: OverPeriods) -> Iterator[tuple[str, str | None, Decimal | None]]:
    """Of each period its name, the printed number and the exact one."""
    return zip(found.periods, row.values, row.exact, strict=True)


@cache
def _environment() -> jinja2.Environment:
    environment = page_templates(jinja2.PackageLoader("thidua.archive.comparison"))
    environment.filters["shown"] = shown
    environment.filters["brief"] = brief
    environment.filters["became"] = finding_words
    environment.filters["columns"] = _columns
    environment.globals["names"] = SEVERITY_NAMES
    return environment
