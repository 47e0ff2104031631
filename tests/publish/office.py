"""LibreOffice without a screen: what officers open the files with."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

# A workbook's cached values are not trusted: every formula is calculated anew. The machine is a Vietnamese one.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>vi</value></prop></item>
</oor:items>"""


def convert(file: Path, kind: str, folder: Path) -> Path:
    """Open a file in LibreOffice and save it as another kind («pdf», «xlsx», «csv:filter:options»), recalculated."""
    return convert_all([file], kind, folder)[0]


def convert_all(files: Sequence[Path], kind: str, folder: Path) -> list[Path]:
    """The same with several files, of different names, in one start of LibreOffice, which costs seconds."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    target = folder / "converted"
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", kind]
    done = subprocess.run([*command, "--outdir", target, *files], capture_output=True, text=True, check=False)
    made = [target / f"{file.stem}.{kind.partition(':')[0]}" for file in files]
    assert all(path.exists() for path in made), done.stderr
    return made
