"""Publishing: the executed notebooks stitched into one document, then as HTML and as PDF."""
