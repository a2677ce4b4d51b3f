"""The registers' schema, declared once: pure data about fields and kinds, below all that reads, keeps or shows rows."""
