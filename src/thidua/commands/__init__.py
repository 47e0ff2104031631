"""The command line of ``thidua``, in Vietnamese: what each command takes, does and prints, and how it ends."""

from thidua.commands.performing import perform

__all__ = ["perform"]
