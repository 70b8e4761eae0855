"""Pages and published documents for everyone, without an account."""
