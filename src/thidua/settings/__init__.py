"""What is set once for every report: the form of the page."""
