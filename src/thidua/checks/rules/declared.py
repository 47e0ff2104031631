"""The file of declared rules, params/rules.yaml: read, checked and bound to a period's data."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from thidua.checks.finding import Severity
from thidua.checks.rules.language import AWARDS, INDICATORS, PAST, Relations, parse
from thidua.errors import InputError, Problem
from thidua.intake.schema import schemas
from thidua.text import nearest

FILE = "rules.yaml"


def _lines(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Rule(_Model):
    """A declared identity: what must hold, in words and in the language; ``scope`` says why it may not."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    statement: str
    identity: Annotated[tuple[str, ...], BeforeValidator(_lines)] = Field(min_length=1)
    severity: Severity = "error"
    scope: str = ""

    @property
    def grade(self) -> Severity:
        """A rule that may fail because scopes differ can do no more than warn."""
        return "warning" if self.scope and self.severity == "error" else self.severity


class Anniversary(_Model):
    """An event and its year, so that «the 70th anniversary» can be checked against the reporting year."""

    name: str
    year: int


class RegisterScope(_Model):
    """Which documents named in the text must stand in the register: those of these topics."""

    topics: tuple[str, ...] = ()


class Rules(_Model):
    """All that an officer declares about how the data must hang together."""

    rules: tuple[Rule, ...] = ()
    anniversaries: tuple[Anniversary, ...] = ()
    register_scope: RegisterScope = Field(default=RegisterScope(), alias="register")


@dataclass(frozen=True)
class Bound:
    """A line of a rule whose names this period's data have."""

    rule: Rule
    relations: Relations


@dataclass(frozen=True)
class Idle:
    """A line of a rule that cannot be applied because the period's data lack what it names."""

    rule: str
    missing: tuple[str, ...]


def load_rules(path: Path) -> Rules:
    """Read the file; without one there are no declared rules. InputError names every fault."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Rules()
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" ở dòng {mark.line + 1}" if mark else ""
        raise InputError([_problem(f"không đọc được tệp quy tắc{where}", "tệp YAML đúng cú pháp, mã UTF-8")]) from None
    try:
        found = Rules.model_validate(content or {})
    except ValidationError as error:
        raise InputError([_wrong(item) for item in error.errors()]) from None
    seen: set[str] = set()
    problems = []
    for rule in found.rules:
        if rule.id in seen:
            problems.append(_problem(f"quy tắc «{rule.id}» khai hai lần", "mỗi id chỉ dùng một lần"))
        seen.add(rule.id)
    if problems:
        raise InputError(problems)
    return found


def bind(rules: Rules, codes: Mapping[str, Iterable[str]]) -> tuple[list[Bound], list[Idle]]:
    """Tie each line to the data; ``codes`` are those present, by kind (indicators, awards, previous, last_year).

    A name that the data lack is a mistake where a present name differs from it by a slip of the pen and the line does
    not use that one too: InputError names it. Otherwise the unit has no such figure this period, and the line rests.
    """
    bound: list[Bound] = []
    idle: list[Idle] = []
    problems: list[Problem] = []
    present = {kind: set(names) for kind, names in codes.items()}
    for rule in rules.rules:
        for text in rule.identity:
            try:
                relations = parse(text)
                names = list(relations.names())
                _check_columns(names)
            except ValueError as error:
                problems.append(_problem(f"quy tắc «{rule.id}»: {error}", "đẳng thức viết như hướng dẫn ở đầu tệp"))
                continue
            missing = []
            for kind, code, _ in names:
                if kind not in present or code in present[kind]:
                    continue
                meant = _misspelt(code, present[kind] - {c for _, c, _ in names})
                if meant:
                    expected = f"mã có trong số liệu của kỳ; gần nhất là «{meant}»"
                    problems.append(_problem(f"quy tắc «{rule.id}» dùng mã không có «{code}»", expected))
                missing.append(code if kind == INDICATORS else f"{kind}.{code}")
            if missing:
                idle.append(Idle(rule.id, tuple(missing)))
            else:
                bound.append(Bound(rule, relations))
    if problems:
        raise InputError(problems)
    return bound, idle


def _check_columns(names: Iterable[tuple[str, str, str]]) -> None:
    kinds = {s.kind: s for s in schemas().values()}
    for source, code, column in names:
        kind = INDICATORS if source in PAST else source
        if kind not in kinds:
            near = nearest(kind, kinds)
            hint = f"; gần nhất là «{near}»" if near else ""
            raise ValueError(f"không có loại biểu «{kind}»{hint}")
        valid = [c.key for c in kinds[kind].columns if c.type in ("number", "percent")]
        if column not in valid if column else kind == AWARDS:
            near = nearest(column, valid)
            hint = f"; gần nhất là «{near}»" if near else ""
            raise ValueError(f"«{code}.{column}»: không có cột số «{column}»{hint}")


def _misspelt(code: str, present: Iterable[str]) -> str | None:
    """The present code that this one was meant to be: one slip of the pen away, two in a long name."""
    allowed = 2 if len(code) > 8 else 1
    close = [(d, p) for p in present if abs(len(p) - len(code)) <= allowed and (d := _distance(code, p)) <= allowed]
    return min(close)[1] if close else None


def _distance(a: str, b: str) -> int:
    """Edit distance with neighbouring letters exchanged as one slip."""
    matches = difflib.SequenceMatcher(None, a, b, autojunk=False)
    if matches.quick_ratio() < 0.6:
        return max(len(a), len(b))
    rows = [list(range(len(b) + 1))]
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            best = min(rows[-1][j] + 1, row[j - 1] + 1, rows[-1][j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and y == a[i - 2]:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


def _wrong(item: Any) -> Problem:
    place = ".".join(str(p) for p in item["loc"])
    if item["type"] == "extra_forbidden":
        models: dict[str, type[BaseModel]] = {
            "rules": Rule,
            "anniversaries": Anniversary,
            "register": RegisterScope,
        }
        valid = [
            f.alias or n
            for n, f in (models.get(str(item["loc"][0]), Rules) if len(item["loc"]) > 1 else Rules).model_fields.items()
        ]
        near = nearest(str(item["loc"][-1]), valid)
        expected = f"một trong các tên {', '.join(valid)}" + (f"; gần nhất là «{near}»" if near else "")
        return _problem(f"không có mục nào tên «{place}»", expected)
    return _problem(f"mục «{place}» sai hoặc thiếu", "quy tắc có id, statement, identity như hướng dẫn ở đầu tệp")


def _problem(found: str, expected: str) -> Problem:
    return Problem(FILE, "", "", found, expected)
