"""The hashes by which files are known: what a report is made from may be large, so it is read in pieces."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def file_hash(path: Path) -> str:
    """The SHA-256 of a file's content in hexadecimal, however large the file. OSError where it cannot be read."""
    return _hashed(path).hexdigest()


def files_hash(files: Iterable[tuple[str, Path]], lead: str = "") -> str:
    """One SHA-256 in hexadecimal over many files, each by a name and its content, in the order given.

    ``lead`` is what else it stands for. OSError where a file cannot be read.
    """
    digest = hashlib.sha256(lead.encode())
    for name, path in files:
        digest.update(name.encode() + b"\0" + _hashed(path).digest())
    return digest.hexdigest()


def _hashed(path: Path) -> hashlib._Hash:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256")
