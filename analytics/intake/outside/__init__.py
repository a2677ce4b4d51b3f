"""What others publish, as they publish it: one module per outside format."""
