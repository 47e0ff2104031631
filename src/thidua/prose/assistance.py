"""What JupyterLab offers while prose is written: Tab completes verbs and codes, Shift-Tab tells of a code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from IPython.core.completer import CompletionContext, SimpleCompletion, context_matcher

from thidua.checks.declared.declarations import Rules
from thidua.checks.engine import check
from thidua.checks.finding import SEVERITY_NAMES, Finding
from thidua.entries import Entry
from thidua.figures import Figure, Indicator
from thidua.figures.formula import tree
from thidua.language.text import fold, without_marks
from thidua.prose.checking import MAGIC
from thidua.prose.magic import opened
from thidua.prose.names import WHOLE, Names, parameters
from thidua.prose.rows import cite, str_of
from thidua.prose.verb import Verb
from thidua.prose.verbs import EXCEPT, VERBS
from thidua.report import Report

_KEY = re.compile(r"key=[\"'](\w+)[\"']")
_CODE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def register(shell: Any) -> None:
    """Offer both to a shell. Its own answers stay where it has one."""

    @context_matcher()  # type: ignore[untyped-decorator]
    def prose_matcher(context: CompletionContext) -> dict[str, Any]:
        report, own = opened(shell)
        before = "\n".join(context.full_text.split("\n")[: context.cursor_line + 1])
        # The matcher is given the whole cell and the cursor's place in its line.
        before = before[: len(before) - len(before.rpartition("\n")[2]) + context.cursor_position]
        if report is None or not before.startswith(MAGIC):
            return {"completions": [], "suppress": False}
        fragment, found = completions(before.partition("\n")[2], Names(report, own))
        offered = [SimpleCompletion(text) for text in found]
        return {"completions": offered, "matched_fragment": fragment, "suppress": True, "ordered": True}

    shell.Completer.custom_matchers.append(prose_matcher)
    inspect = shell.object_inspect_mime

    def object_inspect_mime(oname: str, *arguments: Any, **options: Any) -> Any:
        try:
            return inspect(oname, *arguments, **options)
        except KeyError:
            report, own = opened(shell)
            told = described(oname, Names(report, own)) if report else ""
            if not told:
                raise
            # A kernel takes the HTML out before it answers, and finds nothing where there is none.
            return {"text/plain": told, "text/markdown": told, "text/html": f"<pre>{escape(told)}</pre>"}

    shell.object_inspect_mime = object_inspect_mime


def completions(before: str, names: Names) -> tuple[str, list[str]]:
    """What can follow a prose cell's text up to the cursor: the part that it replaces, and the offers in order."""
    inside = before[before.rfind("{") + 1 :]
    if "{" not in before or "}" in inside or inside.startswith("="):
        return "", []
    head, bar, option = inside.rpartition("|")
    typed = head if bar else inside
    verb = _verb_at(typed.lstrip())
    if bar:
        fragment = option.lstrip()
        flags = [*verb.flags, *([f"{EXCEPT} "] if EXCEPT in verb.wording else [])] if verb else []
        return fragment, [f for f in flags if _begins(f, fragment)]
    longer = [v for v in VERBS if v != typed.strip() and _begins(v, typed.lstrip())]
    if verb is None:
        return typed.lstrip(), [*longer, *_matching([*names.by_kind("indicators"), *parameters()], typed.lstrip())]
    fragment = re.split(r"[,\s]\s*", typed)[-1]
    codes = _keys(names) if verb.kind == "key" else names.by_kind(verb.kind)
    if longer and not fragment:
        return typed.lstrip(), [*longer, *(f"{verb.name} {c}" for c in codes)]
    return fragment, _matching(codes, fragment)


def described(name: str, names: Names) -> str:
    """What a code stands for, as Markdown: name, value with its cells, what the checks found; empty where nothing."""
    code = next((part for part in re.split(r"[.\s]", name) if part in names.report.data.indicators), name)
    if not _CODE.fullmatch(code):
        return ""
    own = names.own.get(code)
    data = names.report.data
    if code in data.indicators or isinstance(own, Figure | Indicator):
        return _of_indicator(names.indicators([code])[0], names.report)
    if code in data.documents:
        return f"Văn bản: {_said(data.documents[code])}"
    if code in data.movements:
        movement = data.movements[code]
        return f"Phong trào: {str_of(movement, 'name')} ({movement.record.file}, dòng {movement.record.row})"
    rows = [] if code in WHOLE else [*names.rows([code]), *data.documents_about(code)]
    return f"Nhóm «{code}», {len(rows)} dòng:\n\n" + "\n".join(f"- {_said(r)}" for r in rows) if rows else ""


def _of_indicator(indicator: Indicator, report: Report) -> str:
    figures = [f for f in (*indicator.figures, indicator.computed) if f is not None and not f.missing]
    told = [f"**{indicator.name}** (`{indicator.code}`)", "\n".join(tree(f) for f in figures) or "chưa có số liệu"]
    cells = {f.cell for f in figures if f.cell}
    ids = {f.id for f in figures}
    for finding in _findings(report):
        if cells & set(finding.cells) or ids & set(finding.figures):
            told.append(f"{SEVERITY_NAMES[finding.severity]}: {finding.message}")
    return "\n\n".join(told)


def _findings(report: Report) -> list[Finding]:
    """What the checks of the period's own data find; judged once, when somebody asks first."""
    known: list[Finding] | None = vars(report).get("_findings")
    if known is None:
        known = check(report.data, report.params, Rules()).findings
        vars(report)["_findings"] = known
    return known


def _said(row: Entry) -> str:
    if row.record.kind == "documents":
        words = cite(row, full=True, issuer=True)
        return "".join(p if isinstance(p, str) else getattr(p.run, "text", "") for p in words.parts)
    return f"{str_of(row, 'content')} ({row.record.file}, dòng {row.record.row})"


def _verb_at(typed: str) -> Verb | None:
    """The verb that a phrase begins with, once a space stands behind it."""
    found = [v for v in VERBS if typed.startswith(f"{v} ")]
    return VERBS[max(found, key=len)] if found else None


def _begins(offer: str, typed: str) -> bool:
    """Whether an offer begins with what is typed, also where that has no diacritics yet."""
    return without_marks(fold(offer)).startswith(without_marks(fold(typed)))


def _matching(codes: Iterable[str], fragment: str) -> list[str]:
    """Codes that begin with a fragment, then those that hold it."""
    known = list(dict.fromkeys(codes))
    first = [c for c in known if c.startswith(fragment)]
    return first + [c for c in known if fragment in c and c not in first]


def _keys(names: Names) -> Iterator[str]:
    """The keys of tables and charts in the cells that have been run."""
    for source in names.own.get("In", []):
        yield from _KEY.findall(str(source))
