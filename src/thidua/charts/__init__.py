"""Charts: where a reader would rather look than read. Drawn with Altair, as vector drawings without a browser."""
