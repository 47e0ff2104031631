"""The audit workbook: figures, findings and the submitted sheets, recalculated by any spreadsheet program."""
