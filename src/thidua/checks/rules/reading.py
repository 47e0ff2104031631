"""Reading the file of declared rules, params/rules.yaml: every fault with its line, before any data are looked at."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from thidua.checks.rules.declared import Anniversary, RegisterScope, Rule, Rules
from thidua.checks.rules.language import INDICATORS, PAST, check_columns, parse
from thidua.errors import InputError, Problem
from thidua.text import nearest, slip_of
from thidua.yaml_text import Place, YamlText, read_yaml_text

FILE = "rules.yaml"
_AS_TAUGHT = "như hướng dẫn ở đầu tệp"


class Slip(NamedTuple):
    """A code in a rule that nothing known has: its rule by number and id, its line by number, the code meant."""

    rule: int
    id: str
    line: int
    code: str
    meant: str


def load_rules(path: Path) -> Rules:
    """Read the file; without one there are no declared rules. InputError names every fault."""
    if not path.is_file():
        return Rules()
    text = read_yaml_text(path)
    if text.faults:
        raise InputError([_problem(line, found, expected) for line, found, expected in text.faults])
    try:
        rules = Rules.model_validate(text.content or {})
    except ValidationError as error:
        raise InputError([_wrong(text, item) for item in error.errors()]) from None
    problems = [*_repeated(rules, text), *_not_of_the_language(rules, text)]
    if problems:
        raise InputError(problems)
    return rules


def slips(rules: Rules, known: Mapping[str, Collection[str]]) -> Iterator[Slip]:
    """The codes that no row has and that are a slip away from one that some row has, and that their line lacks.

    ``known`` are the codes of indicators and of awards.
    """
    for number, rule in enumerate(rules.rules):
        for line, text in enumerate(rule.identity):
            names = list(parse(text).names())
            used = {code for _, code, _ in names}
            for kind, code, _ in names:
                codes = known.get(INDICATORS if kind in PAST else kind, ())
                meant = slip_of(code, (c for c in codes if c not in used)) if code not in codes else None
                if meant:
                    yield Slip(number, rule.id, line, code, meant)


def slip_problems(path: Path, found: Iterable[Slip]) -> list[Problem]:
    """What is said of slips, each with the line and the column where it stands in the file."""
    text = read_yaml_text(path)
    lines = path.read_text(encoding="utf-8-sig").split("\n")
    problems = []
    for slip in found:
        start = text.line(("rules", slip.rule, "identity", slip.line))
        problems.append(
            Problem(
                FILE,
                "",
                _spot(lines, start, slip.code),
                f"quy tắc «{slip.id}» dùng mã không có «{slip.code}»",
                f"mã có trong biểu; gần nhất là «{slip.meant}»",
            )
        )
    return problems


def _spot(lines: list[str], start: int, code: str) -> str:
    """Where a code first stands from a line on; lines and columns are counted from one."""
    word = re.compile(rf"\b{re.escape(code)}\b")
    for number, line in enumerate(lines[start - 1 :], start):
        if match := word.search(line):
            return f"dòng {number}, cột {match.start() + 1}"
    return f"dòng {start}"


def _repeated(rules: Rules, text: YamlText) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, rule in enumerate(rules.rules):
        if rule.id in seen:
            line = text.line(("rules", number, "id"))
            yield _problem(line, f"quy tắc «{rule.id}» khai hai lần", "mỗi id chỉ dùng một lần")
        seen.add(rule.id)


def _not_of_the_language(rules: Rules, text: YamlText) -> Iterator[Problem]:
    for number, rule in enumerate(rules.rules):
        for place, identity in enumerate(rule.identity):
            try:
                check_columns(parse(identity).names())
            except ValueError as error:
                line = text.line(("rules", number, "identity", place))
                yield _problem(line, f"quy tắc «{rule.id}»: {error}", f"đẳng thức viết {_AS_TAUGHT}")


def _wrong(text: YamlText, item: Any) -> Problem:
    place: Place = item["loc"]
    name, line = ".".join(str(p) for p in place), text.line(place)
    if item["type"] == "extra_forbidden":
        models: dict[str, type[BaseModel]] = {
            "rules": Rule,
            "anniversaries": Anniversary,
            "register": RegisterScope,
        }
        model = models.get(str(place[0]), Rules) if len(place) > 1 else Rules
        valid = [f.alias or n for n, f in model.model_fields.items()]
        near = nearest(str(place[-1]), valid)
        expected = f"một trong các tên {', '.join(valid)}" + (f"; gần nhất là «{near}»" if near else "")
        return _problem(line, f"không có mục nào tên «{name}»", expected)
    return _problem(line, f"mục «{name}» sai hoặc thiếu", f"quy tắc có id, statement, identity {_AS_TAUGHT}")


def _problem(line: int, found: str, expected: str) -> Problem:
    return Problem(FILE, "", f"dòng {line}" if line else "", found, expected)
