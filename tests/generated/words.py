"""Invented Vietnamese for invented units: names that no place has, and the clauses that departments type."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

_ONE = ("Mây", "Sao", "Nắng", "Gió", "Trăng", "Suối", "Đồi", "Bướm", "Sương", "Khói", "Lá", "Cỏ", "Ong", "Đá")
_TWO = ("Biếc", "Hồng", "Lam", "Ngân", "Tím", "Vàng", "Nâu", "Xanh", "Thơm", "Êm", "Dài", "Bạc", "Nhỏ", "Sáng")
_THREE = ("Một", "Nguồn", "Ngoài", "Trong", "Thượng", "Hạ", "Trung", "Mới", "Cũ", "Đầu", "Cuối", "Cả", "Rộng", "Xa")

# What a department did, as a clause without a subject; {} is an invented name.
_DEEDS = (
    "tổ chức ngày hội {}",
    "phát động tuần lễ {}",
    "hoàn thành đoạn đường {}",
    "hướng dẫn hộ dân tham gia vườn chung {}",
    "ban hành kế hoạch triển khai mô hình {}",
    "phối hợp tổ chức lớp học {} với 120 học viên",
    "rà soát danh sách đăng ký chương trình {} (đợt 2)",
    "bàn giao nhà cộng đồng {}, gồm 02 phòng",
)
# Subjects of sentences, and predicates.
_SUBJECTS = (
    "công tác chuẩn bị hội thi {}",
    "việc chăm sóc vườn chung {}",
    "chương trình {}",
    "phong trào trồng hoa ở khu {}",
    "mô hình {} tại 03 điểm",
)
_RESULTS = (
    "được triển khai đúng kế hoạch {}",
    "được Nhân dân khu {} hưởng ứng",
    "thu hút 1.250 lượt người của khu {}",
    "đạt yêu cầu của chương trình {}",
)
_ASSESSED = (
    "Phong trào {} được duy trì đều ở các khu dân cư",
    "Việc nhân rộng mô hình {} còn chậm so với yêu cầu",
    "Nguồn lực dành cho chương trình {} được bố trí kịp thời",
)
_TITLES = (
    "phát động thi đua {}",
    "Triển khai chương trình {}",
    "hướng dẫn bình xét danh hiệu {}",
    "tổ chức hội thi {}",
)
_NOTES = ("theo chương trình {}", "trong đợt {}", "tính cả khu {}")
_PLACES = ("khu {}", "Nhà văn hóa {}", "sân vận động {}", "trường {}")


@dataclass
class Words:
    """Texts of one world, each different from all the others, so that it can be found again where it is told."""

    chance: random.Random
    used: set[str] = field(default_factory=set)

    def name(self) -> str:
        """An invented name, «Mây Biếc Nguồn», now and then with a number."""
        while True:
            found = " ".join(self.chance.choice(part) for part in (_ONE, _TWO, _THREE))
            if self.chance.random() < 0.12:
                found += f" {self.chance.randint(2, 30)}"
            if found not in self.used:
                self.used.add(found)
                return found

    def deed(self) -> str:
        return self._typed(_DEEDS)

    def happened(self) -> str:
        """What happened, with subject and predicate."""
        return self._typed(tuple(f"{subject} {predicate}" for subject in _SUBJECTS for predicate in _RESULTS))

    def result(self) -> str:
        return self._typed(_RESULTS)

    def assessed(self) -> str:
        return self._typed(_ASSESSED)

    def title(self) -> str:
        return self._typed(_TITLES)

    def note(self) -> str:
        return self._typed(_NOTES)

    def place(self) -> str:
        return self._typed(_PLACES)

    def _typed(self, forms: tuple[str, ...]) -> str:
        """A clause as somebody types it: with or without a capital, with or without a stop."""
        text = self.chance.choice(forms).format(self.name(), self.name())
        if self.chance.random() < 0.4:
            text = text[:1].upper() + text[1:]
        return text + (self.chance.choice((".", ";", "")) if self.chance.random() < 0.15 else "")
