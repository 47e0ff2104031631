"""Prose: sentences over figures, written in the notebooks as Markdown with Jinja expressions."""
