"""A load from files to a version, and a save from a page: the same checks, one new version."""
