"""What can go wrong, as a small vocabulary. Every text that a user reads about a fault is made here."""

from thidua.errors.archive_error import ArchiveError, NoRun, NoStorageLibrary, NotAsSent, NotStored, StorageError
from thidua.errors.command_error import (
    ClusterError,
    Interrupted,
    Miscalled,
    NoClusterLibrary,
    NoRoot,
    ProgramBroke,
    RunBroken,
    SystemFault,
    Unexpected,
)
from thidua.errors.notebook_failure import NotebookFailure, NotebooksFailed, NotebooksUnreadable
from thidua.errors.problem import InputError, Problem, WronglyAsked
from thidua.errors.prose_fault import NotebooksFaulty, ProseError, ProseFault
from thidua.errors.rule_fault import RuleError, RuleFault
from thidua.errors.thidua_error import (
    FAILED,
    UNUSABLE,
    ChartError,
    FigureError,
    FormulaError,
    ProgramEnded,
    TableError,
    ThiduaError,
)

__all__ = [
    "FAILED",
    "UNUSABLE",
    "ArchiveError",
    "ChartError",
    "ClusterError",
    "FigureError",
    "FormulaError",
    "InputError",
    "Interrupted",
    "Miscalled",
    "NoClusterLibrary",
    "NoRoot",
    "NoRun",
    "NoStorageLibrary",
    "NotAsSent",
    "NotStored",
    "NotebookFailure",
    "NotebooksFailed",
    "NotebooksFaulty",
    "NotebooksUnreadable",
    "Problem",
    "ProgramBroke",
    "ProgramEnded",
    "ProseError",
    "ProseFault",
    "RuleError",
    "RuleFault",
    "RunBroken",
    "StorageError",
    "SystemFault",
    "TableError",
    "ThiduaError",
    "Unexpected",
    "WronglyAsked",
]
