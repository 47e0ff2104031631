"""Head and signature of an administrative document (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II)."""

from __future__ import annotations

import datetime as dt

from thidua.document.block import Letterhead, Paragraph, Signature, Text
from thidua.document.show import show
from thidua.prose.reported_units import gathered_from
from thidua.report import Report
from thidua.settings.params import Params

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
    """The issuing body and number, state and motto, place and date, type and abstract.

    Where the report is put together of what units below reported, it says below whose report is not there, or a draft.

    >>> head(report)
    """
    params, unit = report.params, report.unit
    issuer = unit.issuer_full.upper()
    name = unit.name.upper()
    lines = [issuer.removesuffix(name).strip(), name] if issuer.endswith(name) and issuer != name else [issuer]
    block = Letterhead(
        issuer=tuple(lines),
        number=f"Số: {number_line(params)}",
        state=_STATE,
        motto=_MOTTO,
        place_and_date=f"{unit.place}, {date_line(params)}",
        type=params.document.type,
        abstract=params.document.title,
    )
    told = gathered_from(report.units)
    remark = Paragraph(runs=(Text(text=told),), style="remark")
    show([block, remark] if told else [block], [])


def signature(report: Report) -> None:
    """The recipients and the signature block.

    >>> signature(report)
    """
    document, signer = report.document, report.document.signer
    block = Signature(
        # Whoever typed the list may have put the stops in already.
        recipients=tuple(r.rstrip(" ;,.") for r in document.recipients),
        authority=signer.authority or "",
        title=signer.title,
        name=signer.name or "",
    )
    show([block], [])


def _month(date: dt.date) -> str:
    return f"{date.month:02d}" if date.month <= 2 else str(date.month)
