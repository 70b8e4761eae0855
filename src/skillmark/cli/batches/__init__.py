"""`skillmark issue` behind its options: check every row, then sign block by block so that a killed run can go on."""
