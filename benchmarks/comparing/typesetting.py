"""Typst beside WeasyPrint, in one process: `typesetting.py ROOT PERIOD EXECUTED`.

Both set the same report from its executed notebooks, tagged for accessible reading: Typst the document as a run does,
WeasyPrint the report's page without its scripts, by the page's own rules for print. Charts are drawn before. Once each,
since Typst remembers what it has set. Prints as JSON, for each, wall time, time of the processor and number of pages.
"""

from __future__ import annotations

import json
import re
import sys
import time
from pathlib import Path

import nbformat
from weasyprint import HTML

from thidua.inputs import read_inputs
from thidua.publish.drawings import Drawings
from thidua.publish.evidence import Evidence
from thidua.publish.html.screen import screen_html
from thidua.publish.pdf.typesetting import ACCESSIBLE, page_count, pdf_of
from thidua.run.collect import carried, figures
from thidua.run.composing import stitched

root, period, folder = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
inputs = read_inputs(root, root / "params" / f"{period}.yaml")
executed = {n: nbformat.read(folder / f"{n}.ipynb", as_version=4) for n in inputs.params.notebooks}
sections = {n: carried(node) for n, node in executed.items()}
document = stitched(inputs, sections, figures(sections), f"{period}-0").report
drawings = Drawings()
html = "".join(screen_html(document, drawings, Evidence()))
html = re.sub(r"<script\b.*?</script>", "", html, flags=re.DOTALL)

results = {}
for name, work in (
    ("Typst", lambda: pdf_of(document, drawings, ACCESSIBLE)),
    ("WeasyPrint", lambda: HTML(string=html).write_pdf(pdf_variant="pdf/ua-1")),
):
    wall, processor = time.monotonic(), time.process_time()
    made = work()
    took = {"wall": time.monotonic() - wall, "processor": time.process_time() - processor}
    results[name] = {**{what: round(seconds, 3) for what, seconds in took.items()}, "pages": page_count(made)}
print(json.dumps(results))
