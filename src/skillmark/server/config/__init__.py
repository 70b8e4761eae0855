"""Settings, root addresses, and the only wiring. No logic."""
