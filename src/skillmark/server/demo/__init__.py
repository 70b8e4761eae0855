"""Demonstration organisations, achievements and awards, and how they are loaded."""
