"""What the report prints of a figure that can be worked out: the one policy, for prose, tables and charts.

- What the form declares as derived (a percentage column, a row with «Cách tính», a share of awards) is recomputed from
  the submitted numbers and printed so, whatever the department printed.
- Where a number that it rests on is in doubt, because the cause of a finding that nobody accepted lies in it, nothing
  is printed: neither the recomputed value, which would be wrong, nor the department's. Its clause falls, its cell in a
  table stays open, and the finding says what is withheld.
- Where a number that it rests on was not submitted, the department's own value is printed as submitted.
- Submitted numbers are printed as submitted; sums and ratios that no form declares are not made.
"""

from __future__ import annotations

from dataclasses import replace

from thidua.figures.figure import Figure, because


def decided(exact: Figure, submitted: Figure, *inputs: Figure) -> Figure:
    """The figure to print: ``exact`` is recomputed, ``submitted`` the department's own value.

    ``inputs`` are those that the department's value rests on, as far as they were submitted.
    """
    if exact.withheld or not exact.missing or submitted.missing:
        return exact
    doubt = next((f.doubt for f in inputs if f.doubt), "")
    return replace(exact, doubt=doubt, why=because(doubt)) if doubt else submitted
