"""Head and signature of an administrative document (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II).

Classes that the style sheets know: ``nd30-head`` (two columns, ``issuer`` and ``state``), ``nd30-title``,
``nd30-sign`` (two columns, ``recipients`` and ``signer``).
"""

from __future__ import annotations

import datetime as dt
from html import escape

from thidua.display import show
from thidua.params import Params
from thidua.report import Report

_STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_MOTTO = "Độc lập - Tự do - Hạnh phúc"
# Room for a number or day that the clerk writes in by hand.
_BLANK = "\u00a0" * 6


def number_line(params: Params) -> str:
    """«…/BC-UBND»: the document's number and symbol, with room for a number not yet given."""
    return f"{params.document.number or _BLANK}/{params.document.symbol}"


def date_line(params: Params) -> str:
    """«ngày 14 tháng 6 năm 2031»; before signing, room for the day in the last month of the period."""
    date = params.document.date
    end = params.parsed_period.end
    if date is None:
        return f"ngày {_BLANK} tháng {_month(end)} năm {end.year}"
    return f"ngày {date.day:02d} tháng {_month(date)} năm {date.year}"


def reference_line(params: Params) -> str:
    """«Kèm theo Báo cáo số …/BC-UBND ngày … của …»: the line under an appendix's title."""
    kind = params.document.type.capitalize()
    return f"Kèm theo {kind} số {number_line(params)} {date_line(params)} của {params.unit.issuer}"


def head(report: Report) -> None:
    """The issuing body and number, state and motto, place and date, type and abstract."""
    params, unit = report.params, report.unit
    issuer = unit.issuer_full.upper()
    name = unit.name.upper()
    lines = [issuer.removesuffix(name).strip(), name] if issuer.endswith(name) and issuer != name else [issuer]
    body = "<br>".join(escape(line) for line in lines)
    html = f"""<div class="nd30-head">
<div class="issuer"><p class="name"><strong>{body}</strong></p>
<p class="number">Số: {escape(number_line(params))}</p></div>
<div class="state"><p class="country"><strong>{_STATE}</strong></p><p class="motto"><strong>{_MOTTO}</strong></p>
<p class="place"><em>{escape(unit.place)}, {date_line(params)}</em></p></div>
</div>
<div class="nd30-title"><h1><span class="type">{escape(params.document.type)}</span><br>
<span class="abstract">{escape(params.document.title)}</span></h1></div>
"""
    show(html, params.document.title, [])


def signature(report: Report) -> None:
    """The recipients and the signature block."""
    document, signer = report.document, report.document.signer
    # Whoever typed the list may have put the stops in already.
    names = [escape(r.rstrip(" ;,.")) for r in document.recipients]
    last = len(names) - 1
    recipients = "".join(f"<li>- {name}{'.' if n == last else ';'}</li>" for n, name in enumerate(names))
    authority = f"<p><strong>{escape(signer.authority)}</strong></p>" if signer.authority else ""
    html = f"""<div class="nd30-sign">
<div class="recipients"><p><strong><em>Nơi nhận:</em></strong></p><ul>{recipients}</ul></div>
<div class="signer">{authority}<p><strong>{escape(signer.title)}</strong></p>
<p class="name"><strong>{escape(signer.name)}</strong></p></div>
</div>
"""
    show(html, signer.name, [])


def _month(date: dt.date) -> str:
    return f"{date.month:02d}" if date.month <= 2 else str(date.month)
