"""What differs between two runs: cells and figures, findings, text, notebooks, params, software."""
