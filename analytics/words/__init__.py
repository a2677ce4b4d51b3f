"""Words and numbers in the reader's language; below all that writes for people."""
