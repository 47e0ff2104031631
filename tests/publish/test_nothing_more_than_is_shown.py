"""What leaves the office carries nothing of the machine or the person that made it."""

from __future__ import annotations

import getpass
import io
import platform
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest

LEAVING = ("bao-cao.html", "bao-cao.pdf", "bao-cao.docx", "phu-luc-1.xlsx", "so-lieu.xlsx")


@pytest.mark.parametrize("name", LEAVING)
def test_no_path_stands_in_a_file_that_leaves_the_office(run: Path, name: str) -> None:
    forbidden = [str(run), str(run.parent), str(Path.home()), "/tmp/", "site-packages"]
    for part, text in _contents(run / name):
        found = [f for f in forbidden if f and f in text]
        assert found == [], f"{name}, {part}"


@pytest.mark.parametrize("name", LEAVING)
def test_no_property_names_the_user_or_the_machine(run: Path, name: str) -> None:
    # Words of their own: a short name may stand inside another word.
    own = [re.compile(rf"(?<!\w){re.escape(w)}(?!\w)") for w in (getpass.getuser(), platform.node()) if w]
    for part, text in _contents(run / name):
        for value in _properties(part, text):
            assert [w.pattern for w in own if w.search(value)] == [], f"{name}, {part}: {value}"


def test_a_chart_carries_only_what_it_draws(run: Path) -> None:
    page = (run / "bao-cao.html").read_text(encoding="utf-8")
    for spec in re.findall(r'<script type="application/json" id="bieu-do-[^"]*">(.*?)</script>', page):
        assert "sha256" not in spec and "printed_to" not in spec


def _properties(part: str, text: str) -> list[str]:
    """The texts of a part that say who and what made the file."""
    if "docProps/" in part:
        return re.findall(r">([^<]+)<", text)
    return [text] if part.endswith("thông tin") else re.findall(r"<meta [^>]*>", text)


def _contents(path: Path) -> Iterator[tuple[str, str]]:
    """The parts of a file as text, attachments and packages opened."""
    yield from _opened(path.name, path.read_bytes())


def _opened(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for part in package.namelist():
                yield from _opened(f"{name}/{part}", package.read(part))
    elif content.startswith(b"%PDF"):
        document = pypdf.PdfReader(io.BytesIO(content))
        yield f"{name}, thông tin", " ".join(map(str, (document.metadata or {}).values()))
        yield f"{name}, lời văn", "\n".join(page.extract_text() for page in document.pages)
        for attached, versions in document.attachments.items():
            for version in versions:
                yield from _opened(f"{name}/{attached}", version)
    else:
        yield name, content.decode("utf-8", "replace")
