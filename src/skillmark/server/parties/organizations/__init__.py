"""Organisations: tenants, as they stand in the database and as they are published."""
