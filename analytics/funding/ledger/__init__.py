"""The register held against the city's own ledger: which rows are the same money, and what differs."""
