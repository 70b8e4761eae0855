"""The Django site: accounts, organisations, storage, pages. Beside the command line; no core imports it."""
