"""The store: two DuckDB files per version in a folder, and a CURRENT file that says which are in force."""
