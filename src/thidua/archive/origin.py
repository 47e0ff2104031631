"""What a sealed run says of its own making: whether it follows from its inputs alone, and what was told of it.

It says so in its RO-Crate, so that whoever has the run knows, on any machine and in any account.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from thidua.archive.bag import PAYLOAD, name_of
from thidua.archive.contents import OWN, copied, run_name
from thidua.archive.software import packages, recorded_versions

CRATE = "ro-crate-metadata.json"
_SECTION, _NOTE = "#theo-dau-vao-", "#luu-y-"
_PYTHON, _LIBRARY = "Python", "thidua"


@dataclass(frozen=True)
class Origin:
    """What was learnt while a run was made.

    ``beyond`` says of each section, in words, why it does not follow from the archived inputs alone; empty where it
    does. ``notes`` are what a person should know about the making.
    """

    beyond: Mapping[str, str]
    notes: Sequence[str]

    @property
    def follows(self) -> bool:
        """Whether the whole run follows from its inputs alone, so that making it again gives the same."""
        return not any(self.beyond.values())

    def sections(self) -> list[dict[str, Any]]:
        """The entities of a crate that tell of the sections."""
        return [
            {
                "@id": f"{_SECTION}{number}",
                "@type": "PropertyValue",
                "name": section,
                "value": not why,
                "description": f"Không chỉ theo từ đầu vào đã lưu: {why}" if why else "Chỉ theo từ đầu vào đã lưu",
            }
            for number, (section, why) in enumerate(self.beyond.items(), 1)
        ]

    def comments(self) -> list[dict[str, Any]]:
        """The entities of a crate that tell what was told of the making."""
        return [
            {"@id": f"{_NOTE}{number}", "@type": "Comment", "text": note} for number, note in enumerate(self.notes, 1)
        ]


class Basis(BaseModel):
    """What a run follows from besides its params, workbooks, notebooks and library.

    ``inputs`` is the name that those alone would give it; ``files`` are those of the suite that its cells read, by
    their path there; ``software`` is the fingerprint of Python and the packages.
    """

    model_config = ConfigDict(frozen=True)

    inputs: str
    files: tuple[str, ...]
    software: str


def origin_of(graph: Iterable[Mapping[str, Any]]) -> Origin | None:
    """What the ``@graph`` of a run's crate says of its making; None where it does not say."""
    found = [e for e in graph if str(e.get("@id", "")).startswith((_SECTION, _NOTE))]
    sections = [e for e in found if e["@id"].startswith(_SECTION)]
    beyond = {e["name"]: "" if e["value"] is True else e["description"] for e in sections}
    return Origin(beyond, [e["text"] for e in found if e["@id"].startswith(_NOTE)]) if sections else None


def basis_of(run: Path) -> Basis | None:
    """What a sealed run follows from; None where it follows from more than its inputs, or does not say."""
    graph = graph_of(run)
    try:
        origin, software = origin_of(graph), _fingerprint(recorded_versions(graph))
    except (AttributeError, KeyError, TypeError):  # of another program
        return None
    if origin is None or not origin.follows:
        return None
    whole = copied(run / PAYLOAD)
    own = {name for name in whole if name.startswith(f"{OWN}/")}
    period = name_of(run).rpartition("-")[0]
    return Basis(
        inputs=run_name(period, {name: path for name, path in whole.items() if name not in own}),
        files=tuple(sorted(name.removeprefix(f"{OWN}/") for name in own)),
        software=software,
    )


def graph_of(run: Path) -> list[dict[str, Any]]:
    """The entities of a sealed run's crate; none where it has none that can be read."""
    try:
        content = json.loads((run / PAYLOAD / CRATE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return list(content.get("@graph", ())) if isinstance(content, dict) else []


def software_here() -> str:
    """The fingerprint of this process's Python and packages."""
    return _fingerprint({_PYTHON: platform.python_version(), **packages()})


def _fingerprint(versions: Mapping[str, str]) -> str:
    others = {name: version for name, version in versions.items() if name != _LIBRARY}  # a run's name has its hash
    return hashlib.sha256(json.dumps(others, sort_keys=True).encode()).hexdigest()[:16]
