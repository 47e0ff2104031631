"""The live preview: a save in params/, data/ or notebooks/ brings the report on the screen up to date by itself."""
