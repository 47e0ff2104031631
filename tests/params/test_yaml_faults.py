"""Whatever is wrong in a YAML file that an officer edits is told with its line and column."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from thidua.checks.rules_file import load_rules
from thidua.errors import InputError, Problem
from thidua.language import yaml_text
from thidua.settings.params_file import load
from workbooks import PERIOD, params

PARAMS = params(accepted=[{"id": "a-1", "who": "Bà A", "why": "Đã hỏi"}])
RULES = {
    "rules": [{"id": "lua", "statement": "Hai vế bằng nhau", "identity": ["a = b", "c <= d"], "scope": "Khác nguồn"}],
    "anniversaries": [{"name": "Ngày thành lập", "year": "1930"}],
    "register": {"topics": ["can_cu"]},
}
FILES: dict[str, tuple[Callable[[Path], object], dict[str, Any]]] = {
    f"{PERIOD}.yaml": (load, PARAMS),
    "rules.yaml": (load_rules, RULES),
}
WRONG: tuple[Any, ...] = (None, "!", [["a"]], {"q": "1"})


def faults(folder: Path, name: str, text: str) -> list[Problem]:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    try:
        FILES[name][0](file)
    except InputError as error:
        return error.problems
    return []


def places(content: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of all names and items."""
    steps = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    for step, below in steps:
        yield (*path, step)
        yield from places(below, (*path, step))


def spoilt(content: dict[str, Any]) -> Iterator[str]:
    """The file with one place taken out or holding something else, each place and each wrong value in turn."""
    for *path, last in places(content):
        for wrong in (KeyError, *WRONG):
            whole = copy.deepcopy(content)
            around: Any = whole
            for step in path:
                around = around[step]
            if wrong is KeyError:
                del around[last]
            else:
                around[last] = wrong
            yield yaml.dump(whole, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)


@pytest.mark.parametrize("name", FILES)
def test_every_value_of_another_kind_has_its_place(tmp_path: Path, name: str) -> None:
    assert faults(tmp_path, name, yaml.safe_dump(FILES[name][1], allow_unicode=True)) == []
    told = [problem for text in spoilt(FILES[name][1]) for problem in faults(tmp_path, name, text)]
    assert len(told) > 50
    assert [p for p in told if not p.cell.startswith("dòng ")] == []


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("chỉ có chữ", "dòng 1, cột 1"),
        ("# đầu tệp\n\n- a\n", "dòng 3, cột 1"),
        ("a: b\nc: " + "[" * 1_200, "dòng 2, cột 1004"),
        ("a: b\nc: " + "x" * 1_000_000, "dòng 2, cột 999996"),
        ("a: b\n" + "- " * 3_000, "dòng 2, cột 1"),
        ("a:\n  - b\n c: d\n", "dòng 3, cột 2"),
        ("a: 'b\n", "dòng 2, cột 1"),
    ],
)
def test_every_fault_of_form_has_its_place(tmp_path: Path, name: str, text: str, cell: str) -> None:
    assert [problem.cell for problem in faults(tmp_path, name, text)] == [cell]


def test_a_file_reads_alike_by_the_parser_in_c_and_by_the_one_whose_faults_are_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plain = "a: 1\nb:\n  - x\n  - {c: d, e: [1, 'it''s']}\nf: >-\n  ạb\n  cd\n\ng: |\n  x\n\n  y\nh: \"ạ\n  b\" # z\n"
    marks = [*"\t?\n'\"[]{},|>%@~é\x07\\\r\u2028\ufeff", ": ", "- ", " #", "*a ", "&a ", "!t ", "---\n", "\r\n", "\n  "]
    drawn = random.Random(14)
    texts = [plain, plain.replace("\n", "\r\n"), plain.rstrip("\n")]
    for _ in range(250):
        text = drawn.choice(texts[:3])
        for _ in range(drawn.choice((1, 1, 2))):
            at = drawn.randrange(len(text))
            text = text[:at] + drawn.choice(marks) + text[at + drawn.choice((0, 0, 1, 3)) :]
        texts.append(text)
    quickly = [_as_read(text) for text in texts]
    monkeypatch.setattr(yaml_text, "_IN_C", None)
    slowly = [_as_read(text) for text in texts]
    assert dict(zip(texts, quickly, strict=True)) == dict(zip(texts, slowly, strict=True))
    assert sum(not faults for _, _, _, faults in slowly) > 50


def _as_read(text: str) -> tuple[Any, ...]:
    found = yaml_text.yaml_text_of.__wrapped__(text.encode())
    return found.content, found.spots, {p: found.within(p, 0) for p in found.values}, found.faults
