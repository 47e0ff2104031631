"""Write into the officer's guide what the library knows: the columns of the forms, the rules. Run by `make guide`."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

from thidua.checks.list_of_rules import in_markdown
from thidua.forms import guide_table
from thidua.forms.schema import schemas

GUIDE = Path(__file__).parent.parent / "docs" / "huong-dan.md"


def expected() -> str:
    """The text that the guide should have."""
    table = re.compile(r"^\| Mã bắt đầu bằng \|.*?(?=\n\n)", re.MULTILINE | re.DOTALL)
    text = table.sub(lambda _: in_markdown(), GUIDE.read_text(encoding="utf-8"))
    for title, schema in schemas().items():
        heading, rest = f"### Trang «{title}»\n", re.escape(guide_table.HEAD)
        columns = re.compile(rf"(^{heading}(?:(?!^###).)*?){rest}.*?(?=\n\n)", re.MULTILINE | re.DOTALL)
        table_of_columns = guide_table.in_markdown(schema)
        text = columns.sub(partial(_behind, table_of_columns), text)
    return text


def _behind(table: str, heading: re.Match[str]) -> str:
    return heading[1] + table


if __name__ == "__main__":
    GUIDE.write_text(expected(), encoding="utf-8")
