"""The Word edition's styles are those that page.yaml asks for."""

from __future__ import annotations

import io
import runpy
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]


def parts(package: io.BytesIO | Path) -> dict[str, bytes]:
    with zipfile.ZipFile(package) as read:
        return {name: read.read(name) for name in read.namelist()}


def test_the_reference_document_is_in_step_with_the_form_of_the_page() -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "reference_docx.py"))
    assert parts(script["OUTPUT"]) == parts(io.BytesIO(script["reference"]())), "run `make reference`"
