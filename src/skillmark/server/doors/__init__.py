"""Where requests come in. Doors parse and render, nothing else."""
