"""Identifiers, clock, abstract model. No tables, and nothing of ours is imported here."""
