"""Reading the declared rules: those of any unit, and a unit's own in params/rules.yaml.

Every fault of the file is told with its place, before any data are looked at.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from thidua.checks.declared.declarations import Rules
from thidua.checks.declared.relations import INDICATORS, PAST, parse
from thidua.checks.rulebook import RULES
from thidua.errors import InputError, Problem, RuleError
from thidua.language.own_data import own_data
from thidua.language.text import slip_of
from thidua.language.yaml_text import Place, YamlText, read_yaml_text
from thidua.settings.yaml_faults import form_problems, model_problems

FILE = "rules.yaml"
_COMMON = files("thidua.checks.declared") / "common.yaml"


class Slip(NamedTuple):
    """A code in a rule that nothing known has: its rule by number and id, its line by number, the number of the visible
    character where it stands, the code and the code meant."""

    rule: int
    id: str
    line: int
    at: int
    code: str
    meant: str


@cache
def common_rules() -> Rules:
    """What holds for any unit that has the figures, by the codes that notebooks ask for."""
    return Rules.model_validate(own_data(_COMMON.read_text(encoding="utf-8")))


def with_common(own: Rules) -> Rules:
    """A unit's rules with those of any unit; an own one of the same id stands in the place of the common one."""
    common, replaced = common_rules(), {rule.id for rule in own.rules}
    rules = (*(rule for rule in common.rules if rule.id not in replaced), *own.rules)
    anniversaries = (*common.anniversaries, *own.anniversaries)
    register = (own if "register_scope" in own.model_fields_set else common).register_scope
    return Rules.model_validate({"rules": rules, "anniversaries": anniversaries, "register": register})


def load_rules(path: Path) -> Rules:
    """Read a unit's own rules; without the file there are none. InputError names every fault."""
    if not path.is_file():
        return Rules()
    text = read_yaml_text(path)
    problems = form_problems(FILE, text)
    content = {} if text.content is None else text.content
    if not isinstance(content, dict):
        found = "tệp quy tắc không có nội dung dạng tên: giá trị"
        raise InputError(
            [*problems, Problem(FILE, "", str(text.spot(())), found, "các mục rules, anniversaries, register")]
        )
    problems += [*_ids_used_twice(content, text), *_not_of_the_language(content, text)]
    try:
        rules = Rules.model_validate(content)
    except ValidationError as error:
        raise InputError([*problems, *model_problems(FILE, text, Rules, error)]) from None
    if problems:
        raise InputError(problems)
    return rules


def slips(rules: Rules, known: Mapping[str, Collection[str]]) -> Iterator[Slip]:
    """The codes that no row has and that are a slip away from one that some row has, and that their line lacks.

    ``known`` are the codes of indicators and of awards.
    """
    for number, rule in enumerate(rules.rules):
        for line, text in enumerate(rule.identity):
            named = parse(text).named
            used = {code for (_, code, _), _ in named}
            for (kind, code, _), at in named:
                codes = known.get(INDICATORS if kind in PAST else kind, ())
                meant = slip_of(code, (c for c in codes if c not in used)) if code not in codes else None
                if meant:
                    yield Slip(number, rule.id, line, at, code, meant)


def slip_problems(path: Path, found: Iterable[Slip]) -> list[Problem]:
    """What is said of slips, each with the line and the column where it stands in the file."""
    text = read_yaml_text(path)
    return [
        Problem(
            FILE,
            "",
            str(text.within(_line(text, slip.rule, slip.line), slip.at)),
            f"quy tắc «{slip.id}» dùng mã không có «{slip.code}»",
            f"mã có trong biểu; gần nhất là «{slip.meant}»",
        )
        for slip in found
    ]


def _line(text: YamlText, rule: int, line: int) -> Place:
    """Where a line of a rule stands: a rule of one line may have it beside its name."""
    place: Place = ("rules", rule, "identity")
    return place if place in text.values else (*place, line)


def _entries(content: Mapping[str, Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rules as they stand, those that are none at all left out."""
    rules = content.get("rules")
    return ((n, entry) for n, entry in enumerate(rules if isinstance(rules, list) else ()) if isinstance(entry, dict))


def _ids_used_twice(content: Mapping[str, Any], text: YamlText) -> Iterator[Problem]:
    registered = {rule.id for rule in RULES}
    seen: set[str] = set()
    for number, entry in _entries(content):
        id, spot = entry.get("id"), str(text.spot(("rules", number, "id")))
        if not isinstance(id, str):
            continue
        if id in registered:
            yield Problem(FILE, "", spot, f"«{id}» là mã của một quy tắc có sẵn", "một id khác (xem thidua rules)")
        elif id in seen:
            yield Problem(FILE, "", spot, f"quy tắc «{id}» khai hai lần", "mỗi id chỉ dùng một lần")
        seen.add(id)


def _not_of_the_language(content: Mapping[str, Any], text: YamlText) -> Iterator[Problem]:
    for number, entry in _entries(content):
        identity = entry.get("identity")
        lines = identity if isinstance(identity, list) else [identity]
        for line, written in enumerate(lines):
            try:
                if isinstance(written, str):
                    parse(written)
            except RuleError as error:
                for fault in error.faults:
                    spot = str(text.within(_line(text, number, line), fault.at))
                    yield Problem(FILE, "", spot, f"quy tắc «{entry.get('id')}»: {fault.found}", fault.expected)
