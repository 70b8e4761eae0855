"""Side-by-side measurements against other people's software. Prints tables; no part of the distribution."""
