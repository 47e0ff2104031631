"""The ways to execute a suite that are held beside each other."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE, CalledProcessError, Popen

import yaml
from comparing.suite import Suite, another_sentence
from comparing.tools import Tools, environment

JOBS = os.cpu_count() or 1
LOOP, SECTIONS, COLD = "papermill in a loop", "thidua, sections alone", "thidua run, cold"
_TIMEOUT = 1800


@dataclass(frozen=True)
class Way:
    """How a way is called, what comes out of it, and the work: given the suite, a folder for what it makes, and the
    tools. ``before`` is done without being measured. Ways with the same ``folder`` have it in common.
    """

    name: str
    makes: str
    work: Callable[[Suite, Path, Tools], None]
    before: Callable[[Suite], None] = lambda _: None
    ours: bool = False
    folder: str = ""


class NotThere(Exception):
    """The tool cannot be had: why."""


def _command(words: Sequence[object], folder: Path, answer: bytes = b"") -> str:
    """What a command prints; CalledProcessError with the end of what it said on stderr."""
    with Popen([str(w) for w in words], cwd=folder, env=environment(), stdin=PIPE, stdout=PIPE, stderr=PIPE) as running:
        printed, said = running.communicate(answer, timeout=_TIMEOUT)
    if running.returncode not in (0, 1 if words[1:3] == ["-m", "thidua.cli"] else 0):
        raise CalledProcessError(running.returncode, str(words[0]), stderr=said.decode(errors="replace")[-2000:])
    return printed.decode(errors="replace")


# Ours, as a user has it: the project's own environment.


def _run(suite: Suite, *options: object) -> None:
    command = [sys.executable, "-m", "thidua.cli", "run", suite.period, "--root", suite.root]
    _command([*command, "--output", suite.root / "output", *options], suite.root)


def _sections(suite: Suite, out: Path, _: Tools) -> None:
    _command([sys.executable, Path(__file__).with_name("sections.py"), suite.root, suite.period, out], suite.root)


def _changed(suite: Suite, out: Path, _: Tools) -> None:
    with another_sentence(suite, int(out.parent.name)):
        _run(suite)


def _floor(suite: Suite, out: Path, _: Tools) -> None:
    _command([sys.executable, Path(__file__).with_name("floor.py"), suite.prepared, out], suite.prepared)


# Others.


def _papermill(there: Tools, suite: Suite, notebook: Path, out: Path) -> None:
    options = ["-p", "period", suite.period, "--no-progress-bar"]
    _command([there.beside / "papermill", *options, notebook, out / notebook.name], suite.root)


def _loop(suite: Suite, out: Path, there: Tools) -> None:
    for notebook in suite.notebooks:
        _papermill(there, suite, notebook, out)


def _parallel(suite: Suite, out: Path, there: Tools) -> None:
    with ThreadPoolExecutor(JOBS) as pool:
        list(pool.map(lambda notebook: _papermill(there, suite, notebook, out), suite.notebooks))


def _nbconvert(suite: Suite, out: Path, there: Tools) -> None:
    prepared = sorted(suite.prepared.glob("*.ipynb"))
    options = ["--to", "notebook", "--execute", "--output-dir", out]
    _command([there.beside / "jupyter-nbconvert", *options, *prepared], suite.root)


_SNAKEFILE = """
names = {names!r}
rule all:
    input: expand("{out}/{{name}}.ipynb", name=names)
rule section:
    input: "{root}/notebooks/{{name}}.ipynb"
    output: "{out}/{{name}}.ipynb"
    shell: "{papermill} -p period {period} --no-progress-bar --cwd {root} {{input}} {{output}}"
"""


def _snakemake(suite: Suite, out: Path, there: Tools) -> None:
    names, papermill = [n.stem for n in suite.notebooks], there.beside / "papermill"
    text = _SNAKEFILE.format(names=names, out=out, root=suite.root, period=suite.period, papermill=papermill)
    (out / "Snakefile").write_text(text)
    _command([there.apart / "snakemake", "-s", out / "Snakefile", "--cores", JOBS, "--quiet", "--directory", out], out)


def _jcache(suite: Suite, out: Path, there: Tools) -> None:
    cache = ["-p", out / "cache"]
    _command(
        [there.beside / "jcache", "notebook", *cache, "add", *sorted(suite.prepared.glob("*.ipynb"))],
        suite.root,
        b"y\n",
    )
    _jcache_again(suite, out, there)


def _jcache_again(suite: Suite, out: Path, there: Tools) -> None:
    execute = [there.beside / "jcache", "project", "-p", out / "cache", "execute", "-e", "local-parallel"]
    printed = _command(execute, suite.root)
    if "excepted: []" not in printed:  # its status does not say it
        raise CalledProcessError(1, "jcache", stderr=printed)


def _ploomber(suite: Suite, out: Path, there: Tools) -> None:
    code = (
        "import sys, pathlib; from ploomber_engine import execute_notebook as run\n"
        "for p in map(pathlib.Path, sys.argv[3:]): run(p, pathlib.Path(sys.argv[1], p.name), "
        "parameters={'period': sys.argv[2]}, progress_bar=False)"
    )
    _command([there.beside / "python", "-c", code, out, suite.period, *suite.notebooks], suite.root)


def _book(suite: Suite, out: Path, there: Tools) -> None:
    book = suite.root / "book"
    shutil.rmtree(book, ignore_errors=True)
    shutil.copytree(suite.prepared, book)
    config = {
        "title": "x",
        "execute": {"execute_notebooks": "force", "timeout": 300},
        "only_build_toc_files": True,
        "sphinx": {"config": {"nb_execution_raise_on_error": True}},
    }
    first, *others = (path.stem for path in sorted(book.glob("*.ipynb")))
    toc = {"format": "jb-book", "root": first, "chapters": [{"file": name} for name in others]}
    (book / "_config.yml").write_text(yaml.safe_dump(config))
    (book / "_toc.yml").write_text(yaml.safe_dump(toc))
    _command([there.apart / "jupyter-book", "build", book, "--path-output", out, "--quiet"], suite.root)


def _quarto(suite: Suite, out: Path, _: Tools) -> None:
    quarto = shutil.which("quarto")
    if quarto is None:
        raise NotThere("no `quarto` here; its package in PyPI downloads the program from elsewhere")
    for path in sorted(suite.prepared.glob("*.ipynb")):
        _command([quarto, "render", path, "--execute", "--to", "html", "--output-dir", out], suite.prepared)


WAYS = [
    Way("cells in one plain Python", "no kernel, no record, no isolation: the floor", _floor),
    Way(SECTIONS, "executed notebooks", _sections, ours=True),
    Way(COLD, "every output, sealed", lambda suite, *_: _run(suite, "--fresh"), ours=True),
    Way("thidua run, nothing changed", "finds that out", lambda suite, *_: _run(suite), _run, ours=True),
    Way("thidua run, one sentence changed", "every output, sealed", _changed, ours=True),
    Way(LOOP, "executed notebooks", _loop),
    Way(f"papermill, {JOBS} at a time", "executed notebooks", _parallel),
    Way("nbconvert --execute", "executed notebooks", _nbconvert),
    Way("Snakemake with papermill", "executed notebooks", _snakemake),
    Way("jupyter-cache", "executed notebooks", _jcache, folder="jupyter-cache"),
    Way("jupyter-cache, nothing changed", "finds that out", _jcache_again, folder="jupyter-cache"),
    Way("ploomber-engine", "executed notebooks, no isolation", _ploomber),
    Way("Jupyter Book 1", "executed notebooks, HTML", _book),
    Way("Quarto", "executed notebooks, HTML", _quarto),
]
