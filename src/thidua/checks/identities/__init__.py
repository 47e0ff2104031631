"""Identities between submitted numbers: where they come from, how they are judged and told."""
