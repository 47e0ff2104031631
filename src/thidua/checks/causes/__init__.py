"""Why an identity may not hold: which cell is wrong, and how it came to be."""
