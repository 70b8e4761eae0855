"""Skillmark: an open platform for micro-credentials."""
