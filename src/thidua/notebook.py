"""The words of a section notebook: everything that its cells use, in one import."""

from thidua.charts.kinds import compare_chart, composition_chart, progress_chart
from thidua.figures import change, percent, total
from thidua.report import open_report
from thidua.show import appendix_awards, appendix_register, head, signature
from thidua.tables.kinds import progress_table

__all__ = [
    "appendix_awards",
    "appendix_register",
    "change",
    "compare_chart",
    "composition_chart",
    "head",
    "open_report",
    "percent",
    "progress_chart",
    "progress_table",
    "signature",
    "total",
]
