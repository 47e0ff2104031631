"""The document as a tree of blocks: what cells show, what publishing stitches together, what the writers write."""
