"""Many units' reports at once: which units, each in a process of its own here or on a cluster, one account of all."""
