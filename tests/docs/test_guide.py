"""The officer's guide says what the program does: commands, forms, parameters, limits, the findings' rules."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from docs.guide import ROOT, code, commands, fences, first_column, guide, rows, section, targets
from plain_yaml import loaded
from thidua.checks.list_of_rules import in_markdown
from thidua.checks.rules_file import load_rules
from thidua.commands.performing import command_line
from thidua.figures.written import MAX_LENGTH
from thidua.forms import guide_table
from thidua.forms.schema import SheetSchema, schemas
from thidua.intake import typed_values
from thidua.intake.xlsx import parts, raw, spreadsheet, workbook
from thidua.intake.xlsx import zip_package as package
from thidua.language.yaml_text import MAX_BYTES
from thidua.settings.params import Acceptance, Params
from thidua.settings.period import Period

GUIDES = ("huong-dan", "soan-van-ban", "luu-tru")
EVERYTHING = "\n".join(map(guide, GUIDES))
_OPTION = r"(?<![\w-])--[a-z]+(?:-[a-z]+)*"


def subcommands() -> dict[str, set[str]]:
    """The options of each command."""
    app = command_line()
    found = {}
    for name in app:
        if not name.startswith("-"):
            arguments = app[name].assemble_argument_collection(default_parameter=app.default_parameter)
            found[name] = {option for argument in arguments for option in argument.names if option.startswith("--")}
    return found


@pytest.mark.parametrize("arguments", list(commands(EVERYTHING)), ids=" ".join)
def test_every_command_line_of_the_guide_is_one(arguments: list[str]) -> None:
    assert command_line().parse_args(arguments, exit_on_error=False, print_error=False)[0].__name__


def test_every_command_and_option_is_told_and_no_other() -> None:
    told = guide("huong-dan")
    assert {arguments[0] for arguments in commands(told)} == set(subcommands())
    options = {option for own in subcommands().values() for option in own} | {"--help", "--version"}
    assert set(re.findall(_OPTION, told)) == options
    assert set(re.findall(_OPTION, EVERYTHING)) == options


def test_options_stand_with_the_commands_that_take_them() -> None:
    table = [r for r in rows(section(guide("huong-dan"), "4. Các lệnh")) if r[0].startswith("`--")]
    for row in table:
        option = code(row[0])[0].split()[0]
        takers = {name for name, options in subcommands().items() if option in options}
        named = set(subcommands()) if row[1] == "mọi lệnh" else set(row[1].split(", "))
        assert takers == named, option


def test_every_make_target_is_one() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert targets(EVERYTHING) <= set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))


@pytest.mark.parametrize("schema", schemas().values(), ids=lambda s: s.kind)
def test_a_form_is_told_column_by_column(schema: SheetSchema) -> None:
    told = section(guide("huong-dan"), f"Trang «{schema.title}»")
    assert f"\n{guide_table.in_markdown(schema)}\n\n" in told, "as `make guide` writes it"
    assert all(choice in guide_table.in_markdown(schema) for column in schema.columns for choice in column.choices)


def test_no_form_is_told_that_does_not_exist() -> None:
    told = re.findall(r"^### Trang «(.+)»$", guide("huong-dan"), re.MULTILINE)
    assert set(told) == {*schemas(), "Thông tin"}


def test_every_parameter_is_told_and_whether_it_must_be_there() -> None:
    table = rows(section(guide("huong-dan"), "3. Tệp tham số").split("### ")[0])
    told = {code(r[0])[0]: r[1] == "có" for r in table}
    assert told == dict(_parameters(Params))


def _parameters(model: type[BaseModel], lead: str = "") -> list[tuple[str, bool]]:
    found = []
    for name, field in model.model_fields.items():
        inner = _model_in(field.annotation)
        if inner is None or name == "signer":
            found.append((lead + name, field.is_required()))
        if inner is model:
            found.append((lead + name, field.is_required()))
        elif inner is not None:
            found += _parameters(inner, f"{lead}{name}.")
    return found


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((m for part in get_args(annotation) if (m := _model_in(part)) is not None), None)


def test_every_period_named_is_a_period() -> None:
    for text in re.findall(r"`(2\d{3}-\w+)`", EVERYTHING):
        assert Period.parse(text).id == text


def test_the_limits_are_those_of_the_code() -> None:
    told = "\n".join(" ".join(row) for row in rows(section(guide("huong-dan"), "Giới hạn")))
    megabyte = 2**20
    for limit in (
        f"một tệp {workbook.MAX_FILE_BYTES // megabyte} MB",
        f"{package.MAX_UNPACKED_BYTES // megabyte} MB, riêng phần bảng tính {package.MAX_XML_BYTES // megabyte} MB",
        f"một tệp {_grouped(package.MAX_PARTS)}",
        f"{_grouped(spreadsheet.MAX_ROWS)} dòng, {spreadsheet.MAX_COLUMNS} cột",
        f"{_grouped(parts.MAX_CELLS)} ô",
        f"{_grouped(raw.MAX_TEXT)} ký tự",
        f"{typed_values._MAX_DIGITS} chữ số",
        f"{_grouped(MAX_LENGTH)} ký tự",
        f"{_grouped(MAX_BYTES // 1000)} kB",
    ):
        assert limit in told


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def test_the_table_of_rules_is_the_register_s() -> None:
    part = section(guide("huong-dan"), "6. Phát hiện về số liệu")
    assert in_markdown() in part, "make guide"


def test_the_examples_of_rules_and_acceptances_are_valid(tmp_path: Path) -> None:
    contents: dict[str, Any] = {}
    for text in fences(guide("huong-dan"), "yaml"):
        contents |= loaded(text)
        file = tmp_path / "rules.yaml"
        if "rules" in text:
            file.write_text(text, encoding="utf-8")
            assert len(load_rules(file).rules) == 2
    assert [Acceptance.model_validate(a) for a in contents["accepted"]]


def test_what_a_rule_may_hold_is_told() -> None:
    names = set(first_column(section(guide("huong-dan"), "Thêm quy tắc")))
    assert names == {"id", "statement", "identity", "severity", "scope", "anniversaries", "register"}


def test_every_link_between_the_guides_leads_somewhere() -> None:
    # What stands in code is what an officer types, not a link of the guide's own.
    for link in re.findall(r"\]\(([^)]+)\)", re.sub(r"`[^`\n]*`", "", EVERYTHING)):
        assert (ROOT / "docs" / link).is_file()
