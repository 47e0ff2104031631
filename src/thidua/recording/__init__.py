"""What a section asked for while it ran, so that it need not run again where every answer is the same."""
