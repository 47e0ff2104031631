"""What a rule is: an id, what must hold, how grave a breach is, the law behind it, and the class that finds breaches.

There are four kinds, by what the engine needs of them: identities between numbers, values that cannot be, everything
else that can be judged by itself, and what rests on the findings of the others.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from thidua.checks.causes.repair import Web
from thidua.checks.finding import Finding, Severity
from thidua.checks.given import Given
from thidua.checks.grid import Grid
from thidua.checks.identities.identity import Identity, Kind, Relation, Sentence
from thidua.checks.identities.identity_sentences import compared, rounded
from thidua.figures import Cell, Figure


class Rule(ABC):
    """A registered rule.

    ``holds`` is what must hold, as a sentence for the officer; ``severities`` are those that its findings may have, the
    usual one first; ``basis`` is the law that asks for it, where one does.
    """

    id: str
    holds: str
    severities: tuple[Severity, ...] = ("error",)
    basis: str = ""

    def finding(
        self,
        message: str,
        cells: Iterable[Cell],
        codes: Iterable[str],
        *,
        severity: Severity | None = None,
        printed: str = "",
        recomputed: str = "",
        cause: str = "",
        effects: Iterable[str] = (),
        suspects: Iterable[Cell] = (),
        figures: Iterable[str] = (),
        weight: Decimal = Decimal(0),
    ) -> Finding:
        """A breach of this rule, each cell once."""
        return Finding(
            rule=self.id,
            severity=severity or self.severities[0],
            message=message,
            printed=printed,
            recomputed=recomputed,
            cells=tuple(dict.fromkeys(cells)),
            codes=tuple(codes),
            cause=cause,
            effects=tuple(effects),
            suspects=tuple(suspects),
            figures=tuple(figures),
            weight=weight,
        )


class FindingRule(Rule):
    """A rule whose breaches are seen in the data as they stand."""

    @abstractmethod
    def find(self, given: Given) -> Iterator[Finding]:
        """Every breach in the period."""


class ValueRule(FindingRule):
    """About single values: where another finding names the cell, a breach is a further effect of that one."""


class IdentityRule(Rule):
    """A rule that binds numbers of the period by identities; one cause behind several of them is one finding."""

    @abstractmethod
    def identities(self, given: Given) -> Iterator[Identity]:
        """What must hold, whether or not it does and whether or not all its numbers are there."""

    def said(self, identity: Identity, grid: Grid) -> Sentence:
        """What is wrong with one of its identities, or merely cut off or within rounding."""
        return rounded(identity) if identity.printed else compared(identity, grid)

    def identity(
        self,
        kind: Kind,
        codes: Iterable[str],
        left: Figure,
        relation: Relation,
        right: Figure,
        statement: str,
        *,
        printed: bool = False,
        scope: str = "",
        figures: Iterable[str] = (),
    ) -> Identity:
        """One of this rule's identities, as grave as its breaches usually are."""
        return Identity(
            rule=self.id,
            kind=kind,
            codes=tuple(codes),
            left=left,
            relation=relation,
            right=right,
            statement=statement,
            said=self.said,
            severity=self.severities[0],
            printed=printed,
            scope=scope,
            figures=tuple(figures),
        )


class FollowingRule(Rule):
    """A rule that rests on what the other rules found."""

    @abstractmethod
    def follow(self, given: Given, web: Web, findings: Sequence[Finding]) -> list[Finding]:
        """The findings so far, with its own, and without those that these take up."""
