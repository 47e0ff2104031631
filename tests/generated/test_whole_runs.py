"""A ward's month and a province's nine months from the workbooks to the sealed run, as an officer makes them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from archive.roots import made_by, thidua
from generated.periods import ROOT, World, world
from generated.reports import write_books, write_params
from generated.sentences import faults
from once import once
from runs.test_periods_and_units import Made

pytestmark = pytest.mark.slow

WORLDS = {
    "a ward's month": {"seed": 31, "level": "phường", "part": "M07", "extent": "little"},
    "a province's nine months": {"seed": 32, "level": "tỉnh", "part": "9M", "extent": "most", "departments": 9},
}


@pytest.fixture(params=WORLDS, scope="module")
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The run of a world."""
    drawn = world(**WORLDS[request.param])  # type: ignore[arg-type]
    return Made(*once(tmp_path_factory, f"sinh-{drawn.period.id}", lambda folder: _run(folder, drawn)))


def _run(root: Path, drawn: World) -> tuple[Path, int, str]:
    shutil.copytree(ROOT / "notebooks", root / "notebooks")
    (root / "params").mkdir()
    raw = root / "data" / "raw" / drawn.period.id
    raw.mkdir(parents=True)
    write_params(drawn, root / "params")
    write_books(drawn, raw)
    done = thidua("run", drawn.period.id, "--root", root)
    assert done.returncode in (0, 1), done.stderr
    return made_by(done), done.returncode, done.stderr


def test_every_sentence_of_the_page_reads_cleanly(made: Made) -> None:
    page = BeautifulSoup((made.path / "data" / "bao-cao.html").read_text(encoding="utf-8"), "html.parser")
    for sign in page.select("sup, .hidden"):  # calls of notes, marks of a draft
        sign.decompose()
    told = [
        " ".join(tag.get_text().split()) for tag in page.select("section.section p:not([class]), section.section li")
    ]
    assert len(told) > 20
    assert [str(fault) for line in told for fault in faults(line)] == []


def test_what_it_does_not_tell_is_named_with_its_cell(made: Made) -> None:
    untold = json.loads((made.path / "data" / "untold.json").read_text(encoding="utf-8"))
    places = [(u["file"], u["sheet"], u["cell"]) for u in untold]
    assert places and len(places) == len(set(places))
    assert "chưa nêu" in made.said
