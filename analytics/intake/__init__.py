"""Files in: read, told apart, checked row by row. Nothing in here changes the store."""
