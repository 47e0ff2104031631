"""An executed notebook is what the papermill command makes of it with Jupyter's own kernel, to the byte."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import papermill
import pytest

from execute.written import notebook
from thidua.execute.picture_files import embed_pictures
from thidua.execute.runner import Job, run_notebooks
from thidua.execute.sources import read_notebooks
from thidua.execute.tidying import tidied

pytestmark = pytest.mark.slow

REPOSITORY = Path(__file__).parents[2]
PERIOD = "2024-H1"
# What a kernel can show besides what sections do.
_ODD = notebook(
    "import os, sys\nprint('ra', flush=True)\nprint('lỗi', file=sys.stderr)\nos.system('echo shell')",
    "import warnings\nwarnings.warn('cũ', DeprecationWarning)\nwarnings.warn('lạ')",
    "import logging\nlogging.getLogger('x').warning('nhật ký')\nlogging.getLogger('x').info('thôi')",
    "import pandas as pd\npd.DataFrame({'a': [1.5, None]})",
    "from IPython.display import HTML, Markdown, display\ndisplay(HTML('<b>a</b>'), Markdown('*b*'), display_id='x')",
    "%timeit -n1 -r1 -q pass\n%lsmagic",
    "!pwd | wc -l",
    "hash('đạt'), {'a', 'b', 'c'}, len(sys.argv), __name__",
    "get_ipython().execution_count, _, __, In[-2], Out",
    "def deeper(): deeper()\ntry:\n    deeper()\nexcept RecursionError as error:\n    print(error)",
)


def test_every_section_is_to_the_byte_what_papermill_makes_with_a_fresh_kernel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONHASHSEED", "0")
    root = tmp_path / "root"
    for name in ("params", "data/raw", "notebooks"):
        shutil.copytree(REPOSITORY / name, root / name)
    nbformat.write(_ODD, root / "notebooks" / "la.ipynb")
    paths = {path.stem: path for path in sorted((root / "notebooks").glob("*.ipynb"))}
    ours, stock = tmp_path / "ours", tmp_path / "stock"
    ours.mkdir()
    stock.mkdir()
    sources = [Job(n, s, root / "notebooks", ours / f"{n}.ipynb") for n, s in read_notebooks(paths).items()]
    run_notebooks(sources, {"period": PERIOD}, root, 2, lambda *_: None)

    def by_papermill(path: Path) -> None:
        out = stock / path.name
        papermill.execute_notebook(path, out, {"period": PERIOD}, kernel_name="python3", progress_bar=False, cwd=root)
        node = tidied(nbformat.read(out, as_version=4))
        embed_pictures(node, path.parent)
        nbformat.write(node, out)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(by_papermill, paths.values()))
    assert len(paths) == 26
    differ = [p.name for p in paths.values() if (ours / p.name).read_bytes() != (stock / p.name).read_bytes()]
    assert differ == []
