"""Proofs on credentials and presentations: Data Integrity and JOSE. What a proof is worth is for `verifying`."""
