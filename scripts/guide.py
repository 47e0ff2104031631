"""Write the table of rules in the officer's guide from the register of the checks. Run by `make guide`."""

from __future__ import annotations

import re
from pathlib import Path

from thidua.checks.list_of_rules import in_markdown

GUIDE = Path(__file__).parent.parent / "docs" / "huong-dan.md"


def expected() -> str:
    """The text that the guide should have."""
    table = re.compile(r"^\| Mã bắt đầu bằng \|.*?(?=\n\n)", re.MULTILINE | re.DOTALL)
    return table.sub(lambda _: in_markdown(), GUIDE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    GUIDE.write_text(expected(), encoding="utf-8")
