"""Our execution of a suite's notebooks, in a process of its own: `sections.py ROOT PERIOD OUT`."""

from __future__ import annotations

import sys
from pathlib import Path

from thidua.execute.warm import AT_ONCE, warm
from thidua.machine.light_libraries import lighten_schema_library

root, period, out = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
# As the command does: what sections import is imported while this process imports what papermill needs.
with warm() as parent:
    parent.open(root, period)
    lighten_schema_library()
    from thidua.execute.runner import Job, run_notebooks
    from thidua.execute.sources import read_notebooks

    sources = read_notebooks({path.stem: path for path in sorted((root / "notebooks").glob("*.ipynb"))})
    jobs = [Job(name, sources, root / "notebooks", out / f"{name}.ipynb") for name in sources]
    run_notebooks(jobs, {"period": period}, root, AT_ONCE, lambda *_: None, parent=parent)
