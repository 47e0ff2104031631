"""The archive: each run whole, under a name made from its inputs."""
