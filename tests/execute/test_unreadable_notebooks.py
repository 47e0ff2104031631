"""Files that are no notebooks are told, all at once, before anything runs; ids that lack are made from the place."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive.roots import thidua, tiny_root
from execute.written import executed
from thidua.errors import NotebooksUnreadable
from thidua.execute.sources import read_notebooks
from workbooks import params_file

_CELL: dict[str, Any] = {
    "cell_type": "code",
    "execution_count": None,
    "metadata": {},
    "outputs": [],
    "source": "print(1)",
}
_GOOD: dict[str, Any] = {"cells": [_CELL], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
_TEXT = json.dumps(_GOOD, indent=1)


def _with(**changes: Any) -> bytes:
    return json.dumps(_GOOD | changes).encode()


def _read(folder: Path, content: bytes, name: str = "muc") -> Any:
    path = folder / f"{name}.ipynb"
    path.write_bytes(content)
    return read_notebooks({name: path})[name]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "tệp rỗng"),
        (b"\n \n", "tệp rỗng"),
        (b"\xef\xbb\xbf" + _TEXT.encode(), "dấu BOM"),
        (_TEXT.encode("utf-16"), "không phải văn bản UTF-8"),
        (b'{\n<<<<<<< HEAD\n"cells": []\n=======\n>>>>>>> x\n}', "dòng 2: còn dấu xung đột"),
        (_with(cells=[_CELL, _CELL | {"source": "<<<<<<< local\na\n=======\nb\n>>>>>>> remote"}]), "ô thứ 2: còn dấu"),
        (_TEXT[:-20].encode(), "không phải JSON"),
        (b"version https://git-lfs.github.com/spec/v1\n", "dòng 1, cột 1: không phải JSON"),
        (b"[" * 100_000, "không phải JSON"),
        (b"[]", "thiếu nbformat"),
        (b'{"cells": []}', "thiếu nbformat"),
        (_with(nbformat=5), "khuôn dạng 5"),
        (_with(nbformat=3, worksheets=[]), "khuôn dạng 3"),
        (_with(cells=[_CELL, {"source": "a"}]), "ô thứ 2: không đúng khuôn dạng"),
        (_with(cells={}), "không đúng khuôn dạng"),
        (_with(cells=["a"]), "không đúng khuôn dạng"),
        (_with(metadata=[]), "không đúng khuôn dạng"),
    ],
)
def test_what_is_no_notebook_is_said_in_a_sentence(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(NotebooksUnreadable) as caught:
        _read(tmp_path, content)
    assert "muc.ipynb" in str(caught.value) and said in str(caught.value)


def test_all_of_them_are_told_at_once_and_nothing_runs(tmp_path: Path) -> None:
    root = tiny_root(tmp_path / "root")
    (root / "notebooks" / "01_mo_dau.ipynb").write_bytes(b"")
    (root / "notebooks" / "90_ky.ipynb").write_bytes(_with(nbformat=5))
    for command in (("run", params_file(root)), ("lint",)):
        done = thidua(*command, "--root", root, "--json")
        assert done.returncode == 3 and "Traceback" not in done.stderr
        assert "01_mo_dau.ipynb: tệp rỗng" in done.stderr and "90_ky.ipynb: notebook theo khuôn dạng 5" in done.stderr
        assert [p["file"] for p in json.loads(done.stdout)["problems"]] == ["01_mo_dau.ipynb", "90_ky.ipynb"]
    assert not (root / "output").exists()


def _older(content: dict[str, Any]) -> None:
    content["nbformat_minor"] = 2


def _doubled(content: dict[str, Any]) -> None:
    for cell in content["cells"]:
        cell["id"] = "c0"


def _unfit(content: dict[str, Any]) -> None:
    for cell, id in zip(content["cells"], ("có dấu", "", "cell-004", None), strict=True):
        cell["id"] = id


@pytest.mark.parametrize("change", [_older, _doubled, _unfit, lambda content: None])
def test_cells_without_an_id_of_their_own_get_one_from_their_place(
    tmp_path: Path, change: Callable[[dict[str, Any]], None]
) -> None:
    content = _GOOD | {"cells": [copy.deepcopy(_CELL) for _ in range(4)]}
    change(content)
    text = json.dumps(content).encode()
    first, second = _read(tmp_path, text, "a"), _read(tmp_path, text, "b")
    assert first == second and len({c.id for c in first.cells}) == 4


def test_a_cell_kept_line_by_line_is_read_whole(tmp_path: Path) -> None:
    assert _read(tmp_path, _with(cells=[_CELL | {"source": ["a\n", "b"]}])).cells[0].source == "a\nb"


def test_ids_that_are_there_are_kept(tmp_path: Path) -> None:
    cells = [_CELL | {"id": "mo-dau"}, _CELL | {"id": "mo-dau"}, _CELL | {"id": "ket"}]
    assert [c.id for c in _read(tmp_path, _with(cells=cells)).cells] == ["mo-dau", "cell-002", "ket"]


def test_a_notebook_without_ids_gives_the_same_bytes_twice(tmp_path: Path) -> None:
    node = _read(tmp_path, _with(nbformat_minor=2, cells=[copy.deepcopy(_CELL) for _ in range(3)]))
    written = []
    for name in ("mot", "hai"):
        (tmp_path / name).mkdir()
        executed(tmp_path / name, muc=node)
        written.append((tmp_path / name / "muc.ipynb").read_bytes())
    assert written[0] == written[1]
