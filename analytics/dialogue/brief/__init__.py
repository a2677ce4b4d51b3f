"""The brief of a school's quality dialogue, as facts."""
