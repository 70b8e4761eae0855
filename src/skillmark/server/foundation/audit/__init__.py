"""Who did what, and when. Append-only."""
