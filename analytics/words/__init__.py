"""Words that stand in one place for all who read and write them."""
