"""The story of a run, a line a stage."""
