"""Submitted .xlsx files: opened within limits, their cells as they stand."""
