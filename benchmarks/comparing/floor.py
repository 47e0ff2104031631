"""The cells of notebooks, one after the other in one Python: `floor.py NOTEBOOKS OUT`.

No kernel, no protocol; each notebook begins without names, but in the same process. What cells show is made and kept.
"""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

shell = InteractiveShell.instance()
for path in sorted(Path(sys.argv[1]).glob("*.ipynb")):
    shell.reset(new_session=True)
    shell.extension_manager.loaded.discard("thidua")
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            with capture_output() as shown:
                result = shell.run_cell(cell.source, store_history=True)
            result.raise_error()
            with Path(sys.argv[2], f"{path.stem}.txt").open("a", encoding="utf-8") as made:
                made.write(f"{shown.stdout}{[output.data for output in shown.outputs]}\n")
