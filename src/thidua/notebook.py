"""The words of a section notebook: everything that its cells use, in one import."""

from thidua.charts.chart import show_chart
from thidua.charts.history import history_chart
from thidua.charts.kinds import change_chart, compare_chart, composition_chart, progress_chart
from thidua.figures import change, percent, total
from thidua.letterhead import head, signature
from thidua.report import open_report
from thidua.tables.award_shares import award_shares_table
from thidua.tables.awards import appendix_awards
from thidua.tables.cross_table import cross_table
from thidua.tables.people import role_models_table
from thidua.tables.register import appendix_register
from thidua.tables.section_tables import documents_table, figures_table, progress_table, records_table
from thidua.tables.summary import summary
from thidua.tables.units_table import units_table

__all__ = [
    "appendix_awards",
    "appendix_register",
    "award_shares_table",
    "change",
    "change_chart",
    "compare_chart",
    "composition_chart",
    "cross_table",
    "documents_table",
    "figures_table",
    "head",
    "history_chart",
    "open_report",
    "percent",
    "progress_chart",
    "progress_table",
    "records_table",
    "role_models_table",
    "show_chart",
    "signature",
    "summary",
    "total",
    "units_table",
]
