"""The reader of sentences finds what it looks for, and leaves good sentences alone."""

from __future__ import annotations

import pytest

from generated.sentences import faults

BAD = {
    "Việc này được tổ chức tại.": "a dangling word",
    "Đã cấp giấy phép, gồm; đã thu hồi.": "a dangling word",
    "Trong kỳ có {so_vu} vụ.": "an unfilled phrase",
    "Tỷ lệ đạt nan%.": "a word of the machine",
    "Có ho_so_xong hồ sơ.": "a code",
    "Đã trồng lúa;. Đã gặt.": "doubled punctuation",
    "Đã trồng lúa , đã gặt.": "a space before punctuation",
    "Đã trồng lúa,đã gặt.": "no space behind punctuation",
    "Đã  trồng lúa.": "two spaces",
    "Đã trồng lúa ().": "empty brackets or quotes",
    "Trong kỳ xảy ra 0 vụ cháy.": "nought told as a count",
    "Diện tích rừng trồng mới 0,00 ha.": "nought told as a count",
    "Đã đạt 0/0 tiêu chí.": "nought of nought",
    "UBND xã đã: tổ chức hội thi.": "a colon behind a word that leads nowhere",
    "Ngày hội được tổ chức tại của xã.": "prepositions that follow each other",
    "Công tác này được đạt yêu cầu.": "two predicates",
    "Các nội dung: hội thi: hoàn thành; ngày hội.": "two colons in one sentence",
    "Sản lượng tăng -5%.": "a minus in a sentence",
    "Sản lượng tăng 0% so với cùng kỳ.": "a change of nought",
    "Công tác của của xã được duy trì.": "words twice",
    "Trong kỳ trong kỳ đã trồng rừng.": "words twice",
    "Đã trồng (lúa và ngô.": "unbalanced marks",
    "Đã trồng lúa. đã gặt ngô.": "a sentence in lower case",
    "- Đã trồng lúa.": "a sentence that begins with a mark",
    "Đã trồng lúa": "a sentence without a stop",
    "Đã trồng lúa. Mây Biếc Nguồn.": "a name for a sentence",
}
GOOD = (
    "Trong kỳ không xảy ra cháy rừng; diện tích lúa đạt 1.200,5 ha, bằng 100,00% kế hoạch (vượt 0,5%).",
    "Danh mục văn bản được nêu tại phụ lục kèm theo. Kết quả đạt được như sau:",
    "UBND xã trân trọng báo cáo./.",
    "Người người, nhà nhà thi đua; đời sống ngày ngày đổi mới.",
    "Ủy ban nhân dân xã (“Một cửa”) đã tiếp nhận 10 hồ sơ v.v. trong kỳ.",
    "Hội nghị bắt đầu lúc 07:30, gồm: đại biểu các thôn; khách mời.",
)


@pytest.mark.parametrize(("text", "kind"), BAD.items(), ids=BAD)
def test_a_bad_sentence_is_found(text: str, kind: str) -> None:
    assert kind in {fault.kind for fault in faults(text)}


@pytest.mark.parametrize("text", GOOD)
def test_a_good_sentence_is_left_alone(text: str) -> None:
    assert [str(fault) for fault in faults(text)] == []
