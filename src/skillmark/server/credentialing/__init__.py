"""What can be earned, the keys, the awards, and the checks."""
