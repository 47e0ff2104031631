"""A slip in the name of a group is told, a group that has no rows this period is not."""

from __future__ import annotations

from pathlib import Path

from thidua.prose.render import render
from thidua.report import open_report

ROOT = Path(__file__).parent.parent.parent


def test_a_group_spelt_wrongly_is_told_with_the_nearest_one() -> None:
    report = open_report(root=ROOT)
    topic = next(r.text("topic") for r in report.data.records if r.kind == "events" and len(r.text("topic")) > 8)
    assert report.events(topic) and report.data.slips == []
    assert report.events(topic + "x") == []
    assert report.data.slips == [f"không có dòng nào thuộc nhóm «{topic}x»; gần nhất là «{topic}»"]


def test_a_group_without_rows_this_period_is_nothing_to_tell() -> None:
    report = open_report(root=ROOT)
    assert report.events("mot_viec_hoan_toan_khac") == []
    assert report.data.slips == []


def test_a_code_spelt_wrongly_in_prose_is_told_whatever_kind_it_is() -> None:
    report = open_report(root=ROOT)
    document = report.documents.codes[0]
    topic = next(r.text("topic") for r in report.data.records if r.kind == "documents" and len(r.text("topic")) > 8)
    render(f"A {{viện dẫn {document}x}}. B {{viện dẫn {topic}x}}. C {{gọi khong_he_co}}. D {{lua_xuanx}}.", report)
    assert f"mã không có trong số liệu của kỳ: «{document}x»; gần nhất là «{document}»" in report.data.slips
    assert f"không có dòng nào thuộc nhóm «{topic}x»; gần nhất là «{topic}»" in report.data.slips
    assert report.data.absent == ["khong_he_co"]
    assert "mã không có trong số liệu của kỳ: «lua_xuanx»; gần nhất là «lua_xuan»" in report.data.slips
