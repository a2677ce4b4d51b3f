"""What does not add up in a year's report, or is missing."""
