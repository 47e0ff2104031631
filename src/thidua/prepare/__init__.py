"""What a report starts with: the params of a period and the blank workbooks that departments fill in."""
