"""The front door: find a school, or go to what one is here for."""
