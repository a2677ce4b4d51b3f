"""Answers in, figures out: pure functions that draw, and know nothing of pages, SQL or frames."""
