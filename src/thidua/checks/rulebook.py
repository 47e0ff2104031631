"""The register: every rule that the checks know, in the order in which the guide and ``thidua rules`` list them.

Declared rules (checks/declared/common.yaml, params/rules.yaml) come on top, each period anew.
"""

from __future__ import annotations

from thidua.checks.identities.carried import CarriedOver, LastYear, Opening, SamePlan
from thidua.checks.identities.ratios import ImpliedBase, PlanLevels, PrintedRatio
from thidua.checks.identities.totals import ComputedRow, Cumulative, Part, Total
from thidua.checks.rule import FindingRule, FollowingRule, IdentityRule, Rule, ValueRule
from thidua.checks.rules.acceptance import StaleAcceptance
from thidua.checks.rules.copies import EqualValues, OneNameTwoValues, RowTwice
from thidua.checks.rules.document_dates import DayOff, ImpossibleDate, OutsidePeriod, TooEarly, TwoDates
from thidua.checks.rules.document_order import DateOrder, NumbersGrow, RepeatedNumber, SerialColumn, Unlisted
from thidua.checks.rules.document_symbols import OtherType, Spelling
from thidua.checks.rules.gaps import BaseAlone, GoneRow, MissingPart
from thidua.checks.rules.gathering import GatheredRate, LacksItsPart, OtherMeasure
from thidua.checks.rules.not_submitted import NotSubmitted
from thidua.checks.rules.other_periods import (
    DateOfReport,
    PeriodInForm,
    PeriodInNotebook,
    PeriodInParams,
    PeriodOfBasis,
    TimeOfEvent,
)
from thidua.checks.rules.over_time import Growth, Thousandfold, UnitChanged
from thidua.checks.rules.own_level import OfOneLevel
from thidua.checks.rules.remarks import AnniversaryCount, ComparedYear, RangeInNote
from thidua.checks.rules.titles import NoTotal, WrongSubject
from thidua.checks.rules.unfilled import NotFilledIn
from thidua.checks.rules.units_below import (
    DepartmentAndUnits,
    UnitDraft,
    UnitErrors,
    UnitInDoubt,
    UnitNotTaken,
    UnitOtherForm,
)
from thidua.checks.rules.unreported import UnreportedRow
from thidua.checks.rules.values import BeyondWhole, Fraction, Negative, NoValue, ReversedRange, Unusual
from thidua.checks.rules.years import ImpossibleYear

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
    Opening(),
    SamePlan(),
    Negative(),
    Fraction(),
    BeyondWhole(),
    Unusual(),
    NoValue(),
    Thousandfold(),
    Growth(),
    UnitChanged(),
    MissingPart(),
    BaseAlone(),
    GoneRow(),
    GatheredRate(),
    LacksItsPart(),
    OtherMeasure(),
    OfOneLevel(),
    DepartmentAndUnits(),
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
    ImpossibleYear(),
    AnniversaryCount(),
    ComparedYear(),
    RangeInNote(),
    RowTwice(),
    OneNameTwoValues(),
    EqualValues(),
    NotSubmitted(),
    UnitNotTaken(),
    UnitDraft(),
    UnitInDoubt(),
    UnitOtherForm(),
    UnitErrors(),
    NotFilledIn(),
    StaleAcceptance(),
)
IDENTITIES = tuple(r for r in RULES if isinstance(r, IdentityRule))
VALUES = tuple(r for r in RULES if isinstance(r, ValueRule))
FINDERS = tuple(r for r in RULES if isinstance(r, FindingRule) and not isinstance(r, ValueRule))
FOLLOWERS = tuple(r for r in RULES if isinstance(r, FollowingRule))
