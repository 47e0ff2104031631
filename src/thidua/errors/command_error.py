"""How a command ends that cannot begin or go on: its line, the machine, the cluster, the program itself."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from pathlib import Path

from thidua.errors.thidua_error import UNUSABLE, ThiduaError
from thidua.language.text import shortened


class NoRoot(ThiduaError):
    """No suite of reports here nor in any folder above; or not in the folder that was given (``root``)."""

    status = UNUSABLE

    def __init__(self, here: Path, root: Path | None = None):
        above = "" if root else " và các thư mục bên trên"
        instead = "ghi ở --root" if root else "chuyển vào"
        or_root = "" if root else ", hoặc thêm --root THƯ_MỤC"
        super().__init__(
            f"Không thấy bộ báo cáo (thư mục có notebooks/, params/, data/) ở «{root or here}»{above}. "
            f"Hãy {instead} thư mục của bộ báo cáo{or_root}."
        )


class Miscalled(ThiduaError):
    """A command line that is none: what is wrong with it, and the command whose help says how it goes."""

    status = UNUSABLE

    def __init__(self, what: str, command: str):
        super().__init__(f"{what}. Xem cách dùng: {' '.join(filter(None, ('thidua', command, '--help')))}")


class ClusterError(ThiduaError):
    """A cluster that cannot take work: which one, why and what to do."""

    def __init__(self, address: str, what: str):
        super().__init__(f"Cụm máy «{address}»: {what}.")


class NoClusterLibrary(ThiduaError):
    """The library that speaks to clusters is not installed."""

    def __init__(self) -> None:
        super().__init__('Máy này chưa cài phần chạy trên cụm máy. Hãy cài: pip install "thidua[cum,kho]".')


_SYSTEM_FAULTS = {
    errno.ENOSPC: "hết chỗ trên đĩa; hãy dọn bớt rồi chạy lại",
    errno.EDQUOT: "đã dùng hết dung lượng được cấp; hãy dọn bớt rồi chạy lại",
    errno.EFBIG: "tệp vượt quá cỡ mà hệ thống cho phép",
    errno.EROFS: "nơi này chỉ cho đọc; hãy chọn thư mục khác bằng --output",
    errno.EACCES: "không có quyền; hãy chọn thư mục khác bằng --output hoặc xin quyền ghi",
    errno.EPERM: "hệ thống không cho phép; hãy chọn thư mục khác bằng --output hoặc xin quyền ghi",
    errno.ENOTDIR: "một phần của đường dẫn là tệp, không phải thư mục",
    errno.EEXIST: "đã có tệp trùng tên ở chỗ cần một thư mục",
    errno.ENOENT: "không có tệp hay thư mục này",
    errno.EIO: "đĩa đọc, ghi lỗi; hãy kiểm tra đĩa",
}


class SystemFault(ThiduaError):
    """The system refused to read or write a file: which file and why, in words."""

    def __init__(self, error: OSError, log: Path | None = None):
        reason = _SYSTEM_FAULTS.get(error.errno or 0, error.strerror or str(error))
        # Copying names both files; it is the new one that could not be made.
        file = error.filename2 or error.filename
        where = f" «{file}»" if file else ""
        more = f" Nhật ký: {log}." if log else ""
        super().__init__(f"Không đọc hoặc ghi được{where}: {reason}.{more}")

    @staticmethod
    def refused(error: BaseException) -> bool:
        """Whether the machine refuses: a full disk, a missing right. A file that is not there may be our own fault."""
        return isinstance(error, OSError) and error.errno in _SYSTEM_FAULTS and error.errno != errno.ENOENT


class RunBroken(Exception):
    """A run that ended, by the exception that it comes from, after its notebooks were executed: they lie in ``kept``.

    No ThiduaError: nobody expected it, and it has no sentence of its own.
    """

    def __init__(self, kept: Path):
        self.kept = kept
        super().__init__(str(kept))


class ProgramBroke(Exception):
    """A program that broke down over what it was given to make: its name, what that was, and its own words.

    No ThiduaError: nobody expected it. Its cause has the rest for whoever mends it.
    """

    def __init__(self, program: str, what: str, words: str):
        self.program, self.what, self.words = program, what, words
        super().__init__(program, what, words)

    def __str__(self) -> str:
        lead = f"Chương trình {self.program} dừng khi lập {self.what}"
        return f"{lead}, do lỗi của bộ lập báo cáo chứ không phải của biểu hay tham số"


# The log has the rest of what a program says.
_WORDS = 400
_UNEXPECTED = {MemoryError: "hết bộ nhớ", RecursionError: "dữ liệu lồng nhau quá sâu"}


class Unexpected(ThiduaError):
    """What nobody expected: that it happened, where its log is, and where what was executed is kept."""

    def __init__(self, error: BaseException, log: Path | None, kept: Path | None):
        parts = [_what_happened(error)]
        parts += ["chưa lập báo cáo"] if kept else []
        parts += [f"notebook đã chạy giữ ở {kept}"] if kept else []
        parts += [f"nhật ký để gửi người bảo trì: {log}"] if log else []
        words = f"\n  {error.program} báo: {shortened(error.words, _WORDS)}" if isinstance(error, ProgramBroke) else ""
        super().__init__(f"{'; '.join(parts)}.{words}")


def _what_happened(error: BaseException) -> str:
    if isinstance(error, ProgramBroke):
        return str(error)
    what = next((said for kind, said in _UNEXPECTED.items() if isinstance(error, kind)), type(error).__name__)
    return f"Chương trình dừng vì lỗi ngoài dự kiến ({what})"


class Interrupted(ThiduaError):
    """Ctrl-C: which results stand all the same, ``made`` in their order."""

    def __init__(self, made: Sequence[Path | str] = ()):
        told = "chưa ghi kết quả nào"
        if made:
            many = f"{len(made)} báo cáo đã kịp lập xong, sau cùng là" if len(made) > 1 else "báo cáo đã kịp lập xong ở"
            told = f"{many} {made[-1]}"
        super().__init__(f"Đã dừng theo yêu cầu; {told}.")
