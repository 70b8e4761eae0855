"""One module for each command, loaded by its name when it is called. Each has a Typer `app`."""
