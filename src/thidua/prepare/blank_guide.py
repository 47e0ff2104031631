"""How to fill in a workbook, as its first sheet tells whoever opens it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from thidua.forms.roles import indicator_form
from thidua.forms.schema import Column, Role, SheetSchema


def guide_lines(schemas: Sequence[SheetSchema], file: str, given: bool) -> Iterator[str]:
    """The lines for a workbook with these forms; ``given`` is whether it has rows already.

    They name no period: whatever names one on this sheet must be the period of the report.
    """
    yield "Điền vào các ô màu. Ô trắng có chữ là tên gọi, sửa lời được. Ô xám đã khóa, để báo cáo tìm đúng số theo mã."
    yield "Chưa có số liệu thì để trống. Số 0 nghĩa là có báo cáo và bằng không."
    yield "Ô số chỉ gõ con số, không kèm đơn vị tính. Ô ngày gõ ngày/tháng/năm."
    if indicator_form() in schemas:
        yield from _about_indicators()
    if given:
        yield "Số có sẵn trong ô màu thì xem lại, khác thực tế thì sửa. Chỉ tiêu, dòng kỳ này không có thì để trống số."
    yield (
        "Chỉ tiêu mới, dòng mới: ghi tiếp vào các dòng trống ở cuối bảng. Mã mới viết chữ thường không dấu, chữ số, "
        "gạch dưới, ví dụ lua_xuan; không trùng mã đã có."
    )
    yield "Không cần trang nào thì để trống. Không đổi tên trang, tên cột; không thêm cột, không ẩn, không lọc."
    yield "Trang được bảo vệ nhưng không có mật khẩu: cần sửa ô đã khóa thì bỏ bảo vệ (Review > Unprotect Sheet)."
    yield f"Điền xong, lưu dạng .xlsx và gửi lại đúng tên tệp «{file}»."


def _about_indicators() -> Iterator[str]:
    actual, cumulative, last = (_header(role) for role in ("actual", "cumulative", "last"))
    yield f"Cột «{actual}» là số của riêng kỳ này; cột «{cumulative}» là số từ đầu năm, có thì báo cáo dùng số này."
    yield f"Cột «{last}» đã có số lấy từ báo cáo của kỳ ấy thì ô có ghi chú nguồn."


def _header(role: Role) -> str:
    column: Column = indicator_form().with_role(role)[0]
    return column.header[0]
