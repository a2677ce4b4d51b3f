"""The quality dialogue: the brief, what was agreed and what came of it, and the road to being certified."""
