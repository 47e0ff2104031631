"""Whole invented periods of invented units, from the forms and from what the notebooks ask for.

A world is drawn by a seed: the unit and its level, the period, the departments with what they submit. How much of what
the notebooks ask for is there (all, much, little, nothing) and how the numbers are differs from world to world.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from generated import values
from generated.asked import asked
from generated.units import LEVELS, PARTS, document, unit
from generated.words import Words
from notebooks.sections import period as known_period
from plain_yaml import loaded
from thidua.forms.schema import form, schemas
from thidua.prose.names import WHOLE
from thidua.settings.period import Period

ROOT = Path(__file__).parents[2]
PARTS_OF_YEAR = ("H1", "H2", "FY", "9M", "Q1", "Q2", "Q3", "Q4", *(f"M{n:02d}" for n in range(1, 13)))
# How much of what the notebooks ask for a world has.
EXTENTS = {"all": 1.0, "most": 0.7, "little": 0.15, "nothing": 0.0}
_UNITS = ("người", "hộ", "vụ", "ha", "triệu đồng", "%", "con", "công trình", "km", "tỷ đồng", "lượt người", "mô hình")
# What names say that are of one unit or one time of the year.
_OF_A_UNIT = re.compile(r"\d|Tết|\b(?:xã(?! hội)|huyện|tỉnh|thôn(?<!nông thôn)|phường|thị trấn)\b", re.IGNORECASE)
_RURAL = re.compile("ntm|nong_thon_moi")
_PART = re.compile(r"(?<!tác )(?:xã, thị trấn|xã|thị trấn|thôn|phường)(?! hội)")
_ONE_OF = ("trên", "hơn", "từ", "khoảng", "ước")

Row = dict[str, Any]


@dataclass
class World:
    """An invented unit and what its departments submitted: rows by column key, by form, by workbook."""

    seed: int
    level: str
    period: Period
    extent: str
    numbers: str
    params: dict[str, Any]
    books: dict[str, dict[str, list[Row]]]
    years: set[int] = field(default_factory=set)

    def __str__(self) -> str:
        told = f"seed {self.seed}: {self.params['unit']['name']}, {self.period.id}"
        return f"{told}, {self.extent} of what is asked for, numbers {self.numbers}"


def world(
    seed: int, *, level: str = "", part: str = "", extent: str = "", numbers: str = "", departments: int = 0
) -> World:
    """The world of a seed; what is given is not drawn."""
    return _Maker(random.Random(seed)).world(seed, level, part, extent, numbers, departments)


@dataclass
class _Maker:
    chance: random.Random
    words: Words = field(init=False)
    part: str = ""
    extent: float = 0.0
    numbers: str = ""
    year: int = 0
    codes: int = 0

    def __post_init__(self) -> None:
        self.words = Words(self.chance)

    def world(self, seed: int, level: str, part: str, extent: str, numbers: str, departments: int) -> World:
        level = level or self.chance.choice(LEVELS)
        self.year = self.chance.randint(2019, 2034)
        period = Period.parse(f"{self.year}-{part or self.chance.choice(PARTS_OF_YEAR)}")
        extent = extent or self.chance.choice(tuple(EXTENTS))
        self.extent = EXTENTS[extent]
        self.numbers = numbers or self.chance.choice(values.KINDS)
        self.part = PARTS[level]
        own = unit(self.chance, self.words, level)
        books = self._books(departments or self.chance.randint(1, 6), own["issuer"])
        params = {
            "period": period.id,
            "unit": own,
            "document": document(self.chance, self.words, own["issuer"]),
            "departments": [
                {"file": file, "name": f"Phòng {self.words.name()}", "sheets": list(forms)}
                for file, forms in books.items()
            ],
            "sections": outline(),
        }
        return World(seed, level, period, extent, self.numbers, params, books, {self.year})

    def _books(self, departments: int, issuer: str) -> dict[str, dict[str, list[Row]]]:
        rows = {
            "Chỉ tiêu": self._indicators(),
            "Sự kiện": self._events(),
            "Văn bản": self._documents(issuer),
            "Phong trào thi đua": self._movements(),
            "Điển hình tiên tiến": self._role_models(),
            "Đánh giá": self._topical("uu_diem", "han_che", "nguyen_nhan", "giai_phap"),
            "Nhiệm vụ": self._topical("nhiem_vu", "giai_phap_chu_yeu"),
            "Danh mục văn bản": self._register(),
            "Khen thưởng": self._awards(),
        }
        assert rows.keys() == schemas().keys()
        # Awards and the register are one department's; the others' rows are dealt out.
        files = [f"phong-{number}.xlsx" for number in range(1, departments + 1)]
        books: dict[str, dict[str, list[Row]]] = {file: {} for file in files}
        for title, found in rows.items():
            for row in found:
                whole = title in ("Khen thưởng", "Danh mục văn bản")
                books[files[0] if whole else self.chance.choice(files)].setdefault(title, []).append(row)
        return {file: forms or {"Sự kiện": []} for file, forms in books.items()}

    def _is_there(self, name: str = "") -> bool:
        """Whether a world has something that is asked for; a ward knows nothing of new rural communes."""
        return self.chance.random() < self.extent and not (self.part == PARTS["phường"] and _RURAL.search(name))

    def _indicators(self) -> list[Row]:
        wanted = [code for code in asked().of("indicators") if self._is_there(code)]
        rows = [self._indicator(code) for code in wanted]
        for group in asked().of("groups"):
            if self._is_there(group):
                rows += [self._indicator(self._code(), group=group) for _ in range(self.chance.choice((1, 2, 5)))]
        for _ in range(self.chance.choice((0, 3, 12))):
            rows.append(self._indicator(self._code(), group="nhom_rieng" if self.chance.random() < 0.3 else ""))
        if len(rows) > 3 and self.chance.random() < 0.5:
            parent, *parts = self.chance.sample(rows, 3)
            for part in parts:
                part |= {"parent": parent["code"], "relation": "trong đó", "unit": parent["unit"]}
        return rows

    def _code(self) -> str:
        self.codes += 1
        return f"rieng_cua_don_vi_{self.codes}"

    def _indicator(self, code: str, group: str = "") -> Row:
        name, measure = _known().get(code, ("", ""))
        unit_ = measure or self.chance.choice(_UNITS)
        unit_ = _PART.sub(self.part, unit_)
        if _OF_A_UNIT.search(name):
            name = ""
        row: Row = {"code": code, "name": name or self._own_name(), "unit": unit_}
        signed = bool(asked().verbs("indicators", code) & {"tăng", "giảm"})
        size = values.value(self.chance, unit_, self.numbers, signed=signed)
        if not values.is_missing(self.chance, self.numbers):
            row["actual"] = size
        for column, chance in (("plan", 0.6), ("plan_upper", 0.25), ("last", 0.5), ("cumulative", 0.3)):
            if self.chance.random() < chance and not values.is_missing(self.chance, self.numbers):
                row[column] = values.near(self.chance, size, unit_)
        if self.chance.random() < 0.1:
            row["quality"] = self.chance.choice(("ước", "khoảng", "trên", "hơn"))
        if "ghi chú" in asked().verbs("indicators", code) or self.chance.random() < 0.1:
            row["note"] = self.words.note()
        if group:
            row["group"] = group
        return row

    def _own_name(self) -> str:
        return f"{self.chance.choice(('Số', 'diện tích', 'Kết quả', 'tổng số', 'Quy mô'))} {self.words.name()}"

    def _events(self) -> list[Row]:
        wanted = [t for t in asked().of("rows") if t not in WHOLE and t not in _TOPICS and self._is_there(t)]
        wanted += [f"viec_rieng_{n}" for n in range(self.chance.choice((0, 2)))]
        return [self._event(topic) for topic in wanted for _ in range(self.chance.choice((1, 1, 2, 4)))]

    def _event(self, topic: str) -> Row:
        verbs = asked().verbs("rows", topic)
        if verbs & {"liệt kê", "trích"}:
            return {"topic": topic, "content": self.words.name()}
        row: Row = {"topic": topic, "content": self.words.deed() if "mỗi" in verbs else self.words.happened()}
        if self.chance.random() < 0.4:
            row["link"] = self.chance.choice(form("events").column("link").choices)
        if self.chance.random() < 0.2:
            row["note"] = self.words.note()
        return row

    def _documents(self, issuer: str) -> list[Row]:
        wanted = [code for code in asked().of("documents") if self._is_there(code)]
        rows = []
        for topic in [*wanted, "van_ban_rieng"]:
            for number in range(self.chance.choice((1, 1, 3))):
                row: Row = {"title": self.words.title(), "topic": topic, "issuer": issuer}
                row["type"] = self.chance.choice(("Kế hoạch", "Chỉ thị", "Quyết định", "Công văn"))
                if number == 0 and self.chance.random() < 0.5:
                    row |= {"code": topic, "topic": f"{topic}_nhom"}
                if self.chance.random() < 0.85:
                    row |= {"number": f"{self.chance.randint(1, 900)}/KH-UBND", "date": self._day()}
                for key in ("issuer", "type"):
                    if self.chance.random() < 0.1:
                        del row[key]
                if self.chance.random() < 0.1:
                    row["note"] = self.words.note()
                rows.append(row)
        return rows

    def _movements(self) -> list[Row]:
        wanted = [code for code in asked().of("movements") if code not in WHOLE and self._is_there(code)]
        rows = []
        for code in [*wanted, *(f"phong_trao_rieng_{n}" for n in range(self.chance.choice((0, 1, 3))))]:
            row: Row = {"code": code, "name": f"Vì {self.words.name()}"}
            filled = {"phase": str(self.year), "level": f"UBND {self.words.name()}", "content": self.words.deed()}
            filled |= {"result": self.words.result(), "note": self.words.note()}
            row |= {key: text for key, text in filled.items() if self.chance.random() < 0.6}
            rows.append(row)
        return rows

    def _role_models(self) -> list[Row]:
        rows = []
        for _ in range(self.chance.choice((0, 1, 4)) if self._is_there() else 0):
            row: Row = {
                "name": self.words.name(),
                "field": self.chance.choice(("giảm nghèo", "Giáo dục", "dân vận khéo")),
            }
            filled: Row = {"address": self.words.place(), "content": self.words.deed(), "jobs": Decimal(12)}
            row |= {key: found for key, found in filled.items() if self.chance.random() < 0.6}
            if self.chance.random() < 0.5:
                row["income_from"] = Decimal(self.chance.randint(50, 400))
                extra = self.chance.choice(({}, {"note": self.chance.choice(_ONE_OF)}, {"income_to": Decimal(500)}))
                row |= extra
            rows.append(row)
        return rows

    def _topical(self, *topics: str) -> list[Row]:
        there = [topic for topic in topics if self._is_there()]
        return [
            {"topic": topic, "content": self.words.assessed()}
            for topic in there
            for _ in range(self.chance.randint(1, 3))
        ]

    def _register(self) -> list[Row]:
        return [
            {"tt": str(n), "number": f"{n}/KH-UBND", "date": self._day(), "title": self.words.title()}
            for n in range(1, self.chance.choice((0, 1, 6)) + 1 if self._is_there() else 1)
        ]

    def _awards(self) -> list[Row]:
        wanted = [code for code in asked().of("awards") if self._is_there()]
        if not wanted:
            return []
        rows: list[Row] = [{"tt": "I", "name": f"Khen thưởng {self.words.name()}"}]
        for number, code in enumerate(wanted, 1):
            row: Row = {"tt": str(number), "code": code, "name": f"Danh hiệu {self.words.name()}"}
            for key in ("collective", "individual"):
                if self.chance.random() < 0.7:
                    count = values.value(self.chance, "người", "as they come") % 1000
                    row |= {key: count, f"base_{key}": count.quantize(Decimal(1)) // 2}
            rows.append(row)
        return rows

    def _day(self) -> dt.date:
        return dt.date(self.year, self.chance.randint(1, 12), self.chance.randint(1, 28))


_TOPICS = ("uu_diem", "han_che", "nguyen_nhan", "giai_phap", "nhiem_vu", "giai_phap_chu_yeu")


@cache
def _known() -> dict[str, tuple[str, str]]:
    """Name and unit of the indicators that the repository's own period has."""
    return {i.code: (str(i.name), i.unit) for i in known_period().indicators}


@cache
def outline() -> Any:
    """The sections of the repository's own report, as params give them."""
    return loaded((ROOT / "params" / "2024-H1.yaml").read_text(encoding="utf-8"))["sections"]
