"""Whose report params are, as they were typed: asked where they need not be right as a whole, or are an older run's."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TypedUnit:
    """What params say of their unit, as typed; empty what they do not say."""

    name: str
    level: str
    superior: str


def typed_unit(content: object) -> TypedUnit:
    """The unit of a params file's content, whatever else is wrong with it."""
    unit = content.get("unit") if isinstance(content, dict) else None
    typed = unit if isinstance(unit, dict) else {}
    return TypedUnit(*(_line(typed.get(name)) for name in ("name", "level", "superior")))


def _line(value: object) -> str:
    return "" if value is None or isinstance(value, dict | list) else str(value).strip()
