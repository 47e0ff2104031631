"""Lint: nothing of one period or one unit may be typed into a notebook or into the library."""
