"""Blocks as HTML: on the report's page, and in a notebook as JupyterLab shows it."""
