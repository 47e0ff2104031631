"""The nbconvert exporter: executed notebooks as one self-contained HTML page in the form of an administrative report.

Registered as ``thidua-html``: ``jupyter nbconvert --to thidua-html section.ipynb`` gives the page of one section.
"""

from __future__ import annotations

import datetime as dt
from importlib.resources import files
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters.templateexporter import TemplateExporter
from traitlets import default

from thidua.publish.document import Document, Part
from thidua.publish.evidence import Evidence
from thidua.publish.outputs import left_out
from thidua.publish.screen import screen_page
from thidua.publish.stitch import Stitched, stitch

_TEMPLATES = Path(str(files("thidua.publish").joinpath("templates")))


class ReportExporter(TemplateExporter):  # type: ignore[misc]
    """Exports one executed notebook, or with ``page_of`` the whole report."""

    export_from_notebook = "Báo cáo (HTML)"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    @default("template_name")
    def _template_name_default(self) -> str:
        return "thidua"

    @default("extra_template_basedirs")
    def _extra_template_basedirs_default(self) -> list[str]:
        return [str(_TEMPLATES)]

    def from_notebook_node(
        self, nb: nbformat.NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page of one section."""
        name = (resources or {}).get("metadata", {}).get("name", "notebook")
        part = Part(3, None, nb, str(name), "section")
        for what in left_out(nb):
            self.log.warning("%s", what)
        document = Document(str(name), "", "vi", "", dt.date.min, "", "")
        given = {**(resources or {}), "page": screen_page(stitch([part], document), document, Evidence())}
        page: tuple[str, dict[str, Any]] = super().from_notebook_node(nb, given, **kw)
        return page

    def page_of(self, stitched: Stitched, document: Document, evidence: Evidence, review: str) -> str:
        """The page of a stitched report."""
        empty = nbformat.v4.new_notebook()
        html: str = super().from_notebook_node(empty, {"page": screen_page(stitched, document, evidence, review)})[0]
        return html
