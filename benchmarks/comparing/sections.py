"""Our execution of a suite's notebooks, in a process of its own: `sections.py ROOT PERIOD OUT`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from thidua.execute.runner import Job, run_notebooks
from thidua.execute.sources import read_notebooks

root, period, out = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
sources = read_notebooks({path.stem: path for path in sorted((root / "notebooks").glob("*.ipynb"))})
jobs = [Job(name, source, root / "notebooks", out / f"{name}.ipynb") for name, source in sources.items()]
run_notebooks(jobs, {"period": period}, root, os.cpu_count() or 1, lambda *_: None)
