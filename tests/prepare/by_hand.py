"""Workbooks filled in as a person does it in LibreOffice: opened, typed into where the sheet lets one, saved.

A macro reads what to do, a line a step, so that one start of LibreOffice serves any number of workbooks.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
# What LibreOffice itself would put into a new profile, and would put over ours were the profile not called complete.
_SETTINGS = f"""{_HEAD}<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>vi</value></prop></item>
<item oor:path="/org.openoffice.Setup/Office">
<prop oor:name="ooSetupInstCompleted" oor:op="fuse"><value>true</value></prop></item>
</oor:items>"""
_KIND = 'PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN"'
_LIBRARIES = f"""{_HEAD}<!DOCTYPE library:libraries {_KIND} "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library">
<library:library library:name="Standard" library:link="false"/></library:libraries>"""
_LIBRARY = f"""{_HEAD}<!DOCTYPE library:library {_KIND} "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
library:passwordprotected="false">%s</library:library>"""
_MODULE = f"""{_HEAD}<!DOCTYPE script:module {_KIND} "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Hand" script:language="StarBasic">
Sub Work(job As String)
  Dim files, text, doc, sheet, place, parts
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  Dim kind(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  kind(0).Name = "FilterName" : kind(0).Value = "Calc MS Excel 2007 XML"
  files = createUnoService("com.sun.star.ucb.SimpleFileAccess")
  text = createUnoService("com.sun.star.io.TextInputStream")
  text.setInputStream(files.openFileRead(job))
  text.setEncoding("UTF-8")
  On Error Goto Failed
  Do While Not text.isEOF()
    parts = Split(text.readLine(), Chr(9))
    If UBound(parts) &gt; 1 Then sheet = doc.Sheets.getByName(parts(1))
    If UBound(parts) &gt; 1 Then place = sheet.getCellRangeByName(parts(2))
    Select Case parts(0)
    Case "open" : doc = StarDesktop.loadComponentFromURL(parts(1), "_blank", 0, hidden())
    Case "type" : place.FormulaLocal = parts(3)
    Case "unprotect" : sheet.unprotect("")
    Case "insert" : sheet.Rows.insertByIndex(place.RangeAddress.StartRow, 1)
    Case "remove" : sheet.Columns.removeByIndex(place.RangeAddress.StartColumn, 1)
    Case "hide" : place.Rows.IsVisible = False
    Case "rename" : sheet.Name = parts(3)
    Case "save"
      doc.storeToURL(parts(1), kind())
      doc.close(True)
    End Select
  Loop
  Exit Sub
Failed:
  Open ConvertFromURL(job) &amp; ".error" For Output As #1
  Print #1, Join(parts, " | ") &amp; ": " &amp; Error$
  Close #1
End Sub
</script:module>"""


class Hand:
    """What is to be done, in order; ``done`` does it.

    Text is typed as on a Vietnamese machine: «1.200,5» is a number, «5/2/2031» a day. Where a cell is protected
    nothing happens, as in the window.
    """

    def __init__(self) -> None:
        self._steps: list[tuple[str, ...]] = []

    def open(self, path: Path) -> Hand:
        return self._add("open", path.as_uri())

    def save(self, path: Path) -> Hand:
        return self._add("save", path.as_uri())

    def type(self, sheet: str, cell: str, text: str) -> Hand:
        return self._add("type", sheet, cell, text)

    def unprotect(self, sheet: str) -> Hand:
        return self._add("unprotect", sheet, "A1")

    def insert_row(self, sheet: str, cell: str) -> Hand:
        return self._add("insert", sheet, cell)

    def remove_column(self, sheet: str, cell: str) -> Hand:
        return self._add("remove", sheet, cell)

    def hide_row(self, sheet: str, cell: str) -> Hand:
        return self._add("hide", sheet, cell)

    def rename(self, sheet: str, name: str) -> Hand:
        return self._add("rename", sheet, "A1", name)

    def done(self, folder: Path) -> None:
        """Do all of it, in one start of LibreOffice with a profile of its own in ``folder``."""
        profile = folder / "hand"
        basic = profile / "user" / "basic"
        (basic / "Standard").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        element = '<library:element library:name="Hand"/>'
        written = {"script.xlc": _LIBRARIES, "dialog.xlc": _LIBRARIES, "Standard/dialog.xlb": _LIBRARY % ""}
        written |= {"Standard/script.xlb": _LIBRARY % element, "Standard/Hand.xba": _MODULE}
        for name, content in written.items():
            (basic / name).write_text(content, encoding="utf-8")
        job = folder / "job.txt"
        job.write_text("\n".join("\t".join(step) for step in self._steps), encoding="utf-8")
        macro = f'macro:///Standard.Hand.Work("{job.as_uri()}")'
        command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", macro]
        done = subprocess.run(command, capture_output=True, text=True, timeout=90, check=False)
        failed = folder / "job.txt.error"
        assert not failed.exists(), failed.read_text(encoding="utf-8")
        assert done.returncode == 0, done.stderr

    def _add(self, *step: str) -> Hand:
        assert not any(c in part for part in step for c in "\t\n")
        self._steps.append(step)
        return self
