"""The nbconvert exporters: executed notebooks in the form of an administrative report, as a page and as PDF.

Registered as ``thidua-html`` and ``thidua-pdf``: ``jupyter nbconvert --to thidua-pdf section.ipynb`` gives one section.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import nbformat
from nbconvert.exporters import Exporter
from traitlets import default

from thidua.document.document import Document, Properties
from thidua.document.stitch import Part, stitch
from thidua.publish.drawings import Drawings
from thidua.publish.evidence import Evidence
from thidua.publish.html.screen import screen_html
from thidua.publish.outputs import left_out, shown
from thidua.publish.pdf.typesetting import ACCESSIBLE, pdf_of

# A section of a report stands below the report's parts and chapters.
_LEVEL = 3


class _Section(Exporter):  # type: ignore[misc]
    """What both exporters do with one section."""

    def _warn(self, node: nbformat.NotebookNode) -> None:
        for what in left_out(node):
            self.log.warning(what)


class HtmlExporter(_Section):
    """Exports one executed notebook as one self-contained page."""

    export_from_notebook = "Báo cáo (HTML)"
    output_mimetype = "text/html"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(
        self, nb: nbformat.NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page of one section."""
        self._warn(nb)
        node, given = super().from_notebook_node(nb, resources, **kw)
        page = "".join(screen_html(_section(node, resources), Drawings(), Evidence()))
        return page, {**given, "output_extension": ".html"}


class PdfExporter(_Section):
    """Exports one executed notebook as PDF, set in the form of the report."""

    export_from_notebook = "Báo cáo (PDF)"
    output_mimetype = "application/pdf"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(
        self, nb: nbformat.NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """The PDF of one section."""
        self._warn(nb)
        node, given = super().from_notebook_node(nb, resources, **kw)
        return pdf_of(_section(node, resources), Drawings(), ACCESSIBLE), {**given, "output_extension": ".pdf"}


def _section(node: nbformat.NotebookNode, resources: dict[str, Any] | None) -> Document:
    name = str((resources or {}).get("metadata", {}).get("name", "notebook"))
    properties = Properties(name, "", "vi", "", dt.date(2000, 1, 1), "", "")
    return stitch([Part(_LEVEL, None, name, "section", shown(node))], properties)
