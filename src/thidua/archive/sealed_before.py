"""A run that was sealed before of the very inputs and software of today, so that there is nothing to make."""

from __future__ import annotations

import json
from pathlib import Path

from thidua.archive.bag import PAYLOAD, faults, manifest_hash
from thidua.archive.contents import LIBRARY
from thidua.archive.crate import FILE as CRATE
from thidua.archive.environment import other_versions
from thidua.archive.runs_register import FILE, Register
from thidua.archive.software import recorded_versions
from thidua.contracts import FindingRecord, read_findings


def sealed_before(folder: Path) -> bool:
    """Whether the folder, which is named after today's inputs, holds their run as it was sealed and registered.

    It does not count where the packages are other ones now.
    """
    registered = Register(folder.parent / FILE).last_hashes().get(folder.name)
    if not registered or registered != manifest_hash(folder) or faults(folder):
        return False
    graph = json.loads((folder / PAYLOAD / CRATE).read_text(encoding="utf-8"))["@graph"]
    return not other_versions(folder / PAYLOAD / LIBRARY, recorded_versions(graph))


def findings_of(folder: Path) -> list[FindingRecord]:
    """The findings of a sealed run."""
    return list(read_findings(folder / PAYLOAD / "checks.json"))
