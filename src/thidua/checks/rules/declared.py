"""What an officer declares in params/rules.yaml, and how it is bound to a period's data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from thidua.checks.finding import Severity
from thidua.checks.rules.language import INDICATORS, Relations, parse
from thidua.text import fold


def _lines(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Rule(_Model):
    """A declared identity: what must hold, in words and in the language; ``scope`` says why it may not."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    statement: str
    identity: Annotated[tuple[str, ...], BeforeValidator(_lines)] = Field(min_length=1)
    severity: Severity = "error"
    scope: str = ""

    @property
    def grade(self) -> Severity:
        """A rule that may fail because scopes differ can do no more than warn."""
        return "warning" if self.scope and self.severity == "error" else self.severity


class Anniversary(_Model):
    """An event and its year, so that «the 70th anniversary» can be checked against the reporting year."""

    name: str
    year: int


class RegisterScope(_Model):
    """Which documents named in the text must stand in the register: those of these topics."""

    topics: tuple[str, ...] = ()


class Rules(_Model):
    """All that an officer declares about how the data must hang together."""

    rules: tuple[Rule, ...] = ()
    anniversaries: tuple[Anniversary, ...] = ()
    register_scope: RegisterScope = Field(default=RegisterScope(), alias="register")


@dataclass(frozen=True)
class Bound:
    """A line of a rule whose names this period's data have."""

    rule: Rule
    relations: Relations


@dataclass(frozen=True)
class Idle:
    """A line of a rule that cannot be applied because the period's data lack what it names."""

    rule: str
    missing: tuple[str, ...]


def bind(rules: Rules, codes: Mapping[str, Iterable[str]]) -> tuple[list[Bound], list[Idle]]:
    """Tie each line to the data; ``codes`` are those present, by kind (indicators, awards, previous, last_year), and
    the groups that can be counted, by kind of form.

    A line that names what the data lack rests: the unit has no such figure this period.
    """
    bound: list[Bound] = []
    idle: list[Idle] = []
    present = {kind: {fold(name) for name in names} for kind, names in codes.items()}
    for rule in rules.rules:
        for text in rule.identity:
            relations = parse(text)
            absent = [n for n in relations.names() if fold(n[1]) not in present[n[0]]]
            if absent:
                missing = (code if kind == INDICATORS else f"{kind}.{code}" for kind, code, _ in absent)
                idle.append(Idle(rule.id, tuple(dict.fromkeys(missing))))
            else:
                bound.append(Bound(rule, relations))
    return bound, idle
