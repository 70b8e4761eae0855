"""Awards, issued bytes, status lists."""
