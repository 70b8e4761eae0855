"""`skillmark`: the cores at the command line. Parses and prints; what it says is found out elsewhere."""
