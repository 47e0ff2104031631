"""A run as a BagIt bag (RFC 8493): sealed once, then checked against its manifests byte by byte."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Literal
from urllib.parse import unquote

from thidua.machine.file_hash import file_hash

PAYLOAD = "data"
_ALGORITHMS = ("sha256", "sha512")
_TAG_MANIFEST = "tagmanifest-sha256.txt"
_MANIFESTS = [f"{kind}-{algorithm}.txt" for kind in ("manifest", "tagmanifest") for algorithm in _ALGORITHMS]
_LINE, _TAG_LINE = re.compile(r"([0-9a-f]+)  (\S.*)"), re.compile(r"([0-9a-f]+) (\S.*)")
# A folder with one of these is a run, however damaged.
MARKS = ("bagit.txt", *_MANIFESTS)
_IDENTIFIER = "External-Identifier"
_CHUNK = 2**20
_READ_ONLY = 0o444
# What programs leave behind where a person only looked: JupyterLab's checkpoints, the lock files of Office and
# LibreOffice, what the desktops of macOS, Windows and KDE write into a folder that is opened.
_TRACES = re.compile(
    r"\.ipynb_checkpoints|\.DS_Store|\._.+|\.directory|Thumbs\.db|ehthumbs\.db|desktop\.ini|~\$.+|\.~lock\..+#",
    re.IGNORECASE,
)

Kind = Literal["altered", "missing", "extra"]
KINDS: dict[Kind, str] = {"altered": "bị sửa", "missing": "bị thiếu", "extra": "thừa"}


@dataclass(frozen=True, order=True)
class Fault:
    """A file of a run that is not as it was sealed."""

    path: str
    kind: Kind

    def as_dict(self) -> dict[str, str]:
        """For JSON: ``path`` within the run, ``kind`` of fault."""
        return {"path": self.path, "kind": self.kind}


def seal(folder: Path, name: str, agent: str) -> None:
    """Make a bag of the folder in place, its files read-only.

    The bag's own description says nothing about when it was made: that stands in the crate's metadata alone.
    """
    # The public tool for this reads its own manifests again and asks of each of their paths where it leads: with the
    # library's files in every run, that took as long as all that is published of a small report.
    aside = folder.with_name(f"{folder.name}-{PAYLOAD}")
    folder.rename(aside)
    folder.mkdir()
    aside.rename(folder / PAYLOAD)
    content = {path: _digests(folder / path) for path in _files(folder)}
    size = sum((folder / path).stat().st_size for path in content)
    _write(folder, "bagit.txt", ["BagIt-Version: 0.97", "Tag-File-Character-Encoding: UTF-8"])
    about = {"Bag-Software-Agent": agent, _IDENTIFIER: name, "Payload-Oxum": f"{size}.{len(content)}"}
    _write(folder, "bag-info.txt", [f"{label}: {' '.join(text.splitlines())}" for label, text in about.items()])
    for algorithm in _ALGORITHMS:
        lines = [f"{digests[algorithm]}  {_escaped(path)}" for path, digests in content.items()]
        _write(folder, f"manifest-{algorithm}.txt", lines)
    tags = {path.name: _digests(path) for path in sorted(folder.iterdir()) if path.is_file()}
    for algorithm in _ALGORITHMS:
        _write(folder, f"tagmanifest-{algorithm}.txt", [f"{hashes[algorithm]} {tag}" for tag, hashes in tags.items()])
    make_read_only(folder)


def make_read_only(folder: Path) -> None:
    """Let nobody write the files of a run. Its folders stay as they are, so that a run can be moved and deleted."""
    for name in _files(folder):
        (folder / name).chmod(_READ_ONLY)


def is_trace(path: PurePath) -> bool:
    """Whether a program leaves such a file, given within the run, where a person only looked at it."""
    return any(_TRACES.fullmatch(part) for part in path.parts)


def manifest_hash(folder: Path) -> str:
    """The hash that stands for the whole run: that of its tag manifest, which covers all other manifests."""
    path = folder / _TAG_MANIFEST
    return file_hash(path) if path.is_file() else ""


def name_of(folder: Path) -> str:
    """The run's name as it was sealed, whatever its folder is called now; the folder's where the bag says none."""
    path = folder / "bag-info.txt"
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else []
    label = f"{_IDENTIFIER}: "
    return next((line.removeprefix(label) for line in lines if line.startswith(label)), folder.resolve().name)


def faults(folder: Path) -> list[Fault]:
    """Every altered, missing and extra file, payload and the archive's own files alike; nothing where it is intact.

    A manifest that disagrees with its twin of the other algorithm is itself the altered file. What a reader's programs
    left behind is no fault: ``traces`` names it.
    """
    found: set[Fault] = set()
    listed = _manifests(folder)
    found |= {Fault(name, "missing") for name in _MANIFESTS if name not in listed}
    found |= {Fault(m, "altered") for m, lines in listed.items() if lines is None}
    hashes = {path: _hashes(folder / path) for path in _files(folder)}
    for kind in ("manifest", "tagmanifest"):
        found |= _compare(kind, {m: v for m, v in listed.items() if m.startswith(f"{kind}-") and v}, hashes)
    found |= {Fault(path, "extra") for path in hashes.keys() - _known(listed) if not is_trace(PurePath(path))}
    return sorted(found)


def unlike_sealed(folder: Path, names: Iterable[str]) -> Iterator[str]:
    """Which of some files of a run, carried without the others, are not as its SHA-256 manifests have them."""
    listed = _manifests(folder)
    hashes = {**(listed.get(_TAG_MANIFEST) or {}), **(listed.get("manifest-sha256.txt") or {})}
    for name in names:
        path = folder / name
        if name != _TAG_MANIFEST and not (path.is_file() and _hashes(path)["sha256"] == hashes.get(name)):
            yield name


def traces(folder: Path) -> list[str]:
    """What programs left in a sealed run where a person only looked at it."""
    known = _known(_manifests(folder))
    return [path for path in _files(folder) if path not in known and is_trace(PurePath(path))]


def _manifests(folder: Path) -> dict[str, dict[str, str] | None]:
    return {name: _listed(folder / name) for name in _MANIFESTS if (folder / name).is_file()}


def _known(listed: dict[str, dict[str, str] | None]) -> set[str]:
    """The paths that the run has by its manifests. A file of the run is held to its hash, whatever it is called."""
    return {path for lines in listed.values() for path in lines or ()} | set(_MANIFESTS)


def _compare(kind: str, listed: dict[str, dict[str, str]], hashes: dict[str, dict[str, str]]) -> set[Fault]:
    found: set[Fault] = set()
    for path in {p for lines in listed.values() for p in lines}:
        claims = {m: lines.get(path) for m, lines in listed.items()}
        actual = hashes.get(path)
        if actual is None:
            # Named by one manifest alone: the name was changed in it, and the file was never there.
            named = [m for m, claim in claims.items() if claim]
            found |= {Fault(path, "missing")} if len(named) == len(claims) else {Fault(m, "altered") for m in named}
            continue
        agree = {m: claim == actual[m.removeprefix(f"{kind}-").removesuffix(".txt")] for m, claim in claims.items()}
        if not any(agree.values()):
            found.add(Fault(path, "altered"))
        else:
            found |= {Fault(m, "altered") for m, agrees in agree.items() if not agrees}
    return found


def payload(folder: Path) -> dict[str, Path]:
    """The files of a run by their path within the payload, without what a reader's programs left there."""
    root = folder / PAYLOAD
    files = {p.relative_to(root): p for p in sorted(root.rglob("*")) if p.is_file()}
    return {name.as_posix(): p for name, p in files.items() if not is_trace(name)}


def _files(folder: Path) -> list[str]:
    return sorted(_below(os.fspath(folder), ""))


def _below(place: str, within: str) -> Iterator[str]:
    # A link counts as a file whatever it leads to; its own text is what is checked.
    with suppress(FileNotFoundError, NotADirectoryError, PermissionError), os.scandir(place) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _below(entry.path, f"{within}{entry.name}/")
            elif entry.is_symlink() or entry.is_file():
                yield within + entry.name


def _hashes(path: Path) -> dict[str, str]:
    return dict.fromkeys(_ALGORITHMS, "liên kết") if path.is_symlink() else _digests(path)


def _digests(path: Path) -> dict[str, str]:
    digests = {name: hashlib.new(name) for name in _ALGORITHMS}
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            for digest in digests.values():
                digest.update(chunk)
    return {name: digest.hexdigest() for name, digest in digests.items()}


def _write(folder: Path, name: str, lines: Sequence[str]) -> None:
    (folder / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")


def _listed(path: Path) -> dict[str, str] | None:
    """Hash by path; None where a line is not in the very form in which it was written."""
    form = _TAG_LINE if path.name.startswith("tag") else _LINE
    try:
        *lines, rest = path.read_bytes().decode("utf-8").split("\n")
    except UnicodeDecodeError:
        return None
    matches = [form.fullmatch(line) for line in lines]
    if rest or not lines or not all(matches):
        return None
    return {_unescaped(m[2]): m[1] for m in matches if m}


def _escaped(name: str) -> str:
    # A percent sign only where it would be read as part of a code: the public tool knows none for it.
    name = name.replace("%", "%25") if _is_coded(name) or set("\r\n") & set(name) else name
    return name.replace("\r", "%0D").replace("\n", "%0A")


def _unescaped(name: str) -> str:
    # Line breaks and percent signs are the only letters that a manifest writes as codes.
    return unquote(name) if _is_coded(name) else name


def _is_coded(name: str) -> bool:
    return any(code in name.upper() for code in ("%0A", "%0D", "%25"))
