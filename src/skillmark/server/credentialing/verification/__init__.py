"""Checks any credential, our own as a stranger would. Never imports issuance."""
