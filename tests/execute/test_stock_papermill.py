"""What a run executes is to the byte what papermill's own engine makes with a kernel that Jupyter starts."""

from __future__ import annotations

import json
import resource
import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import nbformat
import papermill
import pytest
from traitlets.config import Config

from execute.written import notebook
from once import once
from thidua.execute.picture_files import embed_pictures
from thidua.execute.runner import Job, run_notebooks
from thidua.execute.sources import read_notebooks
from thidua.execute.tidying import tidied
from thidua.report import open_report

REPOSITORY = Path(__file__).parents[2]
PERIOD = "2024-H1"
# What a notebook can do besides what sections do.
_ODD = notebook(
    # What a shell prints reaches a stock kernel by a thread: before or after what Python holds back, as it happens.
    "import asyncio, os, sys, time\nprint('ra', flush=True)\nprint('lỗi', file=sys.stderr, flush=True)\n"
    "os.system('echo shell')\ntime.sleep(0.1)",
    "time.sleep(0.1)\nos.write(1, b'past Python\\n')\ntime.sleep(0.1)\nprint('by Python')",
    "import warnings\nwarnings.warn('cũ', DeprecationWarning)\nwarnings.warn('lạ')",
    "import logging\nlogging.getLogger('x').warning('nhật ký')\nlogging.getLogger('x').info('thôi')",
    "logging.getLogger().handlers, logging.getLogger('tornado').handlers, logging.lastResort",
    "import pandas as pd\npd.DataFrame({'a': [1.5, None]})",
    "from IPython.display import *\ndisplay(HTML('<b>a</b>'), Markdown('*b*'), display_id='x')",
    "update_display(HTML('<i>c</i>'), display_id='x')",
    "print('a')\nclear_output()\nprint('b')",
    "print('a')\nclear_output(wait=True)\nprint('b')\ndisplay(1)",
    "display({'application/json': {'a': 2.0, 'b': [1.0, 2.5, float('nan')]}, 'text/plain': 'j'}, raw=True)",
    "%timeit -n1 -r1 -q pass\n%lsmagic",
    "!pwd | wc -l",
    "%%bash\necho bash\necho lỗi >&2",
    "%%capture kept\nprint('x'); display(2)",
    "kept.show(); kept.stdout",
    "%%writefile tep.txt\nnội dung",
    "%env FORCE_COLOR",
    "%who",
    "%history -n",
    "%xmode",
    "get_ipython().set_next_input('x')\n?len",
    "hash('đạt'), {'a', 'b', 'c'}, len(sys.argv), sys.argv[-1], __name__, sys.path.index(''), os.getcwd()",
    "get_ipython().execution_count, _, __, In[-2], Out",
    "get_ipython(), get_ipython().kernel, sys.modules['__main__'].__dict__ is globals(), '__file__' in globals()",
    "def deeper(): deeper()\ntry:\n    deeper()\nexcept RecursionError as error:\n    print(error)",
    "await asyncio.sleep(0.01)\nprint('await')\n7",
    "async def later():\n    await asyncio.sleep(0.01)\n    return 5\ntask = asyncio.create_task(later())",
    "await task, asyncio.get_event_loop() is asyncio.get_running_loop(), asyncio.get_event_loop()",
    "import contextvars\nvar = contextvars.ContextVar('var', default=0)\nvar.set(3)",
    "var.get()",
    "import threading\nthreading.Thread(target=lambda: (print('thread'), display('shown'))).start(); time.sleep(0.1)",
    "import multiprocessing\nchild = multiprocessing.get_context('fork').Process(target=print, args=('child',))\n"
    "child.start(); child.join(); child.exitcode",
    "pid = os.fork()\nif pid == 0:\n    os._exit(3)\nos.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])",
    "import signal as s\n[str(s.getsignal(n)) for n in (s.SIGINT, s.SIGTERM, s.SIGCHLD, s.SIGPIPE)]",
    "import gc, faulthandler\ngc.isenabled(), gc.get_threshold(), faulthandler.is_enabled(), sys.flags, sys.excepthook",
    "sys.stdout.isatty(), sys.stdin.read(), sys.stdout.encoding, sys.stdout.name, sys.displayhook",
    "class A: pass\nimport pickle\npickle.loads(pickle.dumps(A())).__class__ is A, A, A()",
    "import random, numpy\nrandom.seed(4); numpy.random.seed(4); random.random(), numpy.random.rand()",
    "try:\n    input('Tên?')\nexcept Exception as error:\n    print(type(error).__name__, error)",
    # A widget whose other side is whoever shows the notebook: nbclient answers for it.
    "from comm import create_comm\nstate = {'_model_module': '@jupyter-widgets/output', '_model_name': 'OutputModel',\n"
    "    '_model_module_version': '1.0.0', 'outputs': [], 'msg_id': ''}\n"
    "out = create_comm(target_name='jupyter.widget', comm_id='out', data={'state': state})\n"
    "got = []\nout.on_msg(lambda message: got.append(message['content']['data']))\n"
    "def send(buffers=(), **state):\n"
    "    paths = [[name] for name, value in state.items() if value is None]\n"
    "    out.send({'method': 'update', 'state': state, 'buffer_paths': paths}, buffers=list(buffers))",
    "send(msg_id=get_ipython().kernel.get_parent()['header']['msg_id'])\nprint('into the widget', flush=True)\n"
    "send(msg_id='')\nprint('beside it')",
    "[change['state']['outputs'][0]['text'] for change in got]",
    "send(picture=None, buffers=[b'abc'])",
)


# So much of being faster than stock papermill may a change lose; that a machine is busy meanwhile takes less.
_MAY_LOSE = 1 / 3
_CELL_SECONDS = 120


@dataclass(frozen=True)
class Both:
    """The folders with the notebooks that both executed, and the seconds of the processor that both took."""

    ours: Path
    stock: Path
    seconds_of_ours: float
    seconds_of_stock: float


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Both:
    return Both(*once(tmp_path_factory, "hai-cach-chay", _both_ways))


def _both_ways(folder: Path) -> tuple[Path, Path, float, float]:
    root, ours, stock = (folder / name for name in ("root", "ours", "stock"))
    for name in ("params", "data/raw", "notebooks"):
        shutil.copytree(REPOSITORY / name, root / name)
    nbformat.write(_ODD, root / "notebooks" / "la.ipynb")
    paths = {path.stem: path for path in sorted((root / "notebooks").glob("*.ipynb"))}
    ours.mkdir()
    stock.mkdir()

    def by_us() -> None:
        sources = read_notebooks(paths)
        jobs = [Job(name, sources, root / "notebooks", ours / f"{name}.ipynb") for name in sources]
        run_notebooks(jobs, {"period": PERIOD}, root, 2, lambda *_: None)
        (root / "tep.txt").unlink()

    def by_papermill(path: Path) -> None:
        out = stock / path.name
        # Ports that are free when they are chosen may be another kernel's by the time that they are used.
        settings = {"transport": "ipc", "connection_file": f"{sockets}/{list(paths).index(path.stem)}.json"}
        papermill.execute_notebook(
            path,
            out,
            {"period": PERIOD},
            kernel_name="python3",
            progress_bar=False,
            cwd=root,
            execution_timeout=_CELL_SECONDS,
            config=Config({"KernelManager": settings}),
        )
        node = tidied(nbformat.read(out, as_version=4))
        embed_pictures(node, path.parent)
        nbformat.write(node, out)

    def by_papermill_all(some: list[Path]) -> None:
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(by_papermill, some))
        (root / "tep.txt").unlink(missing_ok=True)  # what a cell writes is there anew

    open_report(PERIOD, root)  # the tables are read and judged once, for both
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory(dir="/tmp") as sockets:
        patch.setenv("PYTHONHASHSEED", "0")
        patch.delenv("LC_ALL", raising=False)
        patch.setenv("LANG", "C.UTF-8")  # in another language Python may read and write in another mode
        patch.delenv("PYTEST_CURRENT_TEST")  # kernels look for it, and then leave the process's own streams alone
        # Ours between two halves of the other: what the machine does meanwhile slows both.
        every = list(paths.values())
        first = _processor(lambda: by_papermill_all(every[::2]))
        here = _processor(by_us)
        second = _processor(lambda: by_papermill_all(every[1::2]))
    return ours, stock, here, first + second


def _processor(work: Callable[[], None]) -> float:
    """The seconds of the processor that some work takes, here and in the processes that it starts."""
    before = _spent()
    work()
    return _spent() - before


def _spent() -> float:
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in usage)


@pytest.mark.slow
def test_every_section_is_to_the_byte_what_papermill_makes_with_a_fresh_kernel(both: Both) -> None:
    names = sorted(path.name for path in both.stock.glob("*.ipynb"))
    assert len(names) == 26
    assert [name for name in names if (both.ours / name).read_bytes() != (both.stock / name).read_bytes()] == []


@pytest.mark.slow
def test_sections_are_as_much_faster_than_with_stock_papermill_as_is_recorded(both: Both) -> None:
    recorded: float = json.loads((REPOSITORY / "benchmarks" / "ratio.json").read_text())["sections"]
    ratio = both.seconds_of_stock / both.seconds_of_ours
    assert ratio > (1 - _MAY_LOSE) * recorded, f"{ratio:.1f} times as fast as stock papermill, not {recorded}"
