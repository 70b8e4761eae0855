"""The open standards: issue, sign, verify, status, bake. No web framework, no database, no global state."""
