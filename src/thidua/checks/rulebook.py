"""The register: every rule that the checks know, in the order in which the guide and ``thidua rules`` list them.

Rules that an officer declares in params/rules.yaml come on top, each period anew.
"""

from __future__ import annotations

from thidua.checks.acceptance import StaleAcceptance
from thidua.checks.copies import EqualValues
from thidua.checks.documents.dates import DayOff, ImpossibleDate, OutsidePeriod, TooEarly, TwoDates
from thidua.checks.documents.order import DateOrder, NumbersGrow, RepeatedNumber, SerialColumn, Unlisted
from thidua.checks.documents.symbols import OtherType, Spelling
from thidua.checks.identities.carried import CarriedOver, LastYear
from thidua.checks.identities.parts import ComputedRow, Cumulative, Part, Total
from thidua.checks.identities.ratios import ImpliedBase, PlanLevels, PrintedRatio
from thidua.checks.other_periods import (
    DateOfReport,
    PeriodInForm,
    PeriodInNotebook,
    PeriodInParams,
    PeriodOfBasis,
    TimeOfEvent,
)
from thidua.checks.remarks import AnniversaryCount, ComparedYear, RangeInNote
from thidua.checks.rule import FindingRule, FollowingRule, IdentityRule, Rule, ValueRule
from thidua.checks.titles import NoTotal, WrongSubject
from thidua.checks.unfilled import NotFilledIn
from thidua.checks.unreported import UnreportedRow
from thidua.checks.values import BeyondWhole, Fraction, Negative, NoValue, ReversedRange, Unusual

# Of one kind, a rule that stands before another tells its findings first.
RULES: tuple[Rule, ...] = (
    PrintedRatio(),
    PlanLevels(),
    ImpliedBase(),
    ComputedRow(),
    Part(),
    Total(),
    Cumulative(),
    LastYear(),
    CarriedOver(),
    Negative(),
    Fraction(),
    BeyondWhole(),
    Unusual(),
    NoValue(),
    ReversedRange(),
    UnreportedRow(),
    WrongSubject(),
    NoTotal(),
    ImpossibleDate(),
    OutsidePeriod(),
    TooEarly(),
    TwoDates(),
    DayOff(),
    OtherType(),
    Spelling(),
    SerialColumn(),
    DateOrder(),
    RepeatedNumber(),
    NumbersGrow(),
    Unlisted(),
    PeriodInParams(),
    PeriodInForm(),
    PeriodOfBasis(),
    TimeOfEvent(),
    DateOfReport(),
    PeriodInNotebook(),
    AnniversaryCount(),
    ComparedYear(),
    RangeInNote(),
    EqualValues(),
    NotFilledIn(),
    StaleAcceptance(),
)
IDENTITIES = tuple(r for r in RULES if isinstance(r, IdentityRule))
VALUES = tuple(r for r in RULES if isinstance(r, ValueRule))
FINDERS = tuple(r for r in RULES if isinstance(r, FindingRule) and not isinstance(r, ValueRule))
FOLLOWERS = tuple(r for r in RULES if isinstance(r, FollowingRule))
