"""What a command tells of its progress, and to whom: this is the side that does the work."""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum


class Phase(Enum):
    """The phases of commands. The value is what a user reads while it lasts."""

    READING = "Đọc biểu"
    CHECKING = "Kiểm tra"
    SECTIONS = "Chạy các mục"
    TYPESETTING = "Dàn trang"
    SEALING = "Niêm phong"
    VERIFYING = "Xem niêm phong"
    ENVIRONMENT = "Dựng môi trường"
    AGAIN = "Chạy lại"
    COMPARING = "So từng byte"
    STYLE = "Đọc lời văn"
    SENDING = "Gửi đến kho"
    RECEIVING = "Nhận từ kho"
    ENTERING = "Ghi sổ đăng ký"
    UNITS = "Lập báo cáo các đơn vị"

    @property
    def of_parts(self) -> bool:
        """Whether it has parts that are counted, so that twice as many take twice as long."""
        return self in (Phase.SECTIONS, Phase.VERIFYING, Phase.UNITS)


class Progress:
    """Told how far a command is. This one keeps it to itself; ``showing`` gives one that a user sees.

    A command begins its phases one after the other, and within a phase tells of its parts. Every call may come from
    any thread, costs next to nothing and changes nothing of what is made.
    """

    def begin(self, phase: Phase, parts: Collection[str] = ()) -> None:
        """A phase begins, and with it the one before ends; ``parts`` are what ``part`` will tell of, by name."""

    def part(self, name: str, done: int, total: int) -> None:
        """``done`` of ``total`` steps of a part of the phase are done; with the last one the part ends."""

    def kept(self, names: Collection[str]) -> None:
        """What would be parts but need not be done: what an earlier command made of them still holds."""

    def doing(self, what: str) -> None:
        """What the phase is about just now, in a few words."""


NOBODY = Progress()
