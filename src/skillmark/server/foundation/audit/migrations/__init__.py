"""Schema history, written by makemigrations."""
