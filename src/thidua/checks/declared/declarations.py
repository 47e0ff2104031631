"""What is declared about how data hang together: for any unit in common.yaml, for one in params/rules.yaml."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from thidua.checks.finding import Severity


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
    """All that is declared about how the data must hang together."""

    rules: tuple[Rule, ...] = ()
    anniversaries: tuple[Anniversary, ...] = ()
    register_scope: RegisterScope = Field(default=RegisterScope(), alias="register")
