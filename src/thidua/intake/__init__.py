"""Intake: submitted workbooks in, tidy tables out, every value with the cell it came from."""
