"""Checks: what departments printed against what their own numbers give."""
