"""The forms that departments fill in, as data: everything about a column follows from what its form says of it."""
