"""Declared rules: identities that an officer writes down, in a small language over codes."""
