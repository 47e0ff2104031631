"""How far a command is and how long it still takes, on stderr."""
