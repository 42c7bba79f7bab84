"""Rows of the table of operations, one module per kind, each with a list `ROWS`."""
