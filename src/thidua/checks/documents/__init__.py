"""Checks of documents: numbers, symbols, dates, the order of the register."""
