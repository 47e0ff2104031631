"""A picture that the report cannot show is an error of its cell that names the file, with the errors of other cells."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import nbformat
import pytest
from PIL import Image

from execute.written import executed, notebook
from thidua.charts.picture import _Renderer
from thidua.errors import NotebooksFailed

_SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="30"><rect width="5" height="5"/></svg>'


def _picture(kind: str) -> bytes:
    made = io.BytesIO()
    Image.effect_noise((40, 30), 40).convert("RGB").save(made, kind)
    return made.getvalue()


def _giant() -> bytes:
    """A PNG of a few bytes that would be 30 GB when it is set."""
    parts = ((b"IHDR", struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)), (b"IDAT", b""), (b"IEND", b""))
    packed = (struct.pack(">I", len(d)) + kind + d + struct.pack(">I", zlib.crc32(kind + d)) for kind, d in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


_FAULTY = {
    "rong.png": (b"", "là tệp rỗng"),
    "chu.png": (b"no picture", "không phải ảnh PNG"),
    "dut.png": (_picture("PNG")[:900], "bị hỏng hoặc bị cắt giữa chừng"),
    "dut.jpg": (_picture("JPEG")[:900], "bị hỏng hoặc bị cắt giữa chừng"),
    "doi-ten.png": (_picture("JPEG"), "là ảnh JPEG mang tên PNG"),
    "qua-lon.png": (_giant(), "lớn quá 50 triệu"),
    "dut.svg": (_SVG.format(40).encode()[:50], "bị hỏng, bị cắt giữa chừng hoặc không phải SVG"),
    "qua-lon.svg": (_SVG.format(1_000_000).encode(), "có 1000000 x 30 điểm ảnh, quá 5 triệu"),
    "khong-ve-duoc.svg": (_SVG.format(-5).encode(), "không vẽ được"),
}
_SOUND = {
    "a.png": _picture("PNG"),
    "a.jpg": _picture("JPEG"),
    "a.webp": _picture("WEBP"),
    "a.svg": _SVG.format(9).encode(),
}


def test_every_faulty_picture_is_named_with_its_cell_and_no_sound_one(tmp_path: Path) -> None:
    for name, content in {**_SOUND, **{name: content for name, (content, _) in _FAULTY.items()}}.items():
        (tmp_path / name).write_bytes(content)
    beside = notebook()
    shown = "\n\n".join(f"![hình]({name})" for name in (*_FAULTY, *_SOUND))
    beside.cells.append(nbformat.v4.new_markdown_cell(shown, id="c-2"))
    by_cells = notebook(
        "from IPython.display import Image, display\ndisplay(Image('dut.png'), Image('a.png'))",
        "Image(b'x', format='png')",
    )
    with pytest.raises(NotebooksFailed) as failed:
        executed(tmp_path, beside=beside, by_cells=by_cells, stops=notebook("1 / 0"))
    told = {(f.section, f.cell): f.error for f in failed.value.failures}
    assert told.keys() == {("beside", 2), ("by_cells", 2), ("by_cells", 3), ("stops", 2)}
    beside_it = told["beside", 2].split("; ảnh ")
    for said, (name, (_, fault)) in zip(beside_it, _FAULTY.items(), strict=True):
        assert f"«{name}» {fault}" in said
    assert told["by_cells", 2].startswith("ảnh «dut.png» bị hỏng")
    assert told["by_cells", 3].startswith("ảnh «Hình minh họa» không phải ảnh PNG")


def test_a_drawing_that_never_ends_is_an_error_of_its_cell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    doubled = "".join(f'<g id="a{n + 1}"><use href="#a{n}"/><use href="#a{n}"/></g>' for n in range(26))
    head = '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="30">'
    (tmp_path / "mai.svg").write_text(
        f'{head}<defs><rect id="a0" width="5" height="5"/>{doubled}</defs><use href="#a26"/></svg>'
    )
    beside = notebook()
    beside.cells.append(nbformat.v4.new_markdown_cell("![hình](mai.svg)", id="c-2"))
    with monkeypatch.context() as briefly, pytest.raises(NotebooksFailed) as failed:
        briefly.setattr("thidua.charts.picture.SECONDS", 1)
        briefly.setattr("thidua.charts.picture._renderer", _Renderer())
        executed(tmp_path, beside=beside)
    assert "«mai.svg» không vẽ được" in failed.value.failures[0].error
