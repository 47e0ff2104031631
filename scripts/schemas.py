"""Write the JSON Schema of a run's files into the package. Run by `make schemas` after a change of contracts.py."""

from __future__ import annotations

import json
from pathlib import Path

from thidua.contracts import FILES, schema_of

FOLDER = Path(__file__).parent.parent / "src" / "thidua" / "schemas"


def expected(file: str) -> str:
    """The text that the schema of a file should have."""
    return json.dumps(schema_of(file), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    for name in FILES:
        (FOLDER / name.replace(".json", ".schema.json")).write_text(expected(name), encoding="utf-8")
