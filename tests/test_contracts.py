"""The files that other programs may read keep what their shipped schema says."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from thidua.contracts import FILES, schema_of


@pytest.mark.parametrize("file", FILES)
def test_the_shipped_schema_is_that_of_the_records(file: str) -> None:
    shipped = files("thidua").joinpath("schemas", file.replace(".json", ".schema.json"))
    assert json.loads(shipped.read_text(encoding="utf-8")) == schema_of(file)
