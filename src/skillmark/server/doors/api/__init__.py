"""Doors for programs: REST, one folder for each contract."""
