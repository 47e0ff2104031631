"""YAML of tests, written and read by libyaml: in Python alone it takes up to ten times as long."""

from __future__ import annotations

from typing import Any

import yaml


def dumped(content: Any, *, sort_keys: bool = False) -> str:
    """The text of plain content."""
    text: str = yaml.dump(content, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=sort_keys)
    return text


def loaded(text: str) -> Any:
    return yaml.load(text, Loader=yaml.CSafeLoader)
