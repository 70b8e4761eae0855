"""Other people's software: the Node programs beside this file, the process that runs them, and the Python peers."""
