"""What can be earned: achievements, their versions, their artwork."""
