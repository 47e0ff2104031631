"""The report on paper: blocks written as Typst, set as PDF."""
