"""Issuer keys and their custody. Others ask here for a signer; only the vault holds a secret."""
