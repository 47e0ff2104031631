"""The registered rules that are no identities: each a class, entered in ``rulebook``."""
